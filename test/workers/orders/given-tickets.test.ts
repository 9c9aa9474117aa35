import { beforeEach, describe, expect, it, vi } from 'vitest';
import { waitlistContacts } from '#d1/schema/index.ts';
import { orderReference } from '#shared/ids.ts';
import { cancel, looked, postpone, services } from '#test/support/changes.ts';
import { customer } from '#test/support/customers.ts';
import { environment } from '#test/support/environment.ts';
import { newWorker, post } from '#test/support/staff.ts';
import { accepted, boughtTicket, offered, shownTicket, tokenOf, type Given } from '#test/support/transfers.ts';
import { deliverMessage } from '#test/support/queue.ts';
import { businessId, publishEvent, visit } from '#test/workers/http/site.ts';
import { mailboxOf } from '#workers/local/mailbox/mailbox.ts';
import { pathTo } from '#workers/routes.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const newAddress = () => `${crypto.randomUUID()}@readers.example`;

/** A ticket somebody bought and gave to somebody who keeps it in an account. */
async function given() {
  const buyerEmail = newAddress();
  const ticket = await boughtTicket(buyerEmail);
  const holder = await customer({ name: 'Kofi Holder' });
  await accepted(ticket, await offered(ticket, { email: holder.email, giverName: 'Ama' }), holder.headers);
  return { ticket, holder, buyerEmail };
}

async function mailsTo(email: string, subject: string) {
  return (await mailboxOf(environment).list()).filter((mail) => mail.to === email && mail.subject?.startsWith(subject));
}

/** The one mail of these words that comes. */
function theMail(email: string, subject: string) {
  return vi.waitFor(
    async () => {
      const mails = await mailsTo(email, subject);
      expect(mails).toHaveLength(1);
      return `${mails[0]?.text}${mails[0]?.html}`;
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** What a guest of somebody's order never learns: who bought it, in which order, and how to open that. */
function expectNothingOf({ ticket, buyerEmail }: { ticket: Given; buyerEmail: string }, mail: string) {
  for (const secret of [buyerEmail, 'Ama Buyer', ticket.orderId, orderReference(ticket.orderId)]) {
    expect(mail).not.toContain(secret);
  }
}

const desk = async (ticket: Given, role: 'finance' | 'owner') => {
  const { headers } = await newWorker({ businessId, role });
  const page = await visit(pathTo('studioOrder', { orderId: ticket.orderId }), { headers });
  return { headers, page: await page.text() };
};

/** By whoever may overrule the rules: a ticket that was given is not taken from its holder otherwise. */
async function refundFromDesk(ticket: Given): Promise<void> {
  const { headers, page } = await desk(ticket, 'owner');
  const form = page.split('<form class="refund-form"')[1] ?? '';
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].slice(0, 3);
  const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  const asked = { ...fields, to: 'source', reason: 'asked', q_l1: '1', used: 'yes' };
  expect((await post(pathTo('studioOrderRefund', { orderId: ticket.orderId }), headers, asked)).status).toBe(303);
}

describe('whoever was given a ticket hears what becomes of it (5.2/8)', () => {
  it('the organiser gives its buyer the money: the holder is told once that it ended', async () => {
    const gift = await given();
    // Whoever may not overrule the rules reads why there is nothing to choose.
    const { page } = await desk(gift.ticket, 'finance');
    for (const said of ['1 given to somebody', 'was given to somebody. Only an owner']) expect(page).toContain(said);
    expect(page).not.toContain('name="q_l1"');
    await refundFromDesk(gift.ticket);
    expect((await shownTicket(gift.ticket)).status).toBe('refunded');
    const mail = await theMail(gift.holder.email, 'Your ticket has ended');
    expect(mail).toContain('no longer opens the gate');
    expect(mail).toContain(pathTo('ticketHeld', gift.ticket.path));
    expectNothingOf(gift, mail);
    expect(await mailsTo(gift.buyerEmail, 'Your ticket has ended')).toEqual([]);
    // A queue delivers some messages twice.
    const { ticketId, customerId, eventId } = await shownTicket(gift.ticket);
    await deliverMessage(services, { kind: 'ticket_revoked', ticketId, eventId, customerId });
    expect(await mailsTo(gift.holder.email, 'Your ticket has ended')).toHaveLength(1);
  });

  it('the event is cancelled: the holder is told so, and its buyer by their own mail', async () => {
    const gift = await given();
    await cancel(gift.ticket.slug);
    await looked(gift.ticket.eventId);
    const mail = await theMail(gift.holder.email, 'Cancelled');
    expect(mail).toContain('247GBS Expo will not take place');
    expectNothingOf(gift, mail);
    await theMail(gift.buyerEmail, 'Cancelled');
  });

  it('the event moves: the holder is told the dates, and that the money is not theirs to choose', async () => {
    const gift = await given();
    await postpone(gift.ticket.slug);
    await looked(gift.ticket.eventId);
    const mail = await theMail(gift.holder.email, 'New dates');
    for (const said of ['stays good', 'that is for whoever bought the ticket']) expect(mail).toContain(said);
    expectNothingOf(gift, mail);
    await theMail(gift.buyerEmail, 'New dates');
  });

  it('no mail about a ticket that went back to its buyer, nor to who had it before', async () => {
    const { ticket, holder } = await given();
    const { customerId, ticketId, eventId } = await shownTicket(ticket);
    const back = await customer();
    const token = await handOn(ticket, holder.headers, back.email);
    await accepted(ticket, token, back.headers);
    const told = { kind: 'ticket_revoked', ticketId, eventId, customerId } as const;
    expect((await deliverMessage(services, told)).isDone).toBe(true);
    await refundFromDesk(ticket);
    await theMail(back.email, 'Your ticket has ended');
    expect(await mailsTo(holder.email, 'Your ticket has ended')).toEqual([]);
  });
});

/** Its holder offers it on. */
async function handOn(ticket: Given, headers: Record<string, string>, email: string): Promise<string> {
  const form = { do: 'mail', key: crypto.randomUUID(), email };
  expect((await post(pathTo('ticketGive', ticket.path), headers, form)).status).toBe(303);
  return tokenOf(ticket);
}

it('whoever waits for a cancelled event is told once, for all their places, and then forgotten', async () => {
  const { slug, eventId } = await publishEvent();
  const other = await publishEvent();
  const [email, patient] = [newAddress(), newAddress()];
  const place = { quantity: 1, createdAtMs: Date.now() };
  const wait = (at: string, typeId: string, who: string) => ({
    ...place,
    entryId: `wtl_${crypto.randomUUID()}`,
    eventId: at,
    typeId,
    email: who,
  });
  await services.db
    .insert(waitlistContacts)
    .values([wait(eventId, 'day', email), wait(eventId, 'evening', email), wait(other.eventId, 'day', patient)]);
  await cancel(slug);
  await looked(eventId);
  const mail = await theMail(email, 'Cancelled');
  expect(mail).toContain('You paid nothing and owe nothing.');
  await vi.waitFor(async () => {
    const left = (await services.db.select().from(waitlistContacts)).filter((row) =>
      [email, patient].includes(row.email),
    );
    expect(left.map((row) => row.email)).toEqual([patient]);
  });
  expect(await mailsTo(patient, 'Cancelled')).toEqual([]);
});
