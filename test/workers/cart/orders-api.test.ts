import { beforeAll, describe, expect, it } from 'vitest';
import {
  orderRequest,
  publishEvent,
  publishEventWith,
  publishShopOf,
  visit,
  type ProblemBody,
} from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { freshBuyer } from './shopper.ts';

const business = 'http-makers';
const day = (event: string, quantity = 1) => ({ event, lines: [{ typeId: 'day', quantity }] });
const totes = (quantity: number) => ({ business, products: [{ productId: 'tote', quantity }] });

beforeAll(() => publishShopOf({ products: [{ id: 'tote', name: 'Tote', priceMinor: 0, stock: 20, perOrderMax: 5 }] }));

const order = (sections: unknown[], key?: string) =>
  visit(
    pathTo('apiOrders'),
    orderRequest({ sections, contact: freshBuyer() } as never, key === undefined ? {} : { 'idempotency-key': key }),
  );

describe('an order of several sections', () => {
  it('takes tickets of two events and things of a business, all together', async () => {
    const [first, second] = [await publishEvent({}), await publishEvent({})];
    const answer = await order([day(first.slug, 2), day(second.slug), totes(3)]);
    expect(answer.status).toBe(201);
    const placed = await answer.json<{
      state: string;
      lines: { kind: string; quantity: number }[];
      tickets: unknown[];
    }>();
    expect(placed.state).toBe('completed');
    expect(placed.lines.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['ticket', 2],
      ['ticket', 1],
      ['product', 3],
    ]);
    expect(placed.tickets).toHaveLength(3);
  });

  it('takes nothing of one where another has too little', async () => {
    const [first, second] = [await publishEvent({}), await publishEvent({ capacity: 1 })];
    const answer = await order([day(first.slug, 2), day(second.slug, 2)]);
    expect(await answer.json<ProblemBody>()).toMatchObject({ code: 'sold_out' });
    expect([await first.left(), await second.left()]).toEqual([{ day: 100 }, { day: 1 }]);
  });

  it('is one order under its key, and no other order is', async () => {
    const [first, second] = [await publishEvent({}), await publishEvent({})];
    const key = crypto.randomUUID();
    const contact = freshBuyer();
    const ask = (sections: unknown[]) =>
      visit(pathTo('apiOrders'), orderRequest({ sections, contact } as never, { 'idempotency-key': key }));
    const [once, again] = [await ask([day(first.slug)]), await ask([day(first.slug)])];
    const [a, b] = [await once.json<{ orderId: string }>(), await again.json<{ orderId: string }>()];
    expect(b.orderId).toBe(a.orderId);
    expect(await (await ask([day(second.slug)])).json()).toMatchObject({ code: 'idempotency_key_reused' });
    expect(await second.left()).toEqual({ day: 100 });
  });

  it.each([
    ['no section', () => [], 400, 'malformed_request'],
    ['a section of nothing', () => [{ business }], 422, 'quantity_invalid'],
    ['an unknown business', () => [{ ...totes(1), business: 'nobody' }], 404, 'product_unknown'],
    [
      'an unknown product',
      () => [{ business, products: [{ productId: 'gone', quantity: 1 }] }],
      404,
      'product_unknown',
    ],
    ['an unknown bundle', () => [{ business, bundles: [{ bundleId: 'gone', quantity: 1 }] }], 404, 'bundle_unknown'],
    ['a negative number', () => [totes(-1)], 422, 'quantity_invalid'],
    ['the same thing twice', () => [totes(1), totes(1)], 422, 'quantity_invalid'],
    ['more than one order may have', () => [totes(6)], 422, 'order_limit_exceeded'],
    ['a price', () => [{ ...totes(1), priceMinor: 1 }], 400, 'malformed_request'],
  ])('with %s is refused', async (_what, sections, status, code) => {
    const answer = await order(sections());
    expect({ status: answer.status, code: (await answer.json<ProblemBody>()).code }).toEqual({ status, code });
  });

  it('of two currencies is refused, and says which', async () => {
    const [pounds, naira] = [await publishEvent({}), await publishEventWith({ rules: { currency: 'NGN' } })];
    const answer = await order([day(pounds.slug), day(naira.slug)]);
    expect(await answer.json<ProblemBody>()).toMatchObject({ code: 'currencies_mixed' });
  });
});
