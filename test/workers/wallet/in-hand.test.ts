import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { transferContacts } from '#d1/schema/index.ts';
import { hourMs } from '#shared/time.ts';
import { customer, db, readIntoD1 } from '#test/support/customers.ts';
import { sessionOf } from '#test/support/staff.ts';
import { boughtTicket, buyerOf, offer, post, shownTicket, tokenOf } from '#test/support/transfers.ts';
import { visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';

/** A ticket, and a session of its buyer's that somebody has who never had their browser. */
async function stolen() {
  const buyer = await customer();
  const ticket = await boughtTicket(buyer.email);
  const headers = await sessionOf(buyer.personId, Date.now() - hourMs);
  return { ticket, headers, proveAgain: () => sessionOf(buyer.personId) };
}

const wayToProve = (page: string) => `${pathTo('prove')}?${new URLSearchParams({ next: page }).toString()}`;

// A stolen session must not empty the wallet: neither by taking tickets over (activation.test.ts), nor by these two doors.
describe('a session alone', () => {
  it('gives no ticket away before its person proved who they are', async () => {
    const { ticket, headers, proveAgain } = await stolen();
    const page = pathTo('ticketGive', ticket.path);
    expect((await visit(pathTo('ticketHeld', ticket.path), { headers })).status).toBe(200);
    for (const fields of [{}, { email: 'thief@receivers.example', giverName: '', message: '' }]) {
      const refused = await offer(ticket, headers, fields);
      expect([refused.status, refused.headers.get('location')]).toEqual([303, wayToProve(page)]);
    }
    expect((await shownTicket(ticket)).transfer).toBeUndefined();
    const given = await offer(ticket, await proveAgain());
    expect([given.status, given.headers.get('location')]).toEqual([303, page]);
    expect((await shownTicket(ticket)).transfer).toBeDefined();
  });

  it('is not shown the link of an offer, which is good for whoever has it', async () => {
    const { ticket, headers } = await stolen();
    await offer(ticket, buyerOf(ticket));
    const asked = await visit(pathTo('ticketGive', ticket.path), { headers, redirect: 'manual' });
    expect([asked.status, await asked.text()]).toEqual([303, '']);
    const own = await visit(pathTo('ticketGive', ticket.path), { headers: buyerOf(ticket) });
    expect(await own.text()).toContain(await tokenOf(ticket));
  });

  it('makes no ticket out anew, which would take it off the phone that bears it', async () => {
    const { ticket, headers, proveAgain } = await stolen();
    const page = pathTo('ticketReissue', ticket.path);
    const refused = await post(page, headers, { key: crypto.randomUUID() });
    expect([refused.status, refused.headers.get('location')]).toEqual([303, wayToProve(page)]);
    expect((await shownTicket(ticket)).generation).toBe(1);
    expect((await post(page, await proveAgain(), { key: crypto.randomUUID() })).status).toBe(303);
    expect((await shownTicket(ticket)).generation).toBe(2);
  });
});

describe('the form of an offer, sent again', () => {
  it('brings back no address once the offer is over', async () => {
    const ticket = await boughtTicket();
    const form = { key: crypto.randomUUID(), email: 'gone@receivers.example', giverName: '', message: '' };
    expect((await offer(ticket, buyerOf(ticket), form)).status).toBe(303);
    await post(pathTo('ticketGive', ticket.path), buyerOf(ticket), { do: 'withdraw' });
    await readIntoD1(ticket.orderId, ticket.eventId);
    expect((await offer(ticket, buyerOf(ticket), form)).status).toBe(410);
    const kept = await db.select().from(transferContacts).where(eq(transferContacts.ticketId, ticket.ticketId));
    expect(kept).toEqual([]);
  });

  it('with another ticket is two offers, each to its own address', async () => {
    const [one, other] = [await boughtTicket(), await boughtTicket()];
    const headers = { cookie: `${one.cookie}; ${other.cookie}` };
    const form = { key: crypto.randomUUID(), giverName: '', message: '' };
    expect((await offer(one, headers, { ...form, email: 'first@receivers.example' })).status).toBe(303);
    expect((await offer(other, headers, { ...form, email: 'second@receivers.example' })).status).toBe(303);
    const { transfer } = await shownTicket(other);
    const contacts = await db
      .select()
      .from(transferContacts)
      .where(eq(transferContacts.transferId, transfer?.transferId ?? ''));
    expect(contacts).toMatchObject([{ ticketId: other.ticketId, address: 'second@receivers.example' }]);
  });
});
