import { describe, expect, it } from 'vitest';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import { quoteCart, type QuotedCart } from '#shared/pricing/quote-cart.ts';
import type { Wanted } from '#shared/pricing/wanted.ts';
import { dayMs } from '#shared/time.ts';
import { oneEvent, product, promo, shopOffer, ticketsOf, wanted } from '#test/support/offers.ts';
import { noon } from '#test/support/rules.ts';

const bundle: ShopRules['bundles'][number] = {
  id: 'day-out',
  name: 'A day out',
  eventId: 'evt_test',
  tickets: [{ typeId: 'day', quantity: 2 }],
  products: [{ productId: 'tote', quantity: 1 }],
  priceMinor: 5_000,
};

function bought(shop: Partial<ShopRules>, want: Partial<Wanted>): QuotedCart {
  const answer = quoteCart({ ...oneEvent(), shops: [shopOffer({ bundles: [bundle], ...shop })] }, wanted(want), noon);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

const oneBundle = [{ businessId: 'biz_test', bundleId: 'day-out', quantity: 1 }];
const tote = [{ businessId: 'biz_test', productId: 'tote', quantity: 1 }];
const day = (quantity: number) => ticketsOf('evt_test', { day: quantity });
const code = ['digest-of-early'];

describe('a bundle', () => {
  it('costs what it says, its saving divided among its lines', () => {
    const { quote } = bought({}, { bundles: oneBundle });
    expect(quote.totalMinor).toBe(5_000);
    // £48 of tickets and £12 of bag for £50.
    expect(quote.sections.flatMap(({ lines }) => lines.map((line) => [line.itemId, line.discountMinor]))).toEqual([
      ['day', 800],
      ['tote', 200],
    ]);
    expect(quote.discounts).toEqual([]);
  });

  it('never costs more than its parts', () => {
    expect(bought({ bundles: [{ ...bundle, priceMinor: 9_900 }] }, { bundles: oneBundle }).quote.totalMinor).toBe(
      6_000,
    );
  });

  it('stands beside the same things bought alone, and counts with them against their limits', () => {
    const { quote } = bought({}, { bundles: oneBundle, tickets: day(1) });
    expect(quote.sections[0]?.lines.map(({ bundleId, quantity }) => [bundleId, quantity])).toEqual([
      [undefined, 1],
      ['day-out', 2],
    ]);
    const answer = quoteCart(
      { ...oneEvent(), shops: [shopOffer({ bundles: [bundle] })] },
      wanted({ bundles: [{ businessId: 'biz_test', bundleId: 'day-out', quantity: 20 }], tickets: day(11) }),
      noon,
    );
    expect(answer).toMatchObject({ failure: { code: 'order_limit_exceeded', facts: { max: 50 } } });
  });

  it('is known by its business', () => {
    const elsewhere = [{ businessId: 'biz_other', bundleId: 'day-out', quantity: 1 }];
    expect(
      quoteCart({ ...oneEvent(), shops: [shopOffer({ bundles: [bundle] })] }, wanted({ bundles: elsewhere }), noon),
    ).toMatchObject({ failure: { code: 'bundle_unknown' } });
  });
});

describe('a promo code', () => {
  it('takes a percentage off, and is named with what it took', () => {
    const { quote } = bought({ promos: [promo({ uses: 5 })] }, { tickets: day(1), codeDigests: code });
    expect(quote.totalMinor).toBe(2_160);
    expect(quote.discounts).toEqual([
      { promoId: 'early', businessId: 'biz_test', name: 'Early bird', amountMinor: 240, isCounted: true },
    ]);
  });

  it('takes a fixed amount off, never more than there is', () => {
    const promos = [promo({ off: { kind: 'fixed', amountMinor: 3_000 } })];
    expect(bought({ promos }, { tickets: day(2), codeDigests: code }).quote.totalMinor).toBe(1_800);
    expect(bought({ promos }, { tickets: day(1), codeDigests: code }).quote.totalMinor).toBe(0);
  });

  it('spares a ticket that became free its booking fee', () => {
    const offers = oneEvent({ bookingFee: { fixedMinor: 50, basisPoints: 300 } });
    const shops = [shopOffer({ promos: [promo({ off: { kind: 'percent', basisPoints: 10_000 } })] })];
    const answer = quoteCart({ ...offers, shops }, wanted({ tickets: day(2), codeDigests: code }), noon);
    expect(answer).toMatchObject({ value: { quote: { feeMinor: 0, totalMinor: 0 } } });
  });

  it('follows the bundle, and percentages come before fixed amounts, in whatever order they were typed', () => {
    const promos = [
      promo({ id: 'five', codeDigest: 'five', off: { kind: 'fixed', amountMinor: 500 } }),
      promo({ id: 'tenth', codeDigest: 'tenth', off: { kind: 'percent', basisPoints: 1_000 } }),
    ];
    const made = ['five tenth', 'tenth five'].map((typed) =>
      bought({ promos }, { bundles: oneBundle, codeDigests: typed.split(' ') }),
    );
    expect(made[0]).toEqual(made[1]);
    expect(made[0]?.quote.totalMinor).toBe(4_000);
  });

  it.each([
    ['another event', { eventId: 'evt_other' }],
    ['another type', { typeIds: ['vip'] }],
    ['products', { productIds: ['tote'] }],
  ])('for %s takes nothing off these tickets', (_what, bound) => {
    const { quote, refusedCodes } = bought({ promos: [promo(bound)] }, { tickets: day(1), codeDigests: code });
    expect(quote).toMatchObject({ totalMinor: 2_400, discounts: [] });
    expect(refusedCodes).toEqual([{ codeDigest: code[0], failure: { code: 'promo_not_for_these' } }]);
  });

  it('takes off only what it is good for', () => {
    const promos = [promo({ productIds: ['tote'], off: { kind: 'percent', basisPoints: 5_000 } })];
    const { quote } = bought({ promos }, { tickets: day(1), products: tote, codeDigests: code });
    expect(quote.sections.flatMap(({ lines }) => lines.map(({ discountMinor }) => discountMinor))).toEqual([0, 600]);
  });

  it.each([
    ['nobody made', 'unheard-of', {}, 'promo_unknown'],
    ['is not open yet', 'digest-of-early', { window: { from: noon + 1, until: noon + dayMs } }, 'promo_not_yet'],
    ['is over', 'digest-of-early', { window: { from: 0, until: noon } }, 'promo_over'],
    ['asks for more', 'digest-of-early', { minSpendMinor: 2_401 }, 'promo_spend_more'],
  ])('that %s says so, and the order goes on', (_what, digest, bound, failure) => {
    const made = bought({ promos: [promo(bound)] }, { tickets: day(1), codeDigests: [digest] });
    expect(made.quote.totalMinor).toBe(2_400);
    expect(made.refusedCodes).toMatchObject([{ codeDigest: digest, failure: { code: failure } }]);
  });

  it('is no use where another left nothing to take off', () => {
    const promos = [
      promo({ off: { kind: 'percent', basisPoints: 10_000 } }),
      promo({ id: 'b', codeDigest: 'b', uses: 1 }),
    ];
    const made = bought({ promos }, { tickets: day(1), codeDigests: ['b', ...code] });
    expect(made.quote.discounts.map(({ promoId }) => promoId)).toEqual(['early']);
    expect(made.refusedCodes).toMatchObject([{ failure: { code: 'promo_adds_nothing' } }]);
  });

  it('of another business is good for that business alone', () => {
    const shops = [shopOffer({ businessId: 'biz_other', promos: [promo()] })];
    const answer = quoteCart({ ...oneEvent(), shops }, wanted({ tickets: day(1), codeDigests: code }), noon);
    expect(answer).toMatchObject({ value: { refusedCodes: [{ failure: { code: 'promo_not_for_these' } }] } });
  });
});

it('knows products by their shop', () => {
  expect(bought({ products: [product()] }, { products: tote }).quote.totalMinor).toBe(1_200);
  const answer = quoteCart({ events: [], shops: [shopOffer({ products: [] })] }, wanted({ products: tote }), noon);
  expect(answer).toMatchObject({ failure: { code: 'product_unknown' } });
});
