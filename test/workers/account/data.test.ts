import { runInDurableObject } from 'cloudflare:test';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import * as schema from '#d1/schema/index.ts';
import { deskNamed } from '#objects/order-desk/client.ts';
import { deskOf } from '#shared/ids.ts';
import { buy, customer, db, readIntoD1, withCookies, type Customer } from '#test/support/customers.ts';
import { environment } from '#test/support/environment.ts';
import { businessId, cookiesOf, publishEvent, visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.account.erase;

type Copy = Record<string, unknown> & {
  profile: Record<string, unknown>[];
  orders: { id: string; contact?: { name: string; email: string } }[];
  claims: { orderId: string }[];
  tickets: { orderId: string }[];
  auditEntries: { action: string }[];
};

function exportOf({ headers }: Customer): Promise<Response> {
  return visit(pathTo('accountExport'), { method: 'POST', headers });
}

function erase({ headers }: Customer, fields: Record<string, string> = { word: words.word, gives_up: 'on' }) {
  return visit(pathTo('accountErase'), { method: 'POST', headers, body: new URLSearchParams(fields) });
}

/** Rows in every table where a person leaves something. */
async function livesALittle(one: Customer, called: string): Promise<void> {
  const { personId, email } = one;
  const at = { createdAtMs: 1, lastSeenAtMs: 1 };
  await db.insert(schema.devices).values({ id: `dev_${personId}`, personId, name: `${called}’s phone`, ...at });
  const key = { publicKey: Buffer.from([1]), signCount: 0, transports: '', isBackedUp: false, createdAtMs: 1 };
  await db.insert(schema.passkeys).values({ id: `key_${personId}`, personId, name: `${called}’s key`, ...key });
  const push = { p256dh: 'secret-p256dh', auth: 'secret-auth', createdAtMs: 1 };
  await db.insert(schema.pushSubscriptions).values({ endpoint: `https://push.example/${personId}`, personId, ...push });
  const times = { createdAtMs: 1, expiresAtMs: 2 };
  await db.insert(schema.challenges).values({
    id: `chl_${personId}`,
    purpose: 'sign_in',
    channel: 'email',
    address: email,
    browserHash: 'b',
    codeDigest: 'secret-digest',
    ...times,
  });
  const offer = { businessId, role: 'gate_steward', invitedBy: personId, ...times } as const;
  await db
    .insert(schema.invitations)
    .values({ id: `inv_${personId}`, tokenHash: `secret-${personId}`, email, ...offer });
  const message = JSON.stringify({ kind: 'one_time_code', to: { channel: 'email', address: email } });
  const failed = { kind: 'one_time_code', message, why: 'mailbox full', failedAtMs: 1 };
  await db.insert(schema.deadLetters).values({ id: `dead_${personId}`, ...failed });
  await db.insert(schema.staffPins).values({ personId, businessId, pinDigest: 'secret-pin', setAtMs: 1 });
}

/** Every row of every table of D1, as one text. */
async function everythingInD1(): Promise<string> {
  const tables = await db.all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`);
  const names = tables.map(({ name }) => name).filter((name) => !/^(_cf|sqlite_|d1_)/.test(name));
  const rows = await Promise.all(names.map((name) => db.all(sql.raw(`SELECT * FROM "${name}"`))));
  return JSON.stringify(rows);
}

function everythingAtDesk(orderId: string): Promise<string> {
  const stub = deskNamed(environment.ORDER_DESK, deskOf(orderId) ?? '');
  return runInDurableObject(stub, (_object, { storage }) => {
    const tables = storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").toArray();
    const own = tables.filter(({ name }) => !name.startsWith('_cf'));
    return JSON.stringify(own.map(({ name }) => storage.sql.exec(`SELECT * FROM "${name}"`).toArray()));
  });
}

// PRD 7.2 and the law: a copy of everything, and nothing that opens anything.
describe('the copy of somebody’s data', () => {
  it('has what D1 and the desks hold about them, and says so in the log', async () => {
    const ama = await customer({ name: 'Zubeda Exported', phone: `+4470${Date.now()}` });
    await livesALittle(ama, 'Zubeda');
    const order = await buy(ama.email, 2, 'Zubeda Buyer');
    const given = await buy('giver@copies.example', 1, 'Somebody Else');
    const claim = pathTo('orderClaim', { orderId: given.orderId });
    await visit(claim, { method: 'POST', headers: withCookies(ama, given.cookie) });

    const answer = await exportOf(ama);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.json"$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    const copy = JSON.parse(text) as Copy;
    expect(copy.profile).toMatchObject([{ id: ama.personId, name: 'Zubeda Exported', email: ama.email }]);
    const contact = { name: 'Zubeda Buyer', email: ama.email };
    expect(copy.orders).toMatchObject([{ id: order.orderId, contact }]);
    expect(copy.tickets.map(({ orderId }) => orderId)).toEqual([order.orderId, order.orderId]);
    expect(copy.claims).toMatchObject([{ orderId: given.orderId }]);
    expect(copy.auditEntries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['order.claimed', 'data.exported']),
    );
    for (const part of ['devices', 'sessions', 'passkeys', 'invitations', 'notifications', 'codes', 'undelivered']) {
      expect([part, (copy[part] as unknown[]).length > 0]).toEqual([part, true]);
    }
    expect(text).toContain('Zubeda’s phone');
    expect(text).toContain('Zubeda’s key');
    // Nothing that opens anything, and nobody else's name.
    expect(text).not.toMatch(/tokenHash|secret-|publicKey|codeDigest|Somebody Else|giver@/);
  });

  it('holds no row of another customer', async () => {
    const [ama, kofi] = [await customer(), await customer({ name: 'Kofi Other' })];
    const order = await buy(kofi.email);
    const text = await (await exportOf(ama)).text();
    for (const theirs of [kofi.personId, kofi.email, 'Kofi Other', order.orderId]) expect(text).not.toContain(theirs);
  });
});

describe('erasing an account', () => {
  it('leaves no name, address or number in any table or desk, and pseudonyms where they were', async () => {
    const phone = `+4477${Date.now()}`;
    const ama = await customer({ name: 'Wanjiru Erasable', phone });
    await livesALittle(ama, 'Wanjiru');
    const order = await buy(ama.email, 1, 'Wanjiru Atthedesk');
    const names = ['Wanjiru', 'Erasable', 'Atthedesk', ama.email, phone];
    const before = `${await everythingInD1()} ${await everythingAtDesk(order.orderId)}`;
    for (const name of names) expect(before).toContain(name);

    const answer = await erase(ama);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(messages.account.erased.title);
    const after = `${await everythingInD1()} ${await everythingAtDesk(order.orderId)}`;
    for (const name of names) expect([name, after.includes(name)]).toEqual([name, false]);
    for (const id of [ama.personId, order.orderId, 'person.erased']) expect(after).toContain(id);
    const [row] = await db.select().from(schema.people).where(eq(schema.people.id, ama.personId));
    expect(row).toMatchObject({ email: null, phone: null, name: null, contactPreferences: null });
    expect(row?.erasedAtMs).toBeGreaterThan(0);
  });

  it('signs out everywhere and takes the orders’ cookies along', async () => {
    const ama = await customer();
    const order = await buy(ama.email);
    const here = { ...ama, headers: withCookies(ama, order.cookie) };
    const answer = await erase(here);
    const gone = answer.headers.getSetCookie().filter((cookie) => /Max-Age=0/.test(cookie));
    const names = gone.map((cookie) => cookie.slice(0, cookie.indexOf('=')));
    expect(names).toEqual(expect.arrayContaining(['__Host-session', '__Host-reader', order.cookie.split('=')[0]]));
    expect((await visit(pathTo('account'), { headers: ama.headers })).status).toBe(401);
  });

  it('keeps the orders from whoever has the address next, and from claims', async () => {
    const email = 'handed.on@customers.example';
    const first = await customer({ email });
    const order = await buy(email);
    await erase(first);
    const next = await customer({ email });
    const page = pathTo('order', { orderId: order.orderId });
    expect((await visit(page, { headers: next.headers })).status).toBe(404);
    for (const path of [pathTo('wallet'), pathTo('account')]) {
      expect(await (await visit(path, { headers: next.headers })).text()).not.toContain(order.orderId);
    }
    const claim = pathTo('orderClaim', { orderId: order.orderId });
    const tried = await visit(claim, { method: 'POST', headers: withCookies(next, order.cookie) });
    expect(tried.status).toBe(409);
    const anew = await buy(email);
    expect(await (await visit(pathTo('wallet'), { headers: next.headers })).text()).toContain(anew.orderId);
  });

  it('leaves the ticket good: whoever holds its link still opens it', async () => {
    const ama = await customer();
    const order = await buy(ama.email);
    await erase(ama);
    const guest = await visit(pathTo('order', { orderId: order.orderId }), { headers: { cookie: order.cookie } });
    expect(guest.status).toBe(200);
    const page = await guest.text();
    expect(page).not.toContain(ama.email);
    expect(page).toContain(order.tickets[0]?.ticketId);
  });

  it('gives claimed orders back to who bought them', async () => {
    const friend = await customer();
    const order = await buy('generous@customers.example');
    const path = pathTo('orderClaim', { orderId: order.orderId });
    const claim = (who: Customer) => visit(path, { method: 'POST', headers: withCookies(who, order.cookie) });
    await claim(friend);
    await erase(friend);
    expect((await claim(await customer())).status).toBe(303);
  });

  it('asks to give up tickets that are still good, and for the word', async () => {
    const ama = await customer();
    const order = await buy(ama.email);
    const page = await (await visit(pathTo('accountErase'), { headers: ama.headers })).text();
    expect(page).toContain(words.upcoming);
    const refused = [
      await erase(ama, { word: words.word }),
      await erase(ama, { gives_up: 'on', word: 'erase' }),
      await erase(ama, {}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422]);
    expect((await visit(pathTo('order', { orderId: order.orderId }), { headers: ama.headers })).status).toBe(200);
  });

  it('waits for an order whose money is under way', async () => {
    const ama = await customer();
    const { slug, eventId } = await publishEvent({ priceMinor: 1_000, category: 'paid' });
    const body = { event: slug, lines: [{ typeId: 'day', quantity: 1 }], contact: { name: 'Ama', email: ama.email } };
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const placed = await visit(pathTo('apiOrders'), { method: 'POST', headers, body: JSON.stringify(body) });
    const { orderId, state } = await placed.json<{ orderId: string; state: string }>();
    expect(state).toBe('held');
    await readIntoD1(orderId, eventId);
    const page = await (await visit(pathTo('accountErase'), { headers: ama.headers })).text();
    expect(page).toContain(words.blockedTitle);
    expect(page).not.toContain(words.button);
    const answer = await erase(ama);
    expect(answer.status).toBe(409);
    expect(await everythingAtDesk(orderId)).toContain(ama.email);
    expect((await visit(pathTo('account'), { headers: ama.headers })).status).toBe(200);
  });

  it('waits until a business has another owner', async () => {
    const role = { businessId: `biz_${crypto.randomUUID()}`, role: 'owner' as const };
    const ama = await customer({}, role);
    const answer = await erase(ama);
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain(words.blockedOwner);
    await customer({}, role);
    expect((await erase(ama)).status).toBe(200);
  });

  it('pressed many times at once erases once and tells once', async () => {
    const ama = await customer();
    const answers = await Promise.all(Array.from({ length: 3 }, () => erase(ama)));
    expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
    expect(cookiesOf(answers[0] ?? new Response())).toContain('__Host-session=');
    const text = await everythingInD1();
    expect(text).not.toContain(ama.email);
  });

  it('cannot be sent from another site', async () => {
    const ama = await customer();
    const elsewhere = { ...ama, headers: { ...ama.headers, origin: 'https://evil.example' } };
    expect((await erase(elsewhere)).status).toBe(403);
    expect((await exportOf(elsewhere)).status).toBe(403);
    expect((await visit(pathTo('account'), { headers: ama.headers })).status).toBe(200);
  });
});
