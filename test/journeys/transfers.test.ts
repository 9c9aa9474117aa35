import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { openGate, scan, steward } from '#test/support/journey-gate.ts';
import { acceptHere, giveByLink, giveByMail, openTicket } from '#test/support/journey-transfers.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { bookByApi, newPerson, openDays, readMail, signInQuickly, typeCode } from '#test/support/journey-steps.ts';
import { listens, measured, openWalletOf, pieceOf } from '#test/support/journey-wallet.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.transfers;
const gate = messages.gate;
const visitors = useVisitors();

/** What is promised is a second. A busy machine's second is longer; the figure printed is the one to follow. */
const slackMs = 5_000;

const codeOn = (page: Page) => readQr(page.getByRole('img', { name: messages.ticket.qrLabel }));
const numberOn = (page: Page) => page.locator('.handle code').textContent();

async function atTheGate(): Promise<Page> {
  const page = await visitors.arrive();
  await signInQuickly(page, steward.id);
  await openGate(page);
  return page;
}

// PRD 2.2: gift recipients. 8.3: both wallets at once.
it('a ticket that was given is in one wallet and out of the other within a second, and its giver’s code is void', async () => {
  const [ama, kofi] = [newPerson('Ama Giver'), newPerson('Kofi Receiver')];
  const [giver, phone, laptop] = [await visitors.arrive(), await visitors.arrive(), await visitors.arrive()];
  const ticket = await openTicket(giver, ama);
  const code = await codeOn(giver);
  const link = await giveByMail(giver, ticket, kofi.email, { giverName: 'Ama', message: 'See you there' });
  await openWalletOf(giver, ama);
  const shown = pieceOf(giver, ticket.ticketId);
  await shown.waitFor();
  await openWalletOf(phone, kofi);
  await openWalletOf(laptop, kofi);
  await phone.goto(link);
  await phone.getByText('See you there').waitFor();
  const pressedAt = Date.now();
  const bothTold = Promise.all([
    measured('accepted on one device, seen on the other', pressedAt, pieceOf(laptop, ticket.ticketId).waitFor()),
    measured('accepted, and gone from its giver’s wallet', pressedAt, shown.waitFor({ state: 'detached' })),
  ]);
  await acceptHere(phone);
  for (const tookMs of await bothTold) expect(tookMs).toBeLessThan(slackMs);
  const stewardPage = await atTheGate();
  expect(await scan(stewardPage, code)).toMatchObject({ says: gate.reasons.replaced_code.says });
  expect(await scan(stewardPage, await codeOn(phone))).toMatchObject({ outcome: 'grant' });
});

// Nothing of giving needs a script: mistyped first, then to whoever was meant.
it('a ticket sent by mail is its giver’s until the other proves who they are and accepts, without JavaScript', async () => {
  const giver = await visitors.arrive({ javaScript: false });
  const ama = newPerson('Ama Giver');
  const ticket = await openTicket(giver, ama);
  const [code, number] = [await codeOn(giver), await numberOn(giver)];
  const wrong = await giveByMail(giver, ticket, newPerson().email);
  await giver.getByRole('button', { name: words.acts.withdraw }).click();
  await giver.getByText(words.acts.takenBackTitle).waitFor();
  const kofi = newPerson('Kofi Receiver');
  const link = await giveByMail(giver, ticket, kofi.email);
  await giver.goto(pathTo('ticket', ticket));
  await giver.getByRole('heading', { name: words.acts.offered }).waitFor();
  expect(await codeOn(giver)).toBe(code);

  const receiver = await visitors.arrive({ javaScript: false });
  await receiver.goto(wrong);
  await receiver.getByRole('heading', { name: words.accept.over.withdrawn }).waitFor();
  // A mail scanner opened it before, and so has this page: nothing has come of it.
  for (const _ of [1, 2]) await receiver.goto(link);
  expect(await receiver.content()).not.toContain(ticket.orderId);
  await receiver.getByRole('button', { name: words.accept.sendCode }).click();
  const { subject } = await readMail(receiver, kofi.email, /sign-in code/);
  await typeCode(receiver, subject.slice(0, 6));
  await receiver.getByRole('link', { name: messages.security.welcome.later }).click();
  await acceptHere(receiver);
  const theirs = await codeOn(receiver);
  await readMail(receiver, kofi.email, /^Your ticket: /);
  await readMail(giver, ama.email, /^Your ticket was accepted/);

  await giver.goto(pathTo('ticket', ticket));
  await giver.getByText(words.given.detail).waitFor();
  await giver.goto(pathTo('order', { orderId: ticket.orderId }));
  expect(await giver.getByRole('img', { name: messages.ticket.qrLabel }).count()).toBe(0);
  const stewardPage = await atTheGate();
  expect(await scan(stewardPage, number ?? '')).toMatchObject({ says: gate.reasons.unknown_ticket.says });
  expect(await scan(stewardPage, theirs)).toMatchObject({ outcome: 'grant' });
});

it('a link goes to whoever presses first, and the other is told', async () => {
  const giver = await visitors.arrive();
  const link = await giveByLink(giver, await openTicket(giver));
  const friends = [await visitors.arrive(), await visitors.arrive()];
  await Promise.all(friends.map((friend) => friend.goto(link)));
  await Promise.all(friends.map((friend) => friend.getByRole('button', { name: words.accept.accept }).click()));
  const taken = await Promise.all(
    friends.map(async (friend) => {
      await friend.getByRole('heading', { level: 1 }).waitFor();
      return (await friend.getByText(words.acts.yoursTitle).count()) > 0;
    }),
  );
  expect(taken.filter(Boolean)).toHaveLength(1);
  const late = friends[taken.indexOf(false)];
  expect(await late?.getByRole('heading', { level: 1 }).textContent()).toBe(words.accept.over.accepted);
  const holder = friends[taken.indexOf(true)];
  await holder?.goto(pathTo('wallet'));
  await holder?.getByRole('link', { name: openDays.entry }).click();
  if (holder === undefined) return;
  // A guest's page hears of its ticket as an account's does.
  await listens(holder);
  expect(await scan(await atTheGate(), await codeOn(holder))).toMatchObject({ outcome: 'grant' });
  await holder.getByText(messages.ticket.status.redeemed, { exact: true }).waitFor();
});

// PRD 14.2/3: ticket reissue.
it('a code that somebody photographed is made void by its holder, and the new one opens the gate', async () => {
  const holder = await visitors.arrive();
  const person = newPerson();
  await openTicket(holder, person);
  const photographed = await codeOn(holder);
  await holder.getByRole('link', { name: words.acts.reissue }).click();
  await holder.getByRole('button', { name: words.reissue.button }).click();
  await holder.getByText(words.acts.anewTitle).waitFor();
  await readMail(holder, person.email, /^A new code for your ticket/);
  const fresh = await codeOn(holder);
  const stewardPage = await atTheGate();
  expect(await scan(stewardPage, photographed)).toMatchObject({ says: gate.reasons.replaced_code.says });
  expect(await scan(stewardPage, fresh)).toMatchObject({ outcome: 'grant' });
});

// PRD 14.1/2: missing ticket. A phone that was wiped is back in six steps: no order number, no password, no app.
it('a wiped phone shows its ticket again, at the gate, in at most six steps', async () => {
  const person = newPerson();
  await bookByApi(await visitors.arrive(), {}, person);
  const phone = await visitors.arrive();
  await phone.goto(pathTo('home'));
  let steps = 0;
  const step = async (what: Promise<unknown>) => {
    steps += 1;
    await what;
  };
  const began = Date.now();
  await step(phone.getByRole('link', { name: messages.site.myTickets }).click());
  await step(phone.getByRole('link', { name: words.find.action }).click());
  const field = phone.getByLabel(messages.signIn.email);
  // Typed, and sent by the keyboard's own key.
  await step(field.fill(person.email).then(() => field.press('Enter')));
  await phone.getByRole('heading', { name: messages.signIn.sentTitle }).waitFor();
  const { subject } = await readMail(phone, person.email, /sign-in code/);
  await step(typeCode(phone, subject.slice(0, 6)));
  const later = phone.getByRole('link', { name: messages.security.welcome.later });
  await later.waitFor();
  await step(later.click());
  await step(phone.getByRole('link', { name: openDays.entry }).click());
  const code = await codeOn(phone);
  console.info(`back in ${steps} steps and ${Date.now() - began} ms of the machine's own time`);
  expect(steps).toBeLessThanOrEqual(6);
  const stewardPage = await atTheGate();
  expect(await scan(stewardPage, code)).toMatchObject({ outcome: 'grant' });
});
