import { describe, expect, it } from 'vitest';
import { pushSubscriptionsOf, subscriptionsPerPerson } from '#d1/queries/push-subscriptions.ts';
import { people, pushSubscriptions } from '#d1/schema/index.ts';
import { environment } from '#test/support/environment.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { eq } from 'drizzle-orm';
import { phoneEndpoint } from '#workers/local/mailbox/push-sandbox.ts';
import { makePhoneKeys } from '#workers/local/mailbox/unseal.ts';
import { keepPush } from '#workers/operations/keep-push.ts';
import { pathTo } from '#workers/routes.ts';
import { servicesOf } from '#workers/services.ts';
import { origin, signedIn, visit } from './site.ts';

const services = servicesOf(environment);
const path = pathTo('accountPush');

const { p256dh, auth } = await makePhoneKeys();
const browser = (endpoint = phoneEndpoint(crypto.randomUUID())) => ({ endpoint, keys: { p256dh, auth } });

function say(method: 'POST' | 'DELETE', headers: Record<string, string>, body: unknown) {
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  return visit(path, { method, headers: { origin, ...headers, ...json }, body: JSON.stringify(body) });
}

async function ownerOf(endpoint: string) {
  const [row] = await services.db.select().from(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint));
  return row?.personId;
}

describe('a browser that takes push messages', () => {
  it('is kept for whoever is signed in there, as often as it is said, and dropped when they say so', async () => {
    const headers = await signedIn();
    const mine = browser();
    for (let times = 0; times < 2; times += 1) expect((await say('POST', headers, mine)).status).toBe(204);
    expect(await ownerOf(mine.endpoint)).toMatch(/^per_/);
    expect((await say('DELETE', headers, mine)).status).toBe(204);
    expect(await ownerOf(mine.endpoint)).toBeUndefined();
  });

  it('goes with the browser to whoever signs in there next', async () => {
    const [first, second] = [await signedIn(), await signedIn({ businessId: platformBusinessId, role: 'finance' })];
    const shared = browser();
    await say('POST', first, shared);
    const before = await ownerOf(shared.endpoint);
    await say('POST', second, shared);
    expect(await ownerOf(shared.endpoint)).not.toBe(before);
  });

  it('is nobody else’s to drop', async () => {
    const mine = browser();
    await say('POST', await signedIn(), mine);
    expect((await say('DELETE', await signedIn(), mine)).status).toBe(204);
    expect(await ownerOf(mine.endpoint)).toBeDefined();
  });

  it('is nobody’s without signing in, or from another site', async () => {
    const mine = browser();
    expect((await say('POST', {}, mine)).status).toBe(401);
    expect((await say('DELETE', {}, mine)).status).toBe(401);
    const elsewhere = { ...(await signedIn()), origin: 'https://evil.example' };
    expect((await say('POST', elsewhere, mine)).status).toBe(403);
    expect(await ownerOf(mine.endpoint)).toBeUndefined();
  });

  it.each([
    ['an address of ours to aim requests at', browser('https://169.254.169.254/latest/meta-data')],
    ['a service nobody knows', browser('https://push.evil.example/x')],
    ['no address', { ...browser(), endpoint: 'x' }],
    ['no keys', { endpoint: phoneEndpoint('no-keys') }],
    ['keys of another length', { ...browser(), keys: { p256dh: `${p256dh}AA`, auth } }],
    ['nothing', null],
  ])('is refused with %s', async (_what, body) => {
    expect((await say('POST', await signedIn(), body)).status).toBe(400);
  });

  it(`makes room: a person has ${subscriptionsPerPerson} at most, and the newest stay`, async () => {
    const personId = `per_${crypto.randomUUID()}`;
    await services.db.insert(people).values({ id: personId, createdAtMs: 1 });
    const endpoints = Array.from({ length: subscriptionsPerPerson + 2 }, () => phoneEndpoint(crypto.randomUUID()));
    for (const [index, endpoint] of endpoints.entries()) {
      await keepPush({ ...services, clock: () => 1_000 + index }, personId, { endpoint, p256dh, auth });
    }
    const kept = await pushSubscriptionsOf(services.db, personId);
    expect(kept.map(({ endpoint }) => endpoint)).toEqual(endpoints.slice(2));
  });
});
