import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Env } from '#workers/env.ts';
import { pathTo } from '#workers/routes.ts';
import {
  arrive,
  businessId,
  cookiesOf,
  orderRequest,
  origin,
  placeOrder,
  publishEvent,
  signedIn,
  visit,
} from './site.ts';

type Stage = {
  readonly slug: string;
  readonly orderId: string;
  readonly ticketId: string;
  readonly asBuyer: RequestInit;
  readonly asSteward: RequestInit;
};

type Ask = (stage: Stage) => [path: string, init?: RequestInit];

const form = { method: 'POST', headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, body: '' };
const pictureKey = 'events/http/hero.svg';

const aboutSomebody: Record<string, Ask> = {
  checkout: ({ slug, asBuyer }) => [`${pathTo('checkout', { slug })}?q_day=1`, asBuyer],
  order: ({ orderId, asBuyer }) => [pathTo('order', { orderId }), asBuyer],
  'API order': ({ orderId, asBuyer }) => [pathTo('apiOrder', { orderId }), asBuyer],
  ticket: ({ orderId, ticketId, asBuyer }) => [pathTo('ticket', { orderId, ticketId }), asBuyer],
  wallet: ({ asBuyer }) => [pathTo('wallet'), asBuyer],
  gate: ({ slug, asSteward }) => [pathTo('gateEvent', { slug }), asSteward],
};

const everyKind: Record<string, Ask> = {
  ...aboutSomebody,
  catalogue: () => [pathTo('home')],
  event: ({ slug }) => [pathTo('event', { slug })],
  availability: ({ slug }) => [pathTo('apiAvailability', { slug })],
  'sign-in': () => [pathTo('signIn')],
  redirect: () => [pathTo('signOut'), form],
  'not found': () => ['/nothing'],
  'not signed in': () => [pathTo('gate')],
  'refused form': () => [pathTo('signInLink'), form],
  'API order placed': ({ slug }) => [
    pathTo('apiOrders'),
    orderRequest({ event: slug, lines: [{ typeId: 'day', quantity: 1 }] }),
  ],
  'API refusal': () => [pathTo('apiOrders'), { method: 'POST' }],
  'cross-site refusal': () => [pathTo('signOut'), { ...form, headers: { origin: 'https://evil.example' } }],
};

let stage: Stage;
beforeAll(async () => {
  const { slug } = await publishEvent();
  const { order, cookie } = await placeOrder(slug);
  const steward = await signedIn({ businessId, role: 'gate_steward' });
  const ticketId = order.tickets[0]?.ticketId ?? '';
  await (env as unknown as Env).MEDIA.put(pictureKey, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  stage = { slug, orderId: order.orderId, ticketId, asBuyer: { headers: { cookie } }, asSteward: { headers: steward } };
});

describe.each(Object.entries(everyKind))('the answer "%s"', (_kind, ask) => {
  it('carries the security headers', async () => {
    const { headers } = await visit(...ask(stage));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    for (const directive of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) {
      expect(policy).toContain(directive);
    }
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
    expect(headers.get('referrer-policy')).toMatch(/^strict-origin(-when-cross-origin)?$/);
    expect(headers.get('permissions-policy')).toContain('microphone=()');
  });

  it('has no script or style in it', async () => {
    const page = await (await visit(...ask(stage))).text();
    expect(page).not.toMatch(/<script(?![^>]*(?:\ssrc=|application\/ld\+json))/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
});

it.each(Object.entries(aboutSomebody))('"%s", being about somebody, is kept by no cache', async (_kind, ask) => {
  const response = await arrive(...ask(stage));
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
});

// Chromium holds a form to form-action wherever redirects lead it: without the bank's origin nobody could pay by card.
it.each(['checkout', 'order'])('the %s page lets its form end at the bank', async (kind) => {
  const ask = aboutSomebody[kind] ?? (() => ['/']);
  const { headers } = await arrive(...ask(stage));
  expect(headers.get('content-security-policy')).toMatch(/form-action 'self' https:\/\/checkout\.stripe\.com(;|$)/);
});

it('a picture, even one uploaded as SVG, may run and load nothing', async () => {
  const { headers } = await visit(pathTo('media', { key: pictureKey }));
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain('sandbox');
  expect(policy).not.toContain('script-src');
});

describe('cached pages', () => {
  it('are the same for everybody, set no cookie and carry no secret', async () => {
    const { slug } = await publishEvent();
    const { cookie } = await placeOrder(slug);
    const staff = await signedIn({ businessId, role: 'owner' });
    for (const path of [pathTo('home'), pathTo('event', { slug }), pathTo('business', { slug: 'http-makers' })]) {
      const asNobody = await visit(path);
      expect(asNobody.headers.get('cache-control')).toMatch(/s-maxage=\d+/);
      const [page, asBuyer, asStaff] = await Promise.all([
        asNobody.text(),
        visit(path, { headers: { cookie } }).then((response) => response.text()),
        visit(`${path}?utm_source=mail`, { headers: staff }).then((response) => response.text()),
      ]);
      expect(asBuyer).toBe(page);
      expect(asStaff).toBe(page);
      expect(asNobody.headers.getSetCookie()).toEqual([]);
      expect(page).not.toMatch(/token|nonce|csrf|idempotency_key|Kofi/i);
    }
  });
});

describe('cookies', () => {
  it('are bound to this host, hidden from scripts, and not sent across sites', async () => {
    const { slug } = await publishEvent();
    const ordered = await visit(
      pathTo('apiOrders'),
      orderRequest({ event: slug, lines: [{ typeId: 'day', quantity: 1 }] }),
    );
    const signedOut = await visit(pathTo('signOut'), { method: 'POST', headers: await signedIn() });
    const cookies = [...ordered.headers.getSetCookie(), ...signedOut.headers.getSetCookie()];
    // The order's, and at sign-out the session's and the reader's.
    expect(cookies).toHaveLength(3);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-[\w-]+=/);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)/);
      expect(cookie).not.toMatch(/domain=/i);
    }
    expect(cookiesOf(ordered)).not.toContain('ama');
  });

  it('of a session end with it', async () => {
    const session = await signedIn({ businessId, role: 'owner' });
    expect((await visit(pathTo('gate'), { headers: session })).status).toBe(200);
    await visit(pathTo('signOut'), { method: 'POST', headers: session });
    expect((await visit(pathTo('gate'), { headers: session })).status).toBe(401);
  });

  it('made up by their sender open nothing', async () => {
    const { slug } = await publishEvent();
    const { order, cookie } = await placeOrder(slug);
    const path = pathTo('order', { orderId: order.orderId });
    expect((await visit(path, { headers: { cookie } })).status).toBe(200);
    const [name, value = ''] = cookie.split('=');
    const [body = '', mac = ''] = value.split('.');
    const forged = [`${body}.`, body, `${body}.${mac.slice(0, -2)}AA`, `${mac}.${body}`, '.', '..', 'e30.e30', '%00'];
    const tries = forged.map((attempt) => visit(path, { headers: { cookie: `${name}=${attempt}` } }));
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(forged.map(() => 404));
  });
});
