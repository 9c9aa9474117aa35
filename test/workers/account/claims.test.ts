import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEntries, claimedOrders } from '#d1/schema/index.ts';
import { buy, customer, db, withCookies, type Bought, type Customer } from '#test/support/customers.ts';
import { cookiesOf, origin, visit, type ProblemBody } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.account.keep;

function claim({ orderId }: Bought, headers: Record<string, string>): Promise<Response> {
  const path = pathTo('orderClaim', { orderId });
  return visit(path, { method: 'POST', headers: { ...headers, accept: 'application/json' } });
}

async function sees(one: Customer, { orderId }: Bought): Promise<{ order: number; wallet: boolean }> {
  const { headers } = one;
  const order = await visit(pathTo('order', { orderId }), { headers });
  const wallet = await (await visit(pathTo('wallet'), { headers })).text();
  return { order: order.status, wallet: wallet.includes(orderId) };
}

const claimsOf = ({ orderId }: Bought) => db.select().from(claimedOrders).where(eq(claimedOrders.orderId, orderId));

// PRD 7.1, 7.2: what was bought under another address is kept by whoever was given its link.
describe('an order that came by its link', () => {
  it('is offered to whoever is signed in, claimed once, and in their wallet everywhere', async () => {
    const order = await buy('giver@guests.example', 2);
    const friend = await customer();
    expect(await sees(friend, order)).toEqual({ order: 404, wallet: false });
    const here = withCookies(friend, order.cookie);
    const page = await (await visit(pathTo('order', { orderId: order.orderId }), { headers: here })).text();
    expect(page).toContain(words.addAction);

    expect((await claim(order, here)).status).toBe(303);
    expect((await claim(order, here)).status).toBe(303);
    expect(await sees(friend, order)).toEqual({ order: 200, wallet: true });
    const again = await (await visit(pathTo('order', { orderId: order.orderId }), { headers: here })).text();
    expect(again).not.toContain(words.addAction);
    expect(await claimsOf(order)).toHaveLength(1);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, order.orderId));
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([['order.claimed', friend.personId]]);
  });

  it('goes to one of many who claim it at once', async () => {
    const order = await buy('raffle@guests.example');
    const friends = await Promise.all(Array.from({ length: 4 }, () => customer()));
    const answers = await Promise.all(friends.map((friend) => claim(order, withCookies(friend, order.cookie))));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(await refused?.json<ProblemBody>()).toMatchObject({ code: 'order_claimed' });
    expect(await claimsOf(order)).toHaveLength(1);
  });

  it('stays open to its buyer, and to browsers that hold it', async () => {
    const buyer = await customer();
    const order = await buy(buyer.email);
    const friend = await customer();
    await claim(order, withCookies(friend, order.cookie));
    expect(await sees(buyer, order)).toEqual({ order: 200, wallet: true });
    const guest = await visit(pathTo('order', { orderId: order.orderId }), { headers: { cookie: order.cookie } });
    expect(guest.status).toBe(200);
    expect(await guest.text()).toContain(words.title);
  });

  it('bought with one’s own address needs no claim', async () => {
    const buyer = await customer();
    const order = await buy(buyer.email);
    expect((await claim(order, withCookies(buyer, order.cookie))).status).toBe(303);
    expect(await claimsOf(order)).toEqual([]);
  });
});

describe('an order one was not given', () => {
  it('cannot be claimed, declined or kept: it looks as if it did not exist', async () => {
    const order = await buy('owner@guests.example');
    const stranger = await customer();
    const asked = ['orderClaim', 'orderKeepDismiss'] as const;
    for (const name of asked) {
      for (const { orderId } of [order, { orderId: `${order.orderId.slice(0, -1)}Z` }]) {
        const headers = { ...stranger.headers, accept: 'application/json' };
        const answer = await visit(pathTo(name, { orderId }), { method: 'POST', headers });
        expect([name, answer.status]).toEqual([name, 404]);
      }
    }
    expect(await claimsOf(order)).toEqual([]);
  });

  it('cannot be claimed by a guest, nor from another site', async () => {
    const order = await buy('guests@guests.example');
    expect((await claim(order, { cookie: order.cookie, origin })).status).toBe(401);
    const friend = await customer();
    const elsewhere = { ...withCookies(friend, order.cookie), origin: 'https://evil.example' };
    expect((await claim(order, elsewhere)).status).toBe(403);
    expect(await claimsOf(order)).toEqual([]);
  });
});

describe('the invitation to a guest', () => {
  const invited = async (order: Bought, cookie: string) =>
    (await (await visit(pathTo('order', { orderId: order.orderId }), { headers: { cookie } })).text()).includes(
      words.title,
    );

  it('stays away once declined, for that order', async () => {
    const order = await buy('often@guests.example');
    const other = await buy('often@guests.example');
    const both = `${order.cookie}; ${other.cookie}`;
    expect(await invited(order, both)).toBe(true);
    const headers = { cookie: both, origin };
    const declined = await visit(pathTo('orderKeepDismiss', { orderId: order.orderId }), { method: 'POST', headers });
    expect(declined.headers.get('location')).toBe(pathTo('order', { orderId: order.orderId }));
    const after = `${both}; ${cookiesOf(declined)}`;
    expect(await invited(order, after)).toBe(false);
    expect(await invited(other, after)).toBe(true);
    const twice = await visit(pathTo('orderKeepDismiss', { orderId: other.orderId }), {
      method: 'POST',
      headers: { cookie: after, origin },
    });
    expect(await invited(order, `${both}; ${cookiesOf(twice)}`)).toBe(false);
  });

  it('is not moved by a cookie somebody made up', async () => {
    const order = await buy('forger@guests.example');
    expect(await invited(order, `${order.cookie}; __Host-not-now=%00..<script>.${'A'.repeat(5_000)}`)).toBe(true);
  });
});
