import { exports } from 'cloudflare:workers';
import { Hono } from 'hono';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#d1/database.ts';
import { minuteMs } from '#shared/time.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { loadSession } from '#workers/http/session.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { servicesOf } from '#workers/services.ts';
import { environment } from '#test/support/environment.ts';
import { signedIn } from './site.ts';

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

  it('lets in nobody whom it never confirmed', async () => {
    const steward = await signedIn();
    isDown = true;
    expect(await ask(steward)).toEqual({ name: null });
    expect(await ask({ cookie: '__Host-session=forged' })).toEqual({ name: null });
  });
});
