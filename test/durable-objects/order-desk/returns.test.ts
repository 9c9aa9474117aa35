import { runDurableObjectAlarm } from 'cloudflare:test';
import { beforeEach, expect, it, vi } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { freshDesk, insideDesk, placeRequest } from '#test/support/desk.ts';
import { emptyInventory } from '#test/support/inventory.ts';
import { orderSnapshot, shopSection, ticketLine } from '#test/support/orders.ts';
import { goodsRequest, product, shopRules } from '#test/support/shop.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

/** The only tote bag of a shop, given away and handed back. */
async function handedBack() {
  const { eventId: shopId, stub: shop } = emptyInventory();
  await shop.applyShop(1, 'hash-1', JSON.stringify(shopRules({ products: [product({ stock: 1 })], promos: [] })));
  const { desk, stub } = freshDesk();
  const line = ticketLine({ lineId: 'p1', kind: 'product', itemId: 'tote', accessLevel: '', quantity: 1 });
  const snapshot = orderSnapshot({ sections: [shopSection({ lines: [line] }, shopId)] });
  const placed = await stub.place(placeRequest(desk, shopId, { snapshot }));
  if (!placed.ok || placed.value.order.state !== 'completed') throw new Error('The order was not completed');
  const { orderId } = placed.value.order;
  const lines = [{ lineId: 'p1', ticketIds: [], quantity: 1, feePercent: 0 }];
  const about = { to: 'source', cause: 'organiser', byId: 'per_1', isUnusedOnly: true, isOnShelf: true } as const;
  const request = { refundId: `${orderId}/o-1`, lines, ...about };
  const isThere = async () => only(await shop.holdGoods([goodsRequest()])).ok;
  return { stub, orderId, request, isThere };
}

it('goods that are refunded can be bought again', async () => {
  const { stub, orderId, request, isThere } = await handedBack();
  expect(await isThere()).toBe(false);
  const done = await stub.refund(orderId, request);
  expect(done).toMatchObject({ ok: true, value: { order: { refunds: [{ state: 'done', returns: [] }] } } });
  expect(await isThere()).toBe(true);
});

it('a shelf that does not answer is asked again by the alarm, and the order is not at rest meanwhile', async () => {
  const { stub, orderId, request, isThere } = await handedBack();
  const takeBack = () => Promise.reject(new Error('no answer'));
  await insideDesk(stub, { takeBack }, (desk) => desk.refund(orderId, request));
  expect(await isThere()).toBe(false);
  expect(await stub.forget([orderId])).toMatchObject({ ok: false, failure: { code: 'order_unsettled' } });
  // A minute on, by the desk's own clock.
  await insideDesk(stub, { clock: () => Date.now() + 60_000 }, (desk) => desk.alarm());
  await runDurableObjectAlarm(stub);
  expect(await isThere()).toBe(true);
});
