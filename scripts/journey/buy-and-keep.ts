import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { linkIn, waitForMail } from './mailbox.ts';
import { elementsOf, formTo, headingOf, textOf } from './page-text.ts';
import { readQrDrawing } from './qr-drawing.ts';
import { expectSeen, need, type Step, type Walk } from './step.ts';
import { type Answer, Visitor } from './visitor.ts';

const completed = messages.storefront.order.completedTitle;
/** States an order passes through by itself. */
const onItsWay = /data-state="(?:paying|working)"/;
const lookAgainMs = 500;
const looksMax = 20;

type Buyer = Pick<Walk, 'customer' | 'person'>;

/** Fills in a checkout that stands at `path` and sends it. */
async function checkOut({ customer, person }: Buyer, path: string): Promise<Answer> {
  const { page } = await customer.open(path);
  const action = path.replace(/\?.*/, '');
  const { method, fields } = formTo(page, action);
  return customer.send(action, { ...fields, ...person }, method);
}

/** At the bank: a card that asks for the code it sent, which the sandbox shows beside its field. */
async function approveWithCode(walk: Walk, bankPath: string): Promise<Answer> {
  const asked = await walk.customer.send(bankPath, { choice: 'challenge' });
  const [code = ''] = elementsOf(asked.page, 'code').flatMap(({ inner }) => /^\d{6}$/.exec(textOf(inner)) ?? []);
  expectSeen(code !== '', `the bank sent no code: ${asked.status} ${headingOf(asked.page)}`);
  return settled(walk, await walk.customer.send(asked.path, { code }));
}

/** Somebody else books for nothing on the same evening: no bank is met. */
async function bookFree({ origin }: Walk): Promise<string> {
  const person = { name: 'Ines Albright', email: 'ines@walkers.example' };
  const path = `${pathTo('checkout', { slug: 'open-days' })}?q_community-entry=1`;
  const answer = await checkOut({ customer: new Visitor(origin), person }, path);
  const [hop = ''] = answer.hops;
  expectSeen(hop.startsWith('303 /orders/'), `${answer.status} ${headingOf(answer.page)} at ${answer.path}`);
  return hop;
}

/** The order page says so while an order is being confirmed, and looks again by itself; so does this. */
async function settled({ customer }: Buyer, answer: Answer): Promise<Answer> {
  let seen = answer;
  for (let looks = 0; looks < looksMax && onItsWay.test(seen.page); looks += 1) {
    await sleep(lookAgainMs);
    seen = await customer.open(seen.path);
  }
  return seen;
}

/** Steps 5 to 7: from the basket to tickets in the wallet. */
export const buyAndKeep: readonly Step[] = [
  {
    number: 5,
    name: 'Pays or redeems',
    async walk(walk) {
      const bank = await checkOut(walk, need(walk, 'checkoutPath'));
      expectSeen(bank.path.startsWith('/local/bank/'), `the order led to ${bank.status} ${bank.path}`);
      const paid = await approveWithCode(walk, bank.path);
      expectSeen(headingOf(paid.page) === completed, `after paying: ${paid.status} ${headingOf(paid.page)}`);
      walk.orderPath = paid.path;
      return `${headingOf(bank.page)} by card with 3-D Secure, then ${paid.status} ${paid.path}; free order: ${await bookFree(walk)}`;
    },
  },
  {
    number: 6,
    name: 'Receives confirmation',
    async walk(walk) {
      const { customer, person } = walk;
      const path = need(walk, 'orderPath');
      const { status, page } = await customer.open(path);
      const tickets = elementsOf(page, 'a').flatMap(({ attributes: { href = '' } }) =>
        href.startsWith(`${path}/tickets/`) ? [href] : [],
      );
      expectSeen(
        headingOf(page) === completed && tickets.length === 2,
        `${status} ${headingOf(page)}: ${tickets.length} tickets`,
      );
      const mail = await waitForMail((at) => customer.read(at), person.email, /Open Days/);
      await expectLinkOpens(walk, linkIn(mail.text, pathTo('orderLink')), path);
      walk.ticketPath = tickets[0] ?? '';
      return `${status} ${headingOf(page)} ${tickets.length} tickets; mail "${mail.subject}" to ${person.email}, whose link opens the order elsewhere`;
    },
  },
  {
    number: 7,
    name: 'Stores ticket in wallet',
    async walk(walk) {
      const ticketPath = need(walk, 'ticketPath');
      const { status, page } = await walk.customer.open(pathTo('wallet'));
      const kept = elementsOf(page, 'a').flatMap(({ attributes: { href = '' } }) =>
        href.includes('/tickets/') ? [href] : [],
      );
      expectSeen(
        kept.includes(ticketPath),
        `${status} ${headingOf(page)}: ${kept.length} tickets, without ${ticketPath}`,
      );
      const ticket = await walk.customer.read(ticketPath);
      walk.code = readQrDrawing(ticket);
      expectSeen(walk.code.length === 141, `its QR code has ${walk.code.length} characters`);
      return `${status} ${headingOf(page)}: ${kept.length} tickets; ${textOf(elementsOf(ticket, 'title')[0]?.inner ?? '')}, QR code of ${walk.code.length} characters`;
    },
  },
];

/** Another browser opens the mailed link: one press, and it has the order too. */
async function expectLinkOpens({ origin }: Walk, link: string, orderPath: string): Promise<void> {
  const other = new Visitor(origin);
  const { page } = await other.open(link.replace(origin, ''));
  const { fields } = formTo(page, pathTo('orderLink'));
  const opened = await other.send(pathTo('orderLink'), fields);
  expectSeen(
    opened.path === orderPath && opened.status === 200,
    `the mailed link led to ${opened.status} ${opened.path}`,
  );
  const again = await new Visitor(origin).send(pathTo('orderLink'), fields);
  expectSeen(again.status === 410, `the mailed link worked twice: ${again.status} ${again.path}`);
}
