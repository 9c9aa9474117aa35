import { describe, expect, it } from 'vitest';
import { dayMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import { orderRequest, placeOrder, publishEvent, type ProblemBody, visit } from './site.ts';

const path = pathTo('apiOrders');
const past = { from: Date.now() - 2 * dayMs, until: Date.now() - dayMs };
const future = { from: Date.now() + dayMs, until: Date.now() + 2 * dayMs };

async function shop() {
  return publishEvent(
    { perOrderMax: 10, capacity: 20 },
    { id: 'early', name: 'Early bird', sale: past },
    { id: 'late', name: 'Late bird', sale: future },
    { id: 'rare', name: 'Rare bird', capacity: 1 },
  );
}

async function expectRefused(
  event: Awaited<ReturnType<typeof shop>>,
  request: RequestInit,
  status: number,
  code: string,
) {
  const [trail, left] = [await event.trail(), await event.left()];
  const response = await visit(path, request);
  const body = await response.json<ProblemBody>();
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect({ status: response.status, code: body.code }).toEqual({ status, code });
  expect(body).toMatchObject({ status, type: `urn:expo-ticketing:problem:${code}` });
  expect(body.title).not.toBe('');
  expect(body.detail).not.toBe('');
  expect(await event.left()).toEqual(left);
  expect(await event.trail()).toEqual(trail);
  return body;
}

const line = (typeId: unknown, quantity: unknown) => ({ lines: [{ typeId, quantity }] });

// RFC 9457, and I1: what is refused says why, and changes nothing.
describe('an order is refused, and nothing changes, when', () => {
  it.each([
    ['a quantity is zero', line('day', 0), 422, 'quantity_invalid'],
    ['a quantity is negative', line('day', -1), 422, 'quantity_invalid'],
    ['a quantity is a fraction', line('day', 1.5), 422, 'quantity_invalid'],
    ['a quantity is beyond counting', line('day', 1e300), 422, 'quantity_invalid'],
    ['a quantity is text', line('day', '1'), 400, 'malformed_request'],
    ['a quantity is missing', { lines: [{ typeId: 'day' }] }, 400, 'malformed_request'],
    ['a quantity is a list', line('day', [1]), 400, 'malformed_request'],
    ['it is more than one order may hold', line('day', 11), 422, 'order_limit_exceeded'],
    ['a type is unknown', line('backstage', 1), 404, 'ticket_type_unknown'],
    ['a type is a word of the language', line('__proto__', 1), 404, 'ticket_type_unknown'],
    ['a type is no text', line(7, 1), 400, 'malformed_request'],
    ['a type has an endless name', line('a'.repeat(500), 1), 400, 'malformed_request'],
    ['nothing is ordered', { lines: [] }, 400, 'malformed_request'],
    ['lines are no list', { lines: { typeId: 'day', quantity: 1 } }, 400, 'malformed_request'],
    [
      'there are endless lines',
      { lines: Array.from({ length: 61 }, () => ({ typeId: 'day', quantity: 1 })) },
      400,
      'malformed_request',
    ],
    ['the address is none', { ...line('day', 1), contact: { name: 'Ama', email: 'ama' } }, 400, 'malformed_request'],
    [
      'the name is empty',
      { ...line('day', 1), contact: { name: '  ', email: 'a@b.example' } },
      400,
      'malformed_request',
    ],
    ['the contact is missing', { ...line('day', 1), contact: null }, 400, 'malformed_request'],
  ])('%s', async (_when, body, status, code) => {
    const event = await shop();
    await expectRefused(event, orderRequest({ event: event.slug, ...body }), status, code);
  });

  it('the event is unknown', async () => {
    const event = await shop();
    await expectRefused(event, orderRequest({ event: 'no-such-event', ...line('day', 1) }), 404, 'not_found');
  });

  it('the body is no JSON', async () => {
    const event = await shop();
    const request = orderRequest({ event: event.slug, ...line('day', 1) });
    for (const body of ['{', '', 'null', '[]', '"order"', 'x=1']) {
      await expectRefused(event, { ...request, body }, 400, 'malformed_request');
    }
  });

  it('the body is of another type', async () => {
    const event = await shop();
    const { body } = orderRequest({ event: event.slug, ...line('day', 1) });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type, 'idempotency-key': crypto.randomUUID() };
      await expectRefused(event, { method: 'POST', headers, body: body ?? '' }, 415, 'unsupported_media_type');
    }
  });

  it('the body is huge, whether or not it says so', async () => {
    const event = await shop();
    const request = orderRequest({
      event: event.slug,
      ...line('day', 1),
      contact: { name: 'a'.repeat(70_000), email: '' },
    });
    await expectRefused(event, request, 413, 'body_too_large');
    const unannounced = new Response(new Blob([request.body as string])).body;
    await expectRefused(event, { ...request, body: unannounced }, 413, 'body_too_large');
  });

  it('the Idempotency-Key is missing or no key', async () => {
    const event = await shop();
    for (const key of ['', 'short', 'spaces in it', 'a'.repeat(81), 'semi;colon']) {
      const request = orderRequest({ event: event.slug, ...line('day', 1) }, { 'idempotency-key': key });
      await expectRefused(event, request, 400, 'idempotency_key_missing');
    }
  });
});

describe('the event itself refuses', () => {
  it.each([
    ['a sale that has ended', 'early', 'sale_closed'],
    ['a sale that has not begun', 'late', 'sale_not_open'],
  ])('%s', async (_what, typeId, code) => {
    const event = await shop();
    const body = await expectRefused(event, orderRequest({ event: event.slug, ...line(typeId, 1) }), 409, code);
    expect(body.detail).toMatch(/(Early|Late) bird/);
  });

  it('more than is left, and says what is', async () => {
    const event = await shop();
    await placeOrder(event.slug, 10);
    await placeOrder(event.slug, 8);
    const request = orderRequest({ event: event.slug, ...line('day', 3) });
    const body = await expectRefused(event, request, 409, 'sold_out');
    expect(body.detail).toContain('Only 2 of Day ticket are left');
  });

  it('all lines when one cannot be had', async () => {
    const event = await shop();
    const lines = [
      { typeId: 'day', quantity: 2 },
      { typeId: 'rare', quantity: 2 },
    ];
    await expectRefused(event, orderRequest({ event: event.slug, lines }), 409, 'sold_out');
  });

  it('a type twice in one order', async () => {
    const event = await shop();
    const lines = [
      { typeId: 'day', quantity: 1 },
      { typeId: 'day', quantity: 10 },
    ];
    await expectRefused(event, orderRequest({ event: event.slug, lines }), 422, 'quantity_invalid');
  });
});
