import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { accountOf as readAccount } from '#d1/queries/account.ts';
import { auditEntries, transferContacts } from '#d1/schema/index.ts';
import { customer, db, readIntoD1, type Customer } from '#test/support/customers.ts';
import {
  accepted,
  boughtTicket,
  buyerOf,
  offered,
  openLink,
  post,
  services,
  shownTicket,
  statusOf,
  textOf,
  type Given,
} from '#test/support/transfers.ts';
import { forget, projectionServices } from '#test/support/read-models.ts';
import { newWorker } from '#test/support/staff.ts';
import { businessId, cookiesOf, visit } from '#test/workers/http/site.ts';
import { sweep } from '#workers/background/sweep.ts';
import { sendMessage } from '#workers/background/send-message.tsx';
import { dayMs } from '#shared/time.ts';
import { orderReference } from '#shared/ids.ts';
import type { AnyMessage } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { changeAddress } from '#workers/operations/change-address.ts';
import { eraseAccount } from '#workers/operations/erase-account.ts';
import { exportAccount } from '#workers/operations/export-account.ts';
import { project } from '#workers/operations/project-log.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.transfers;
const heldPath = ({ path }: Given) => pathTo('ticketHeld', path);

async function accountOf({ personId }: Customer) {
  const account = await readAccount(db, personId);
  if (account === undefined) throw new Error('Nobody');
  return account;
}

/** A ticket that was sent to somebody's address, and accepted. */
async function given(receiver: Customer, giver?: Customer) {
  const ticket = await boughtTicket(giver?.email);
  await accepted(ticket, await offered(ticket, { email: receiver.email, message: 'For you' }), receiver.headers);
  return ticket;
}

describe('a ticket that was given', () => {
  it('stays with its person when their address changes, and is not found by who gets the address next', async () => {
    const receiver = await customer();
    const ticket = await given(receiver);
    const left = receiver.email;
    const address = `${crypto.randomUUID()}@new.example`;
    await changeAddress(services, await accountOf(receiver), { channel: 'email', address });
    const next = await customer({ email: left });
    expect(await statusOf(heldPath(ticket), receiver.headers)).toBe(200);
    expect(await textOf(pathTo('wallet'), receiver.headers)).toContain(ticket.ticketId);
    expect(await statusOf(heldPath(ticket), next.headers)).toBe(404);
    expect(await textOf(pathTo('wallet'), next.headers)).not.toContain(ticket.ticketId);
  });

  it('stays with its person when its giver’s account is erased', async () => {
    const [giver, receiver] = [await customer(), await customer()];
    const ticket = await given(receiver, giver);
    const erased = await eraseAccount(services, await accountOf(giver));
    expect(erased.blocks).toEqual([]);
    expect(erased.ticketIds).not.toContain(ticket.ticketId);
    expect(await textOf(pathTo('wallet'), receiver.headers)).toContain(ticket.ticketId);
    expect(await textOf(heldPath(ticket), receiver.headers)).toContain(messages.ticket.qrLabel);
  });

  it('is in its person’s copy of their data without the order it came from, and what was written goes with its writer', async () => {
    const [giver, receiver] = [await customer(), await customer()];
    const ticket = await given(receiver, giver);
    const copy = JSON.stringify(await exportAccount(services, await accountOf(receiver)));
    expect(copy).toContain(ticket.ticketId);
    expect(copy).not.toContain(ticket.orderId);

    const other = await boughtTicket(giver.email);
    await offered(other, { email: 'third@receivers.example', giverName: 'Ama', message: 'Words of mine' });
    expect(JSON.stringify(await exportAccount(services, await accountOf(giver)))).toContain('Words of mine');
    expect(JSON.stringify(await exportAccount(services, await accountOf(receiver)))).not.toContain('Words of mine');
    await eraseAccount(services, await accountOf(giver));
    expect(await db.select().from(transferContacts).where(eq(transferContacts.ticketId, other.ticketId))).toEqual([]);
  });

  it('keeps nothing of its receiver’s once they are erased', async () => {
    const receiver = await customer();
    const ticket = await given(receiver);
    const { ticketIds } = await eraseAccount(services, await accountOf(receiver));
    expect(ticketIds).toEqual([ticket.ticketId]);
    const next = await customer({ email: receiver.email });
    expect(await statusOf(heldPath(ticket), next.headers)).toBe(404);
    expect(await textOf(pathTo('wallet'), next.headers)).not.toContain(ticket.ticketId);
  });

  it('opens nothing of its giver’s by the cookie that shows tickets while the database is silent', async () => {
    const receiver = await customer();
    const ticket = await given(receiver);
    const wallet = await visit(pathTo('wallet'), { headers: receiver.headers });
    const reader = /__Host-reader=([^.;]+)/.exec(cookiesOf(wallet))?.[1] ?? '';
    expect(atob(reader.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain(ticket.orderId);
  });

  it('goes back to its buyer, whose order shows its code again', async () => {
    const [giver, receiver] = [await customer(), await customer()];
    const ticket = await given(receiver, giver);
    const link = await offered({ ...ticket, cookie: receiver.headers['cookie'] ?? '' }, { email: giver.email });
    await accepted(ticket, link, giver.headers);
    expect(await textOf(pathTo('ticket', ticket), buyerOf(ticket))).toContain(messages.ticket.qrLabel);
    expect(await statusOf(heldPath(ticket), receiver.headers)).toBe(404);
    expect((await shownTicket(ticket)).generation).toBe(3);
  });
});

describe('mails about a ticket that is given', () => {
  /** What follows from the event's log, written out. */
  async function mailsOf(...kinds: OutgoingMessage[]) {
    const written: AnyMessage[] = [];
    const send = (mail: AnyMessage) => {
      written.push(mail);
      return Promise.resolve({ sent: true as const });
    };
    for (const message of kinds) await sendMessage({ ...services, messages: { send } }, message);
    return written.flatMap((mail) => (mail.channel === 'email' ? [mail] : []));
  }

  it('tell both sides, and whoever gets it nothing of the order', async () => {
    const giver = `${crypto.randomUUID()}@givers.example`;
    const ticket = await boughtTicket(giver);
    const receiver = await customer();
    await offered(ticket, { email: receiver.email, giverName: 'Ama', message: 'Happy\nbirthday' });
    const { transfer } = await shownTicket(ticket);
    const about = { transferId: transfer?.transferId ?? '', eventId: ticket.eventId };
    const [offer, told] = await mailsOf(
      { kind: 'transfer_offered', ...about },
      { kind: 'transfer_news', what: 'offered', ...about },
    );
    expect(offer).toMatchObject({ to: receiver.email, subject: 'Ama has a ticket for you: 247GBS Expo' });
    expect(offer?.text).toContain('> Happy\n> birthday');
    for (const body of [offer?.text, offer?.html]) {
      expect(body).toContain('/l/transfer?t=');
      for (const secret of [ticket.orderId, orderReference(ticket.orderId), giver, 'Ama Buyer', 'GBP', '£']) {
        expect(body).not.toContain(secret);
      }
    }
    expect(told?.to).toBe(giver);
    expect(told?.text).not.toContain(receiver.email);
    // Nobody hears of an end that has not come.
    expect(await mailsOf({ kind: 'transfer_news', what: 'declined', ...about })).toEqual([]);

    const [token] = /t=([\w.-]+)/.exec(offer?.text ?? '')?.slice(1) ?? [''];
    await accepted(ticket, token ?? '', receiver.headers);
    const personId = receiver.personId;
    const [gone, mine] = await mailsOf(
      { kind: 'transfer_news', what: 'accepted', ...about },
      { kind: 'transfer_received', personId, ...about },
    );
    expect([gone?.to, mine?.to]).toEqual([giver, receiver.email]);
    expect(mine?.text).toContain(heldPath(ticket));
    expect(mine?.text).not.toContain('/l/order');
    expect(await mailsOf({ kind: 'transfer_offered', ...about })).toEqual([]);
  });

  it('follow from the log, once: reading it anew to compare sends nothing', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket, { email: 'quiet@receivers.example' });
    await post(pathTo('transferLink'), {}, { token, do: 'decline' });
    await post(pathTo('ticketReissue', ticket.path), buyerOf(ticket), { key: crypto.randomUUID() });
    await readIntoD1(ticket.orderId, ticket.eventId);
    const { services: reader, messages: queued } = projectionServices();
    const source = `inventory:${ticket.eventId}`;
    await rebuildProjection(reader, source, { adopt: false });
    expect(queued).toEqual([]);
    await forget(ticket.eventId, [source]);
    await project(reader, source);
    const kinds = queued.map((message) => [message.kind, 'what' in message ? message.what : undefined]);
    expect(kinds).toEqual([
      ['transfer_news', 'offered'],
      ['transfer_offered', undefined],
      ['transfer_news', 'declined'],
      ['ticket_reissued', undefined],
    ]);
  });

  it('say when nobody took it, and keep the address no longer', async () => {
    const ticket = await boughtTicket();
    await offered(ticket, { email: 'absent@receivers.example' });
    const { transfer } = await shownTicket(ticket);
    const later: OutgoingMessage[] = [];
    const queueMessage = (message: OutgoingMessage) => Promise.resolve(void later.push(message));
    await sweep({ ...services, queueMessage, clock: () => Date.now() + 15 * dayMs });
    expect(later).toContainEqual({
      kind: 'transfer_news',
      what: 'expired',
      transferId: transfer?.transferId,
      eventId: ticket.eventId,
    });
    expect(await db.select().from(transferContacts).where(eq(transferContacts.ticketId, ticket.ticketId))).toEqual([]);
  });
});

describe('making the old code void', () => {
  it('asks first, is done once however often it is pressed, and says so', async () => {
    const ticket = await boughtTicket();
    const path = pathTo('ticketReissue', ticket.path);
    const before = (await shownTicket(ticket)).handle;
    const asked = await textOf(path, buyerOf(ticket));
    for (const line of words.reissue.what) expect(asked).toContain(line);
    expect((await shownTicket(ticket)).generation).toBe(1);
    const fields = { key: crypto.randomUUID() };
    for (const _ of [1, 2]) {
      const done = await post(path, buyerOf(ticket), fields);
      expect(done.headers.get('location')).toContain('done=anew');
    }
    const after = await shownTicket(ticket);
    expect(after.generation).toBe(2);
    expect(after.handle).not.toBe(before);
    const { tickets } = await (
      await visit(pathTo('apiOrder', ticket), { headers: buyerOf(ticket) })
    ).json<{ tickets: { handle: string }[] }>();
    expect(tickets[0]?.handle).toBe(after.handle);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, ticket.ticketId));
    expect(entries.map(({ action, actorId }) => [action, actorId])[0]).toEqual(['ticket.reissued', null]);
  });

  it('is done by the help desk for whoever asks there, under the name of who did it', async () => {
    const ticket = await boughtTicket();
    const agent = await newWorker({ businessId, role: 'support_agent' });
    const desk = pathTo('studioTickets', { slug: ticket.slug });
    const found = await (await post(desk, agent.headers, { typed: orderReference(ticket.orderId) })).text();
    expect(found).toContain(ticket.orderId);
    const opened = await (await post(desk, agent.headers, { order: ticket.orderId })).text();
    expect(opened).toContain(words.acts.reissue);
    // What would open the gate is not for the desk to see.
    const { handle } = await shownTicket(ticket);
    expect(opened).not.toContain(handle.slice(0, 5));
    const reissue = pathTo('studioReissue', { slug: ticket.slug });
    const fields = { ticket: ticket.ticketId, order: ticket.orderId, key: crypto.randomUUID() };
    for (const _ of [1, 2]) expect((await post(reissue, agent.headers, fields)).status).toBe(200);
    expect((await shownTicket(ticket)).generation).toBe(2);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.actorId, agent.personId));
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['holder.looked_up', 'ticket.reissued']),
    );
    const bookkeeper = await newWorker({ businessId, role: 'finance' });
    expect((await post(reissue, bookkeeper.headers, fields)).status).toBe(403);
    expect(await (await post(desk, bookkeeper.headers, { order: ticket.orderId })).text()).not.toContain(
      words.acts.reissue,
    );
  });

  it('finds a given ticket by the address it was given to, and not as its buyer’s', async () => {
    const receiver = await customer();
    const ticket = await given(receiver);
    const agent = await newWorker({ businessId, role: 'support_agent' });
    const desk = pathTo('studioTickets', { slug: ticket.slug });
    expect(await (await post(desk, agent.headers, { typed: receiver.email })).text()).toContain(ticket.ticketId);
    const supervisor = await newWorker({ businessId, role: 'supervisor' });
    const gate = pathTo('gateFind', { slug: ticket.slug });
    const byOrder = await (await post(gate, supervisor.headers, { order: ticket.orderId })).text();
    expect(byOrder).toContain(messages.gate.find.givenAway);
    expect(byOrder).not.toContain(ticket.ticketId);
    expect(await (await post(gate, supervisor.headers, { typed: receiver.email })).text()).toContain(ticket.ticketId);
  });
});

it('says under the number of a ticket that only a phone shows that the number is not enough', async () => {
  const live = await boughtTicket(undefined, { code: 'live_only' });
  const page = await textOf(pathTo('ticket', live), buyerOf(live));
  expect(page).toContain(words.numberAlone);
  expect(page).toContain((await shownTicket(live)).handle.slice(0, 5));
  expect(page).not.toContain(words.acts.reissue);
  const paper = await boughtTicket();
  expect(await textOf(pathTo('ticket', paper), buyerOf(paper))).not.toContain(words.numberAlone);
});

it('a guest who was given a ticket is shown how to keep it, and their wallet how to find others', async () => {
  const ticket = await boughtTicket();
  const token = await offered(ticket);
  const guest = await accepted(ticket, token, (await openLink(token)).headers);
  const wallet = await textOf(pathTo('wallet'), guest);
  expect(wallet).toContain(words.find.action);
  expect(await textOf(`${heldPath(ticket)}?done=yours`, guest)).toContain(words.acts.yoursTitle);
  const nowhere = await visit(heldPath(ticket), { headers: {} });
  expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining(words.find.action)]);
});
