import * as fc from 'fast-check';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import { quoteCart } from '#shared/pricing/quote-cart.ts';
import type { Offers, Wanted } from '#shared/pricing/wanted.ts';
import { eventOffer, product, promo, shopOffer } from './offers.ts';
import { noon, ticketType } from './rules.ts';

/** Carts of two events and two shops, with bundles and codes of any size, priced by any fee and tax. */

const priceMinor = fc.oneof(fc.constant(0), fc.nat(10_000), fc.nat(100_000_000));
const tax: fc.Arbitrary<EventRules['tax']> = fc.option(
  fc.record({
    name: fc.constantFrom('VAT', 'NHIL'),
    basisPoints: fc.nat(5_000),
    mode: fc.constantFrom('included' as const, 'added' as const),
  }),
  { nil: undefined },
);
const fee = fc.option(fc.record({ fixedMinor: fc.nat(10_000), basisPoints: fc.nat(5_000) }), { nil: undefined });

const eventIds = ['evt_a', 'evt_b'] as const;
const shopIds = ['biz_test', 'biz_other'] as const;

const event = (eventId: string, businessId: string) =>
  fc.tuple(fc.array(priceMinor, { minLength: 3, maxLength: 3 }), tax, fee).map(([prices, taxed, bookingFee]) =>
    eventOffer({
      eventId,
      businessId,
      tax: taxed,
      bookingFee,
      ticketTypes: prices.map((price, index) => ticketType({ id: `type-${index}`, priceMinor: price })),
    }),
  );

const off = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.integer({ min: 1, max: 100_000_000 }) }),
);
const bound: fc.Arbitrary<Partial<ShopRules['promos'][number]>> = fc.constantFrom(
  {},
  { eventId: 'evt_a' },
  { typeIds: ['type-1'] },
  { productIds: ['tote'] },
  { uses: 3 },
);

const shop = (businessId: string, eventId: string) =>
  fc
    .tuple(priceMinor, tax, priceMinor, fc.array(fc.tuple(off, bound), { maxLength: 3 }))
    .map(([price, taxed, bundlePrice, promos]) =>
      shopOffer({
        businessId,
        products: [product({ priceMinor: price, tax: taxed })],
        bundles: [
          {
            id: 'bundle',
            name: 'Bundle',
            eventId,
            tickets: [{ typeId: 'type-0', quantity: 1 }],
            products: [{ productId: 'tote', quantity: 2 }],
            priceMinor: bundlePrice,
          },
        ],
        promos: promos.map(([taken, about], index) =>
          promo({ id: `promo-${index}`, codeDigest: `${businessId}-${index}`, off: taken, ...about }),
        ),
      }),
    );

export const offers: fc.Arbitrary<Offers> = fc.record({
  events: fc.tuple(event('evt_a', 'biz_test'), event('evt_b', 'biz_other')),
  shops: fc.tuple(shop('biz_test', 'evt_a'), shop('biz_other', 'evt_b')),
});

const quantity = fc.integer({ min: 1, max: 9 });
export const carts: fc.Arbitrary<Wanted> = fc.record({
  tickets: fc.array(
    fc.record({
      eventId: fc.constantFrom(...eventIds),
      typeId: fc.constantFrom('type-0', 'type-1', 'type-2'),
      quantity: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  products: fc.array(fc.record({ businessId: fc.constantFrom(...shopIds), productId: fc.constant('tote'), quantity }), {
    maxLength: 2,
  }),
  bundles: fc.array(fc.record({ businessId: fc.constantFrom(...shopIds), bundleId: fc.constant('bundle'), quantity }), {
    maxLength: 1,
  }),
  codeDigests: fc.uniqueArray(fc.constantFrom('biz_test-0', 'biz_test-1', 'biz_test-2', 'biz_other-0', 'made-up'), {
    maxLength: 3,
  }),
});

export function priced(sold: Offers, cart: Wanted) {
  const answer = quoteCart(sold, cart, noon);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}
