import { runDurableObjectAlarm } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { minuteMs } from '#shared/time.ts';
import { freshInventory, insideInventory, trailOf, type InventoryStub } from '#test/support/inventory.ts';
import { freshShop, goodsRequest, product, promo, shopRules } from '#test/support/shop.ts';

const oneUse = [{ stockId: 'promo:early', quantity: 1 }] as const;

/** How a stock stood when the log last said so. */
async function stockOf(stub: InventoryStub, stockId: string) {
  const told = (await trailOf(stub)).flatMap((entry) => (entry.kind === 'stock.stands' ? entry.stocks : []));
  return told.findLast((stock) => stock.stockId === stockId);
}

const codeOf = (answer: { ok: true } | { ok: false; failure: { code: string } }) => answer.ok || answer.failure.code;

describe('I1: the last of something', () => {
  it('that two hundred ask for at once goes to exactly one', async () => {
    const stub = await freshShop({ promos: [promo({ uses: 1 })] });
    const requests = Array.from({ length: 200 }, () => goodsRequest({ lines: oneUse, firm: true }));
    const answers = await Promise.all(requests.map(async (request) => only(await stub.holdGoods([request]))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(answers.map(codeOf))).toEqual(new Set([true, 'promo_used_up']));
    expect(await stockOf(stub, 'promo:early')).toMatchObject({ capacity: 1, held: 1, sold: 0 });
  });

  it('is refused by name, with what is left', async () => {
    const stub = await freshShop({ products: [product({ stock: 2 })] });
    const three = goodsRequest({ lines: [{ stockId: 'product:tote', quantity: 3 }] });
    const failure = { code: 'sold_out', facts: { type: 'Tote bag', left: 2 } };
    expect(only(await stub.holdGoods([three]))).toEqual({ ok: false, failure });
  });

  it('is all or nothing: goods are not held for a code that is used up', async () => {
    const stub = await freshShop({ promos: [promo({ uses: 1 })] });
    await stub.holdGoods([goodsRequest({ lines: oneUse })]);
    const both = goodsRequest({ lines: [{ stockId: 'product:tote', quantity: 1 }, ...oneUse] });
    expect(codeOf(only(await stub.holdGoods([both])))).toBe('promo_used_up');
    expect(await stockOf(stub, 'product:tote')).toMatchObject({ held: 0 });
  });
});

describe('a promotion’s uses by one person', () => {
  const customerId = 'cus_ama';
  const use = () => goodsRequest({ lines: oneUse, customerId });

  it('are limited, over several orders at once too', async () => {
    const stub = await freshShop({ promos: [promo({ perCustomerMax: 1 })] });
    const answers = await stub.holdGoods([use(), use(), use()]);
    expect(answers.map(codeOf)).toEqual([true, 'promo_limit_exceeded', 'promo_limit_exceeded']);
    expect(codeOf(only(await stub.holdGoods([goodsRequest({ lines: oneUse })])))).toBe(true);
  });

  it('come back with an order that is let go of, and stay with one that is confirmed', async () => {
    const stub = await freshShop({ promos: [promo({ perCustomerMax: 1 })] });
    const first = use();
    await stub.holdGoods([first]);
    await stub.moveGoods('release', [first.holdId]);
    const second = use();
    expect(codeOf(only(await stub.holdGoods([second])))).toBe(true);
    await stub.moveGoods('confirm', [second.holdId]);
    expect(codeOf(only(await stub.holdGoods([use()])))).toBe('promo_limit_exceeded');
    expect(await stockOf(stub, 'promo:early')).toMatchObject({ held: 0, sold: 1 });
  });

  it('without a limit in all are still counted by person', async () => {
    const { uses: _all, ...endless } = promo({ perCustomerMax: 2 });
    const stub = await freshShop({ promos: [endless] });
    expect((await stub.holdGoods([use(), use(), use()])).map(codeOf)).toEqual([true, true, 'promo_limit_exceeded']);
  });
});

describe('a hold of goods', () => {
  it('is made once under its id, and refused under it with other goods (I5)', async () => {
    const stub = await freshShop();
    const request = goodsRequest();
    const [first, again] = await stub.holdGoods([request, request]);
    expect(again).toEqual(first);
    const other = { ...request, lines: [{ stockId: 'product:tote' as const, quantity: 2 }] };
    expect(codeOf(only(await stub.holdGoods([other])))).toBe('idempotency_key_reused');
    expect(await stockOf(stub, 'product:tote')).toMatchObject({ held: 1 });
  });

  it('runs out by the clock unless it is firm, and its goods are there for others', async () => {
    const stub = await freshShop({ products: [product({ stock: 2 })] });
    const [waiting, firm] = [goodsRequest(), goodsRequest()];
    await stub.holdGoods([waiting, firm]);
    await stub.moveGoods('firm', [firm.holdId]);
    await insideInventory(stub, { clock: () => Date.now() + 11 * minuteMs }, async ({ inventory }) => {
      await inventory.alarm();
      expect(codeOf(only(await inventory.moveGoods('firm', [waiting.holdId])))).toBe('hold_expired');
      expect(codeOf(only(await inventory.holdGoods([goodsRequest()])))).toBe(true);
      expect(codeOf(only(await inventory.moveGoods('confirm', [firm.holdId])))).toBe(true);
    });
    expect(await stockOf(stub, 'product:tote')).toMatchObject({ held: 1, sold: 1 });
  });

  it('sets the alarm by which it runs out', async () => {
    const stub = await freshShop();
    await stub.holdGoods([goodsRequest()]);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
  });

  it('confirmed twice is sold once, and is not let go of any more', async () => {
    const stub = await freshShop();
    const request = goodsRequest({ firm: true });
    await stub.holdGoods([request]);
    expect((await stub.moveGoods('confirm', [request.holdId, request.holdId])).map(codeOf)).toEqual([true, true]);
    expect(codeOf(only(await stub.moveGoods('release', [request.holdId])))).toBe('hold_not_releasable');
    expect(await stockOf(stub, 'product:tote')).toMatchObject({ held: 0, sold: 1 });
  });

  it('let go of before it arrives takes nothing', async () => {
    const stub = await freshShop();
    const request = goodsRequest({ firm: true });
    await stub.moveGoods('release', [request.holdId]);
    expect(codeOf(only(await stub.holdGoods([request])))).toBe('hold_released');
  });

  it.each([
    ['nothing', [], 'quantity_invalid'],
    ['half a bag', [{ stockId: 'product:tote', quantity: 0.5 }], 'quantity_invalid'],
    ['less than none', [{ stockId: 'product:tote', quantity: -1 }], 'quantity_invalid'],
    ['the same twice', [...oneUse, ...oneUse], 'quantity_invalid'],
    ['too many', [{ stockId: 'product:tote', quantity: 6 }], 'order_limit_exceeded'],
    ['a product nobody sells', [{ stockId: 'product:gone', quantity: 1 }], 'product_unknown'],
    ['a code nobody knows', [{ stockId: 'promo:gone', quantity: 1 }], 'promo_unknown'],
  ] as const)('of %s is refused', async (_what, lines, code) => {
    const stub = await freshShop();
    expect(codeOf(only(await stub.holdGoods([goodsRequest({ lines })])))).toBe(code);
  });
});

describe('a shop’s rules', () => {
  const apply = (stub: InventoryStub, version: number, rules: unknown, hash = `hash-${version}`) =>
    stub.applyShop(version, hash, JSON.stringify(rules));

  it('are in force once, ignored when lower, and refused when the same version says something else', async () => {
    const stub = await freshShop();
    expect(await apply(stub, 3, shopRules())).toMatchObject({ ok: true, value: { version: 3 } });
    expect(await apply(stub, 3, shopRules())).toMatchObject({ ok: true, value: { version: 3 } });
    expect(await apply(stub, 2, shopRules())).toMatchObject({ ok: true, value: { version: 3 } });
    expect(codeOf(await apply(stub, 3, shopRules(), 'another'))).toBe('rules_conflict');
  });

  it('do not fall below what is held and sold', async () => {
    const stub = await freshShop();
    await stub.holdGoods([goodsRequest({ lines: [{ stockId: 'product:tote', quantity: 3 }] })]);
    expect(codeOf(await apply(stub, 2, shopRules({ products: [product({ stock: 2 })] })))).toBe('rules_below_sold');
    expect((await apply(stub, 2, shopRules({ products: [product({ stock: 3 })] }))).ok).toBe(true);
  });

  it('may drop a product: what is held of it is kept, and nobody gets more', async () => {
    const stub = await freshShop();
    const request = goodsRequest();
    await stub.holdGoods([request]);
    expect((await apply(stub, 2, shopRules({ products: [] }))).ok).toBe(true);
    expect(codeOf(only(await stub.holdGoods([goodsRequest()])))).toBe('product_unknown');
    expect((await stub.moveGoods('confirm', [request.holdId])).map(codeOf)).toEqual([true]);
    expect(await stockOf(stub, 'product:tote')).toMatchObject({ capacity: 1, held: 0, sold: 1 });
  });

  it.each([
    ['no document', 'not a shop'],
    ['an id twice', shopRules({ products: [product(), product()] })],
    [
      'a promotion of more than everything',
      shopRules({ promos: [promo({ off: { kind: 'percent', basisPoints: 10_001 } })] }),
    ],
    ['a negative price', shopRules({ products: [product({ priceMinor: -1 })] })],
  ])('are refused with %s', async (_what, rules) => {
    expect(codeOf(await apply(await freshShop(), 2, rules))).toBe('rules_invalid');
  });

  it('are refused by an event’s inventory', async () => {
    const { stub } = await freshInventory();
    expect(codeOf(await apply(stub, 1, shopRules()))).toBe('rules_invalid');
  });
});
