import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { feedKeptMs, headOfFeed } from '#d1/queries/wallet-changes.ts';
import { walletChanges } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { buy, customer, db, readIntoD1, withCookies, type Bought } from '#test/support/customers.ts';
import { environment } from '#test/support/environment.ts';
import { accepted, boughtTicket, buyerOf, offered, openLink, textOf } from '#test/support/transfers.ts';
import { visit } from '#test/workers/http/site.ts';
import { settingsOf } from '#workers/env.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { openCursor, sealCursor } from '#workers/keys/sealed-cursor.ts';
import type { FeedPage } from '#workers/operations/wallet-feed.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { masterKey, publicOrigin } = settingsOf(environment);
const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const wallet = pathTo('apiWalletChanges');

async function read(path: string, headers: Record<string, string>, after?: string): Promise<FeedPage> {
  const response = await visit(after === undefined ? path : `${path}?after=${after}`, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.json<FeedPage>();
}

async function knock(path: string, headers: Record<string, string>, from: string = publicOrigin): Promise<number> {
  const response = await visit(path, { headers: { upgrade: 'websocket', ...headers, origin: from } });
  response.webSocket?.accept();
  response.webSocket?.close();
  return response.status;
}

const cursorAt = (seq: number, atMs = Date.now()) => sealCursor(masterKey, { seq, atMs }, randomBytes);

async function refund(order: Bought): Promise<void> {
  const ticketId = order.tickets[0]?.ticketId ?? '';
  await inventoryOf(environment.EVENT_INVENTORY, order.eventId).moveMany([{ ticketId, move: 'refund' }]);
  await readIntoD1(order.orderId, order.eventId);
}

// PRD 8.3: one feed with a cursor, for whoever shows a wallet.
describe('the change feed of a wallet', () => {
  it('begins where its reader is, and goes on from each cursor', async () => {
    const ama = await customer();
    const { cursor, changes, isReset } = await read(wallet, ama.headers);
    expect({ changes, isReset }).toEqual({ changes: [], isReset: false });
    const order = await buy(ama.email, 2);
    const bought = await read(wallet, ama.headers, cursor);
    expect(bought.changes.map(({ kind }) => kind).toSorted()).toEqual([
      'order.moved',
      'ticket.issued',
      'ticket.issued',
    ]);
    expect(new Set(bought.changes.map(({ orderId }) => orderId))).toEqual(new Set([order.orderId]));
    await refund(order);
    const after = await read(wallet, ama.headers, bought.cursor);
    expect(after.changes).toMatchObject([{ kind: 'ticket.moved', ticketId: order.tickets[0]?.ticketId }]);
    expect((await read(wallet, ama.headers, after.cursor)).changes).toEqual([]);
    // Asked again from the same cursor, the same is said: a lost answer costs nothing.
    expect((await read(wallet, ama.headers, bought.cursor)).changes).toEqual(after.changes);
  });

  it('gives a long absence in pages, with nothing twice and nothing left out', async () => {
    const ama = await customer();
    const customerId = await customerIdOf(masterKey, ama.email);
    const source = `test:${ama.personId}`;
    const rows = Array.from({ length: 230 }, (_, at) => {
      const about = { customerId, eventId: 'evt', atMs: Date.now(), kind: 'ticket.used' as const, n: 0 };
      return { ...about, ticketId: `tkt_${at}`, orderId: 'ord', source, sourceSeq: at };
    });
    for (let at = 0; at < rows.length; at += 10) await db.insert(walletChanges).values(rows.slice(at, at + 10));
    const seen: (string | undefined)[] = [];
    let page = await read(wallet, ama.headers, await cursorAt(0));
    const sizes = [page.changes.length];
    seen.push(...page.changes.map(({ ticketId }) => ticketId));
    while (page.hasMore) {
      page = await read(wallet, ama.headers, page.cursor);
      sizes.push(page.changes.length);
      seen.push(...page.changes.map(({ ticketId }) => ticketId));
    }
    expect(sizes).toEqual([100, 100, 30]);
    expect(seen).toEqual(rows.map(({ ticketId }) => ticketId));
  });

  it('has nobody else’s, and what was kept from somebody else from then on', async () => {
    const [ama, kofi] = [await customer(), await customer()];
    const start = await cursorAt(await headOfFeed(db));
    const order = await buy(kofi.email);
    expect((await read(wallet, ama.headers, start)).changes).toEqual([]);
    const claim = pathTo('orderClaim', { orderId: order.orderId });
    await visit(claim, { method: 'POST', headers: withCookies(ama, order.cookie) });
    const kept = await read(wallet, ama.headers, start);
    expect(kept.changes.map(({ kind }) => kind)).toContain('order.claimed');
    await refund(order);
    for (const { headers } of [ama, kofi]) {
      expect((await read(wallet, headers, kept.cursor)).changes).toMatchObject([{ kind: 'ticket.moved' }]);
    }
  });

  it('says nothing of who had the address before', async () => {
    const email = `${crypto.randomUUID()}@passed-on.example`;
    const first = await customer({ email });
    const start = await cursorAt(await headOfFeed(db));
    const order = await buy(email);
    const fields = { word: messages.account.erase.word, gives_up: 'on' };
    await visit(pathTo('accountErase'), { method: 'POST', headers: first.headers, body: new URLSearchParams(fields) });
    expect(await db.select().from(walletChanges).where(eq(walletChanges.orderId, order.orderId))).toEqual([]);
    const next = await customer({ email });
    await refund(order);
    expect((await read(wallet, next.headers, start)).changes).toEqual([]);
  });

  it('is in the copy of somebody’s data', async () => {
    const ama = await customer();
    const order = await buy(ama.email);
    const copy = await visit(pathTo('accountExport'), { method: 'POST', headers: ama.headers });
    const { walletChanges: changes } = await copy.json<{ walletChanges: { orderId: string }[] }>();
    expect(changes.map(({ orderId }) => orderId)).toEqual([order.orderId, order.orderId]);
  });

  it('sends whoever was away for too long back to the wallet itself', async () => {
    const ama = await customer();
    await buy(ama.email);
    const old = await cursorAt(0, Date.now() - feedKeptMs - 1);
    const answer = await read(wallet, ama.headers, old);
    expect(answer).toMatchObject({ changes: [], hasMore: false, isReset: true });
    expect(await read(wallet, ama.headers, answer.cursor)).toMatchObject({ changes: [], isReset: false });
  });

  it('takes its own cursors only, and they tell nothing', async () => {
    const ama = await customer();
    const cursor = await cursorAt(7);
    expect(await openCursor(masterKey, cursor)).toMatchObject({ seq: 7 });
    expect(await cursorAt(7)).not.toBe(cursor);
    const altered = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;
    for (const after of ['7', '', altered, 'A'.repeat(40), '%00', 'x'.repeat(300)]) {
      const response = await visit(`${wallet}?after=${after}`, { headers: ama.headers });
      expect([after, response.status]).toEqual([after, 400]);
      expect(await response.json()).toMatchObject({ code: 'malformed_request' });
    }
  });
});

describe('the change feed of an order', () => {
  it('is all that a guest’s browser hears of: that order, and no other of the same address', async () => {
    const email = `${crypto.randomUUID()}@guests.example`;
    const start = await cursorAt(await headOfFeed(db));
    const [one, other] = [await buy(email), await buy(email)];
    const path = pathTo('apiOrderChanges', { orderId: one.orderId });
    const { changes } = await read(path, { cookie: one.cookie }, start);
    expect(new Set(changes.map(({ orderId }) => orderId))).toEqual(new Set([one.orderId]));
    const theirs = pathTo('apiOrderChanges', { orderId: other.orderId });
    expect((await visit(theirs, { headers: { cookie: one.cookie } })).status).toBe(404);
  });
});

describe('the change feed of a ticket that was given', () => {
  it('is for whoever accepted it, a guest too, from when they had it; and tells no order', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket);
    const guest = await accepted(ticket, token, (await openLink(token)).headers);
    const path = pathTo('apiTicketChanges', ticket.path);
    const { changes } = await read(path, guest, await cursorAt(0));
    expect(changes).toEqual([
      { kind: 'ticket.received', atMs: expect.any(Number) as number, ticketId: ticket.ticketId },
    ]);
    expect(await knock(pathTo('heldFeed', ticket.path), guest)).toBe(101);
    expect(await knock(pathTo('heldFeed', ticket.path), guest, 'https://elsewhere.example')).toBe(403);
    for (const name of ['apiTicketChanges', 'heldFeed'] as const) {
      expect((await visit(pathTo(name, ticket.path), { headers: buyerOf(ticket) })).status).toBe(404);
    }
    expect(await textOf(pathTo('ticketHeld', ticket.path), guest)).toContain(path);
    expect(await textOf(pathTo('wallet'), guest)).toContain(path);
  });
});

// Whoever types somebody's address into a checkout must not hear when that person is scanned.
describe('the sockets', () => {
  it('open to their own, from our own pages, and to nobody else', async () => {
    const [ama, kofi] = [await customer(), await customer()];
    const order = await buy(ama.email);
    const [own, ofOrder] = [pathTo('walletFeed'), pathTo('orderFeed', { orderId: order.orderId })];
    expect(await knock(own, ama.headers)).toBe(101);
    expect(await knock(ofOrder, ama.headers)).toBe(101);
    expect(await knock(ofOrder, { cookie: order.cookie })).toBe(101);
    expect(await knock(own, ama.headers, 'https://elsewhere.example')).toBe(403);
    expect(await knock(ofOrder, { cookie: order.cookie }, 'https://elsewhere.example')).toBe(403);
    expect(await knock(own, { cookie: order.cookie })).toBe(401);
    expect(await knock(ofOrder, kofi.headers)).toBe(404);
  });

  it('have no door for whoever proved no address: the orders they keep have theirs', async () => {
    const ama = await customer({ email: '' });
    expect(await knock(pathTo('walletFeed'), ama.headers)).toBe(404);
  });
});
