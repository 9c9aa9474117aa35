import { describe, expect, it } from 'vitest';
import { pathTo } from '#workers/routes.ts';
import { businessId, orderRequest, origin, type ProblemBody, publishEvent, signedIn, visit } from './site.ts';

const slug = 'any-event';

/** Everything that changes something. */
const doors = [
  pathTo('checkout', { slug }),
  pathTo('orderLink'),
  pathTo('signIn'),
  pathTo('signInPhone'),
  pathTo('signInCode'),
  pathTo('signInLink'),
  pathTo('signInPasskey'),
  pathTo('signOut'),
  pathTo('sessionEnd'),
  pathTo('deviceConfirm'),
  pathTo('passkeys'),
  pathTo('passkeyOptions'),
  pathTo('prove'),
  pathTo('proveCode'),
  pathTo('provePasskey'),
  pathTo('deviceKey'),
  pathTo('deviceProof'),
  pathTo('deviceWithout'),
  pathTo('gateScan', { slug }),
  pathTo('apiOrders'),
  pathTo('apiScans', { slug }),
];

const elsewhere: [string, Record<string, string>][] = [
  ['another site', { origin: 'https://evil.example' }],
  ['a subdomain', { origin: 'https://shop.expo.example' }],
  ['another port', { origin: `${origin}:8443` }],
  ['the same name over plain HTTP', { origin: 'http://expo.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['a page whose browser hides the origin', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbouring site', { 'sec-fetch-site': 'same-site' }],
  ['something that brings a cookie and tells nothing', { cookie: '__Host-session=abc' }],
];

describe.each(doors)('POST %s', (path) => {
  it.each(elsewhere)('is refused when it comes from %s', async (_where, headers) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const response = await visit(path, { method: 'POST', headers: { ...form, ...headers }, body: 'a=b' });
    expect(response.status).toBe(403);
    expect((await response.json<ProblemBody>()).code).toBe('cross_site_request');
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

it('lets neither a cross-site form order nor scan, with the cookies of somebody signed in', async () => {
  const event = await publishEvent();
  const { cookie = '' } = await signedIn({ businessId, role: 'gate_steward' });
  const trail = await event.trail();
  const scan = JSON.stringify({ code: '0000000000', gateId: 'north', scanId: 'scan-from-elsewhere' });
  const headers = { cookie, origin: 'https://evil.example', 'content-type': 'application/json' };
  const answer = await visit(pathTo('apiScans', { slug: event.slug }), { method: 'POST', headers, body: scan });
  expect(answer.status).toBe(403);
  expect(await event.trail()).toEqual(trail);
});

it.each([
  ['our own pages', { origin }],
  ['our own pages, by fetch metadata', { 'sec-fetch-site': 'same-origin' }],
  ['a program, which sends neither and has no cookie', {}],
])('takes an order from %s', async (_where, headers: Record<string, string>) => {
  const event = await publishEvent();
  const request = orderRequest({ event: event.slug, lines: [{ typeId: 'day', quantity: 1 }] }, headers);
  expect((await visit(pathTo('apiOrders'), request)).status).toBe(201);
});
