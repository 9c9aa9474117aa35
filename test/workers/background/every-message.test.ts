import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { invitations, people, waitlistContacts } from '#d1/schema/index.ts';
import { dayMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import { postpone, refundedToClosedCard } from '#test/support/changes.ts';
import { deliverMessage } from '#test/support/queue.ts';
import { publishEvent, placeOrder } from '#test/workers/http/site.ts';
import { mailboxOf } from '#workers/local/mailbox/mailbox.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { acceptTransfer, openTransfer } from '#workers/operations/transfer-link.ts';
import { giveTicket } from '#workers/operations/give-ticket.ts';
import { keepTicket } from '#workers/operations/keep-ticket.ts';
import { servicesOf } from '#workers/services.ts';

const services = servicesOf({ ...environment }, sandboxes({ exports }));
const hostile = '<b onclick="x">Ama</b> & Co';
const nowMs = Date.now();

const address = () => `${crypto.randomUUID()}@readers.example`;

async function order(to: string, gift?: { to: string }) {
  const { slug } = await publishEvent();
  const contact = { name: hostile, email: to };
  const given = gift && { gift: { name: hostile, email: gift.to, message: 'Bring a coat.\r\nBcc: all of them' } };
  const placed = await placeOrder(slug, 1, contact, given);
  return placed.order.orderId;
}

async function person(email: string) {
  const id = `per_${crypto.randomUUID()}`;
  await services.db.insert(people).values({ id, name: hostile, email, createdAtMs: nowMs });
  return id;
}

async function invitation(email: string) {
  const id = `inv_${crypto.randomUUID()}`;
  await services.db.insert(invitations).values({
    id,
    tokenHash: id,
    businessId: 'biz_unknown',
    role: 'manager',
    email,
    invitedBy: await person(address()),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + dayMs,
  });
  return id;
}

async function place(email: string) {
  const { eventId } = await publishEvent();
  const entryId = `wtl_${crypto.randomUUID()}`;
  const contact = { entryId, eventId, typeId: 'day', quantity: 1, email, createdAtMs: nowMs };
  await services.db.insert(waitlistContacts).values(contact);
  return entryId;
}

/** A ticket that was paid for and goes back to a card that is closed: its money lands in the wallet. */
async function refunded<Kind extends 'refund_made' | 'refund_rerouted'>(kind: Kind, email: string) {
  const { orderId, refundId } = await refundedToClosedCard({ name: hostile, email });
  return { kind, orderId, refundId };
}

async function moved(email: string) {
  const event = await publishEvent();
  const { order: placed } = await placeOrder(event.slug, 1, { name: hostile, email });
  const changeId = await postpone(event.slug);
  return { orderId: placed.orderId, changeId };
}

/** A ticket of a hostile name's, offered to an address, and accepted if asked. */
async function transfer(to: { giver?: string; receiver?: string }, isAccepted = false) {
  const email = to.giver ?? address();
  const { eventId, slug } = await publishEvent();
  const { order: placed } = await placeOrder(slug, 1, { name: hostile, email });
  const ticketId = placed.tickets[0]?.ticketId ?? '';
  const [ticket] = await services.inventory(eventId).showTickets([ticketId]);
  if (ticket === undefined) throw new Error('Nothing was bought');
  const { customerId } = ticket;
  const receiver = to.receiver ?? address();
  const request = { key: crypto.randomUUID(), email: receiver, giverName: hostile, message: `${hostile}\nSee you` };
  if (!(await giveTicket(services, ticket, request)).ok) throw new Error('Not offered');
  const [now] = await services.inventory(eventId).showTickets([ticketId]);
  const transferId = now?.transfer?.transferId ?? '';
  const opened = await openTransfer(services, { transferId, eventId });
  const personId = await person(receiver);
  if (isAccepted && opened.ok) await acceptTransfer(services, opened.value, { personId, email: receiver }, undefined);
  return { transferId, eventId, slug, ticketId, customerId, personId };
}

/** One message of each kind: a kind without one does not compile. */
const each: { [Kind in OutgoingMessage['kind']]: (to: string) => Promise<OutgoingMessage & { kind: Kind }> } = {
  order_confirmation: async (to) => ({ kind: 'order_confirmation', orderId: await order(to) }),
  order_refunded: async (to) => ({ kind: 'order_refunded', orderId: await order(to) }),
  refund_made: (to) => refunded('refund_made', to),
  refund_rerouted: (to) => refunded('refund_rerouted', to),
  event_postponed: async (to) => {
    const { orderId, changeId } = await moved(to);
    return { kind: 'event_postponed', orderId, changeId };
  },
  gift_tickets: async (to) => ({ kind: 'gift_tickets', orderId: await order(address(), { to }) }),
  waitlist_joined: async (to) => ({ kind: 'waitlist_joined', entryId: await place(to) }),
  waitlist_offered: async (to) => ({
    kind: 'waitlist_offered',
    entryId: await place(to),
    offerEndsAtMs: Date.now() + dayMs,
  }),
  waitlist_lapsed: async (to) => ({ kind: 'waitlist_lapsed', entryId: await place(to) }),
  transfer_offered: async (to) => ({ kind: 'transfer_offered', ...pick(await transfer({ receiver: to })) }),
  transfer_news: async (to) => ({ kind: 'transfer_news', what: 'offered', ...pick(await transfer({ giver: to })) }),
  transfer_received: async (to) => {
    const { personId, ...given } = await transfer({ receiver: to }, true);
    return { kind: 'transfer_received', ...pick(given), personId };
  },
  ticket_reissued: async (to) => {
    const { ticketId, eventId, customerId } = await transfer({ giver: to });
    return { kind: 'ticket_reissued', ticketId, eventId, customerId, generation: 1, cause: 'holder' };
  },
  waitlist_cancelled: async (to) => ({ kind: 'waitlist_cancelled', entryId: await place(to) }),
  ticket_revoked: async (to) => ({ kind: 'ticket_revoked', ...(await held(to)) }),
  ticket_postponed: async (to) => {
    const { slug, ...ticket } = await held(to);
    return { kind: 'ticket_postponed', ...ticket, changeId: await postpone(slug) };
  },
  one_time_code: async () => ({
    kind: 'one_time_code',
    purpose: 'sign_in',
    to: { channel: 'sms', address: '+447700900321' },
    code: '042137',
  }),
  staff_invitation: async (to) => ({
    kind: 'staff_invitation',
    invitationId: await invitation(to),
    token: crypto.randomUUID(),
  }),
  account_notice: async (to) => ({
    kind: 'account_notice',
    personId: await person(to),
    what: 'passkey_added',
    atMs: nowMs,
    by: { channel: 'email' },
  }),
};

/** A ticket its holder was given. */
async function held(receiver: string) {
  const { ticketId, eventId, slug, personId } = await transfer({ receiver }, true);
  const [ticket] = await services.inventory(eventId).showTickets([ticketId]);
  if (ticket === undefined) throw new Error('Nothing was given');
  await keepTicket(services, personId, ticket);
  return { ticketId, eventId, slug, customerId: ticket.customerId };
}

const pick = ({ transferId, eventId }: { transferId: string; eventId: string }) => ({ transferId, eventId });

async function delivered(to: string) {
  return (await mailboxOf(environment).list()).find((message) => message.to === to);
}

describe('every kind of message', () => {
  it.each(Object.keys(each) as (keyof typeof each)[])(
    '%s is written, delivered, and shows names as text',
    async (kind) => {
      const email = address();
      const message = await each[kind](email);
      expect((await deliverMessage(services, message)).isDone).toBe(true);
      const kept = await delivered(message.kind === 'one_time_code' ? message.to.address : email);
      expect(kept?.text).toMatch(/\S/);
      expect(kept?.subject).toMatch(/\S/);
      expect(kept?.html ?? '').not.toContain('<b onclick');
    },
  );

  it('is delivered once to a mailbox, though the queue delivers it twice', async () => {
    const email = address();
    const message = await each.order_confirmation(email);
    for (let times = 0; times < 2; times += 1) await deliverMessage(services, message);
    const kept = (await mailboxOf(environment).list()).filter(({ to }) => to === email);
    expect(kept.filter(({ subject }) => /ticket/i.test(subject))).toHaveLength(1);
  });
});

it('a one-time code goes by mail with a link that does the same', async () => {
  const email = address();
  const to = { channel: 'email', address: email } as const;
  const message = { kind: 'one_time_code', purpose: 'sign_in', to, code: '042137', token: 'the-token' } as const;
  await deliverMessage(services, message);
  const kept = await delivered(email);
  for (const body of [kept?.text, kept?.html]) {
    expect(body).toContain('042137');
    expect(body).toContain('the-token');
  }
});

describe('a message that is no longer meant', () => {
  it('is not sent: the invitation was taken back', async () => {
    const email = address();
    const message = await each.staff_invitation(email);
    await services.db.update(invitations).set({ revokedAtMs: nowMs, email: null });
    expect((await deliverMessage(services, message)).isDone).toBe(true);
    expect(await delivered(email)).toBeUndefined();
  });
});
