import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { elementsOf, formTo, headingOf, textOf } from './page-text.ts';
import { expectSeen, need, type Step, type Walk } from './step.ts';

const slug = 'open-days';
const firstGate = 'lane-gate';
const otherGate = 'canal-gate';
const counter = 'big-kettle';
const again = messages.gate.reasons.already_admitted.says;
const usedUp = messages.gate.reasons.benefit_used_up.says;
const { active, redeemed } = messages.ticket.status;

type Seen = { readonly outcome: string; readonly text: string };

/** Types a code at a gate, as a scanner does, and reads the answer on the screen. */
async function scanAt(walk: Walk, gateId: string, code: string): Promise<Seen> {
  return seenOn(await typeAt(walk, gateId, code));
}

async function typeAt({ steward }: Walk, gateId: string, code: string): Promise<string> {
  const page = await steward.read(`${pathTo('gateEvent', { slug })}?gate=${gateId}`);
  const action = pathTo('gateScan', { slug });
  const { fields } = formTo(page, action);
  const answer = await steward.send(action, { ...fields, code });
  expectSeen(answer.status === 200, `the gate answered ${answer.status} ${headingOf(answer.page)}`);
  return answer.page;
}

function seenOn(page: string): Seen {
  const outcome = /data-outcome="(\w+)"/.exec(page)?.[1] ?? 'none';
  const [text = ''] = elementsOf(page, 'section')
    .filter(({ attributes }) => 'data-answer' in attributes)
    .map(({ inner }) => textOf(inner).replaceAll(/\s+/g, ' '));
  return { outcome, text };
}

/** Steps 8 to 10: at the venue. */
export const attend: readonly Step[] = [
  {
    number: 8,
    name: 'Attends event',
    async walk(walk) {
      const { steward, customer } = walk;
      const held = await steward.send('/local/sign-in', { person: 'per_demo_steward' });
      expectSeen(held.status === 401, `the gate opened to a browser without a key: ${held.status} ${held.path}`);
      const { fields } = formTo(held.page, pathTo('deviceWithout'));
      const signedIn = await steward.send(pathTo('deviceWithout'), fields);
      expectSeen(signedIn.path === pathTo('gate'), `the steward's sign-in led to ${signedIn.status} ${signedIn.path}`);
      const gates = elementsOf(signedIn.page, 'a').filter(({ attributes }) =>
        attributes['href']?.startsWith(`${pathTo('gateEvent', { slug })}?`),
      );
      expectSeen(gates.length > 0, `the steward sees no gate of ${slug}`);
      const ticket = textOf(await customer.read(need(walk, 'ticketPath')));
      expectSeen(ticket.includes(active), 'the ticket is not active');
      return `steward: ${headingOf(signedIn.page)}, ${gates.length} gates of ${slug}; ticket: ${active}`;
    },
  },
  {
    number: 9,
    name: 'Verifies access',
    async walk(walk) {
      const code = need(walk, 'code');
      const first = await scanAt(walk, firstGate, code);
      expectSeen(first.outcome === 'grant', `first scan: ${first.outcome}, ${first.text}`);
      const second = await scanAt(walk, otherGate, code);
      expectSeen(
        second.outcome === 'refuse' && second.text.includes(again),
        `second scan: ${second.outcome}, ${second.text}`,
      );
      const forged = await scanAt(
        walk,
        firstGate,
        code.slice(0, 100) + (code[100] === '7' ? '8' : '7') + code.slice(101),
      );
      expectSeen(forged.outcome === 'fraud', `altered code: ${forged.outcome}, ${forged.text}`);
      const ticket = textOf(await walk.customer.read(need(walk, 'ticketPath')));
      expectSeen(ticket.includes(redeemed), 'the customer still sees an unused ticket');
      return `first: ${first.text} Again at the other gate: ${second.text} Altered: ${forged.text} The customer sees: ${redeemed}`;
    },
  },
  {
    number: 10,
    name: 'Redeems benefits',
    async walk(walk) {
      const code = need(walk, 'code');
      const action = pathTo('gateRedeem', { slug });
      const offered = await typeAt(walk, counter, code);
      const { fields } = formTo(offered, action);
      const first = await walk.steward.send(action, fields);
      const handedOut = seenOn(first.page);
      expectSeen(handedOut.outcome === 'grant', `the counter answered ${handedOut.outcome}, ${handedOut.text}`);
      const more = { ...fields, redemption_id: crypto.randomUUID() };
      const second = seenOn((await walk.steward.send(action, more)).page);
      expectSeen(second.outcome === 'refuse' && second.text.includes(usedUp), `once more: ${second.text}`);
      return `${seenOn(offered).text} Handed out: ${handedOut.text} Once more: ${second.text}`;
    },
  },
];
