import { expect, it } from 'vitest';
import { pathTo } from '#workers/routes.ts';
import { buyer, orderRequest, type Placed, type ProblemBody, publishEvent, visit } from './site.ts';

const path = pathTo('apiOrders');

// I5: the same key is the same order, whoever asks and however often.
it('answers a repeated request with the order it made the first time', async () => {
  const event = await publishEvent();
  const request = orderRequest({ event: event.slug, lines: [{ typeId: 'day', quantity: 2 }] });
  const first = await (await visit(path, request)).json<Placed>();
  const trail = await event.trail();
  const again = await visit(path, request);
  expect(again.status).toBe(201);
  expect(await again.json()).toEqual(first);
  expect(await event.trail()).toEqual(trail);
});

it('makes one order of many requests at once', async () => {
  const event = await publishEvent();
  const request = orderRequest({ event: event.slug, lines: [{ typeId: 'day', quantity: 1 }] });
  const answers = await Promise.all(Array.from({ length: 20 }, () => visit(path, request)));
  const orders = await Promise.all(answers.map((answer) => answer.json<Placed>()));
  expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(1);
  expect(await event.left()).toEqual({ day: 99 });
});

it.each([
  ['another quantity', { lines: [{ typeId: 'day', quantity: 3 }] }],
  ['another buyer', { contact: { ...buyer, email: 'kofi@buyers.example' } }],
])('refuses a key that comes back with %s', async (_what, change) => {
  const event = await publishEvent();
  const key = { 'idempotency-key': crypto.randomUUID() };
  const body = { event: event.slug, lines: [{ typeId: 'day', quantity: 2 }] };
  await (await visit(path, orderRequest(body, key))).text();
  const trail = await event.trail();
  const answer = await visit(path, orderRequest({ ...body, ...change }, key));
  expect(answer.status).toBe(422);
  expect((await answer.json<ProblemBody>()).code).toBe('idempotency_key_reused');
  expect(await event.trail()).toEqual(trail);
});
