import { describe, expect, it } from 'vitest';
import { useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import {
  alter,
  canalGate,
  expectShown,
  laneGate,
  loftStairs,
  openGate,
  scan,
  steward as kit,
  ticketInHand,
} from '#test/support/journey-gate.ts';
import { signInAs, signInQuickly } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.gate;
const visitors = useVisitors();

async function stewardAt(options: VisitorOptions, gateId: string = laneGate.id) {
  const page = await visitors.arrive(options);
  await signInQuickly(page, kit.id);
  await openGate(page, gateId);
  return page;
}

async function ticket(choice: Parameters<typeof ticketInHand>[1] = {}) {
  return ticketInHand(await visitors.arrive(), choice);
}

/** Facts name the minute in the event's zone, London, whatever this machine's clock shows. */
function londonMinutes(...instants: number[]): string[] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
  return instants.map((at) => clock.format(at));
}

const ways: [string, VisitorOptions][] = [
  ['with its island', { screen: 'phone' }],
  ['without JavaScript', { screen: 'phone', javaScript: false }],
];

// PRD 9.1 to 9.3: the steward's answers, each with its word, its shape and its reason.
describe.each(ways)('the gate %s', (_way, options) => {
  it('lets a ticket in once, and names the time and gate of the first entry after that', async () => {
    const { code } = await ticket();
    const steward = await stewardAt(options, laneGate.id);
    const before = Date.now();
    const first = await scan(steward, code);
    const after = Date.now();
    expect(first).toMatchObject({ word: words.outcomes.grant, says: words.reasons.admitted.says });
    await expectShown(steward, 'grant');

    await openGate(steward, canalGate.id);
    const second = await scan(steward, code);
    expect(second).toMatchObject({ word: words.outcomes.refuse, says: words.reasons.already_admitted.says });
    const possible = londonMinutes(before, after).map((minute) => words.admittedAt(minute, laneGate.name));
    expect(possible).toContain(second.facts);
    await expectShown(steward, 'refuse');
  });

  it('takes the number typed by hand, in any case and spacing', async () => {
    const { handle } = await ticket();
    const steward = await stewardAt(options);
    const typed = `${handle.slice(0, 5)} - ${handle.slice(5)}`.toLowerCase();
    expect(await scan(steward, typed)).toMatchObject({ word: words.outcomes.grant });
    expect(await scan(steward, handle)).toMatchObject({ says: words.reasons.already_admitted.says });
  });

  it('refuses what nobody issued', async () => {
    const { code } = await ticket();
    const steward = await stewardAt(options);
    expect(await scan(steward, '0000000000')).toMatchObject({ says: words.reasons.unknown_ticket.says });
    expect(await scan(steward, 'https://tickets.example/qr')).toMatchObject({
      says: words.reasons.unreadable_code.says,
    });
    expect(await scan(steward, alter(code, 100))).toMatchObject({ word: words.outcomes.fraud });
    await expectShown(steward, 'fraud');
    // Another ticket's number under this one's signature.
    expect(await scan(steward, alter(code, 15))).toMatchObject({ says: words.reasons.forged_code.says });
    expect(await scan(steward, code)).toMatchObject({ word: words.outcomes.grant });
  });

  it("tells another event's ticket from no ticket", async () => {
    // The Expo's last day lies ahead of every day on which this runs.
    const { code } = await ticket({ slug: '247gbs-expo', typeId: 'visitor-day-4' });
    const steward = await stewardAt(options);
    expect(await scan(steward, code)).toMatchObject({ outcome: 'refuse', says: words.reasons.wrong_event.says });
    await openGate(steward, 'north', '247gbs-expo');
    const early = await scan(steward, code);
    expect(early).toMatchObject({ outcome: 'redirect', says: words.reasons.wrong_day.says });
    expect(early.word).toBe(words.reasons.wrong_day.word);
    expect(early.facts).not.toBe('');
  });

  it('sends a good ticket at the wrong gate to the right one', async () => {
    const { code } = await ticket();
    const steward = await stewardAt(options, loftStairs.id);
    const answer = await scan(steward, code);
    expect(answer).toMatchObject({ outcome: 'redirect', word: words.outcomes.redirect });
    expect(answer.facts).toContain(laneGate.name);
    await expectShown(steward, 'redirect');
  });
});

it('opens from the list of gates, and counts a family in one by one', async () => {
  const { code } = await ticket({ typeId: 'family-of-four' });
  const steward = await visitors.arrive({ screen: 'desktop' });
  await signInAs(steward, kit.name);
  await steward.goto(pathTo('gate'));
  await steward
    .getByRole('list', { name: /Open Days/ })
    .getByRole('link', { name: laneGate.name })
    .click();
  await steward.getByRole('heading', { level: 1, name: laneGate.name }).waitFor();
  for (const person of [1, 2, 3, 4]) {
    expect(await scan(steward, code)).toMatchObject({ outcome: 'grant', facts: words.countInside(person, 4) });
  }
  expect(await scan(steward, code)).toMatchObject({ outcome: 'refuse' });
});

it('sends a form again as the same scan', async () => {
  const { code } = await ticket();
  const steward = await stewardAt({ javaScript: false });
  expect(await scan(steward, code)).toMatchObject({ outcome: 'grant' });
  await steward.reload();
  expect(await steward.locator('[data-word]').textContent()).toBe(words.outcomes.grant);
});
