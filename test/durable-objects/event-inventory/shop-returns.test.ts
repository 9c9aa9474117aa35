import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { freshShop, goodsRequest, promo } from '#test/support/shop.ts';

const lines = [
  { stockId: 'product:tote' as const, quantity: 2 },
  { stockId: 'promo:early' as const, quantity: 1 },
];

describe('goods and uses that a refund gives back', () => {
  it('can be sold and used again, by the same customer too; a repeat gives nothing more', async () => {
    const promos = [promo({ uses: 1, perCustomerMax: 1 })];
    const shop = await freshShop({ promos });
    const first = goodsRequest({ lines, firm: true });
    await shop.holdGoods([first]);
    await shop.moveGoods('confirm', [first.holdId]);
    const again = goodsRequest({ lines, customerId: first.customerId });
    expect(only(await shop.holdGoods([again])).ok).toBe(false);
    const { orderId, customerId } = first;
    const request = { refundId: `${orderId}/o-1`, orderId, customerId, lines };
    for (let times = 0; times < 3; times += 1) expect(await shop.takeBackGoods(request)).toMatchObject({ ok: true });
    const last = goodsRequest({ lines: [{ stockId: 'product:tote', quantity: 5 }, lines[1]!], customerId });
    expect(only(await shop.holdGoods([last])).ok).toBe(true);
    // Ten there are, five are held: what was given back once is not given back thrice.
    const rest = { lines: [{ stockId: 'product:tote' as const, quantity: 5 }] };
    expect(only(await shop.holdGoods([goodsRequest(rest)])).ok).toBe(true);
    expect(only(await shop.holdGoods([goodsRequest()])).ok).toBe(false);
  });
});
