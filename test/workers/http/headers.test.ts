import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import type { Env } from '#workers/env.ts';
import { pathTo } from '#workers/routes.ts';
import { businessId, cookiesOf, orderRequest, origin, placeOrder, publishEvent, signedIn, visit } from './site.ts';

/** One of each kind of answer the site gives. */
async function answersOfEveryKind(): Promise<[string, Response][]> {
  const { slug } = await publishEvent();
  const { order, cookie } = await placeOrder(slug);
  const { orderId, tickets } = order;
  const steward = await signedIn({ businessId, role: 'gate_steward' });
  await (env as unknown as Env).MEDIA.put('events/http/hero.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const asBuyer = { headers: { cookie } };
  const form = { method: 'POST', headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, body: '' };
  const kinds: [string, string, RequestInit?][] = [
    ['catalogue', pathTo('home')],
    ['event', pathTo('event', { slug })],
    ['availability', pathTo('apiAvailability', { slug })],
    ['checkout', `${pathTo('checkout', { slug })}?q_day=1`],
    ['order', pathTo('order', { orderId }), asBuyer],
    ['ticket', pathTo('ticket', { orderId, ticketId: tickets[0]?.ticketId ?? '' }), asBuyer],
    ['wallet', pathTo('wallet'), asBuyer],
    ['sign-in', pathTo('signIn')],
    ['gate', pathTo('gateEvent', { slug }), { headers: steward }],
    ['picture', pathTo('media', { key: 'events/http/hero.svg' })],
    ['redirect', pathTo('signOut'), form],
    ['not found', '/nothing'],
    ['not signed in', pathTo('gate')],
    ['refused form', pathTo('signInLink'), form],
    ['API order', pathTo('apiOrders'), orderRequest({ event: slug, lines: [{ typeId: 'day', quantity: 1 }] })],
    ['API refusal', pathTo('apiOrders'), { method: 'POST' }],
    ['cross-site refusal', pathTo('signOut'), { ...form, headers: { origin: 'https://evil.example' } }],
  ];
  return Promise.all(kinds.map(async ([kind, path, init]) => [kind, await visit(path, init)] as [string, Response]));
}

describe('every answer', () => {
  it('carries the security headers', async () => {
    for (const [kind, { headers }] of await answersOfEveryKind()) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, kind).toContain("default-src 'none'");
      expect(policy, kind).not.toContain('unsafe-eval');
      if (kind !== 'picture') {
        expect(policy, kind).not.toContain('unsafe-inline');
        expect(policy, kind).toContain("frame-ancestors 'none'");
        expect(policy, kind).toContain("base-uri 'none'");
        expect(policy, kind).toContain("form-action 'self'");
      }
      expect(headers.get('x-content-type-options'), kind).toBe('nosniff');
      expect(headers.get('strict-transport-security'), kind).toMatch(/^max-age=\d{7,}/);
      expect(headers.get('referrer-policy'), kind).toMatch(/^(no-referrer|strict-origin-when-cross-origin)$/);
      expect(headers.get('permissions-policy'), kind).toContain('microphone=()');
    }
  });

  it('has no script or style in the page itself', async () => {
    for (const [kind, response] of await answersOfEveryKind()) {
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
      const page = await response.text();
      expect(page, kind).not.toMatch(/<script(?![^>]*(?:\ssrc=|application\/ld\+json))/);
      expect(page, kind).not.toMatch(/<style|\sstyle=|\son\w+=/);
    }
  });

  it('is kept by no shared cache when it is about somebody', async () => {
    const personal = ['checkout', 'order', 'ticket', 'wallet', 'gate', 'availability'];
    for (const [kind, { headers }] of await answersOfEveryKind()) {
      if (personal.includes(kind)) expect(headers.get('cache-control'), kind).toContain('no-store');
    }
  });
});

it('a picture, even one uploaded as SVG, may run and load nothing', async () => {
  const [, picture] = (await answersOfEveryKind()).find(([kind]) => kind === 'picture') ?? [];
  const policy = picture?.headers.get('content-security-policy') ?? '';
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
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-[a-z]+=/);
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
    for (const attempt of forged) {
      expect((await visit(path, { headers: { cookie: `${name}=${attempt}` } })).status, attempt).toBe(404);
    }
  });
});
