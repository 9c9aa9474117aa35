import { exports } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#d1/database.ts';
import { devices, sessions } from '#d1/schema/index.ts';
import { minuteMs } from '#shared/time.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { loadSession } from '#workers/http/session.ts';
import { signToken } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { servicesOf } from '#workers/services.ts';
import { environment } from '#test/support/environment.ts';
import { businessId, signedIn } from './site.ts';

const services = servicesOf(environment, sandboxes({ exports }));
const silent = database({
  prepare: () => {
    throw new Error('the database does not answer');
  },
} as unknown as D1Database);

let isDown = false;
let passedMs = 0;

/** Says who is signed in, over a database that can be switched off and a clock that can be moved. */
const whoAmI = new Hono<AppEnv>()
  .use(async (c, next) => {
    const clock = () => Date.now() + passedMs;
    c.set('services', { ...services, clock, db: isDown ? silent : services.db });
    await loadSession(c);
    await next();
  })
  .get('/', (c) => c.json({ name: c.var.person?.name ?? null }));

const ask = async (headers: Record<string, string>): Promise<unknown> => {
  const response = await whoAmI.request('/', { headers }, environment);
  return response.json();
};

/** A steward whose browser has a key and showed it now: the cookies it brings, and the digest its proof is signed for. */
async function lockedSteward() {
  const { cookie = '' } = await signedIn({ businessId, role: 'gate_steward' });
  const hash = await tokenHash(cookie.slice('__Host-session='.length));
  const [session] = await services.db.select().from(sessions).where(eq(sessions.tokenHash, hash));
  const now = Date.now();
  const device = { id: `dev_${crypto.randomUUID()}`, personId: session?.personId ?? '', name: 'A browser' };
  const shown = { createdAtMs: now, lastSeenAtMs: now, confirmedAtMs: now, publicKey: 'never asked for here' };
  await services.db.insert(devices).values({ ...device, ...shown });
  await services.db.update(sessions).set({ deviceId: device.id }).where(eq(sessions.tokenHash, hash));
  const proof = { sessionId: session?.id, deviceId: device.id, expiresAtMs: now + 10 * minuteMs };
  const bound = await signToken(services.settings.masterKey, 'bound', proof);
  return { cookie, withProof: { cookie: `${cookie}; __Host-bound=${bound}` } };
}

describe('a session while the database does not answer', () => {
  beforeEach(() => {
    isDown = false;
    passedMs = 0;
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('goes on for whoever was confirmed minutes ago: a steward’s next scan does not wait', async () => {
    const steward = await signedIn();
    expect(await ask(steward)).toEqual({ name: 'Kofi Staff' });
    isDown = true;
    passedMs = 10 * minuteMs;
    expect(await ask(steward)).toEqual({ name: 'Kofi Staff' });
  });

  it('ends when the database has been silent for too long', async () => {
    const steward = await signedIn();
    await ask(steward);
    isDown = true;
    passedMs = 16 * minuteMs;
    expect(await ask(steward)).toEqual({ name: null });
  });

  it('goes on in the browser that has its key, and in no other', async () => {
    const { cookie, withProof } = await lockedSteward();
    expect(await ask(withProof)).toEqual({ name: 'Kofi Staff' });
    isDown = true;
    passedMs = 9 * minuteMs;
    expect(await ask(withProof)).toEqual({ name: 'Kofi Staff' });
    expect(await ask({ cookie })).toEqual({ name: null });
  });

  it('lets in nobody whom it never confirmed', async () => {
    const steward = await signedIn();
    isDown = true;
    expect(await ask(steward)).toEqual({ name: null });
    expect(await ask({ cookie: '__Host-session=forged' })).toEqual({ name: null });
  });
});
