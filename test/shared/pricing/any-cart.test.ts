import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import { allocateEvenly } from '#shared/pricing/allocate.ts';
import { quoteCart } from '#shared/pricing/quote-cart.ts';
import type { QuotedLine } from '#shared/pricing/quote.ts';
import type { Offers, Wanted } from '#shared/pricing/wanted.ts';
import { eventOffer, product, promo, shopOffer } from '#test/support/offers.ts';
import { noon, ticketType } from '#test/support/rules.ts';

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

const offers: fc.Arbitrary<Offers> = fc.record({
  events: fc.tuple(event('evt_a', 'biz_test'), event('evt_b', 'biz_other')),
  shops: fc.tuple(shop('biz_test', 'evt_a'), shop('biz_other', 'evt_b')),
});

const quantity = fc.integer({ min: 1, max: 9 });
const carts: fc.Arbitrary<Wanted> = fc.record({
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

function priced(sold: Offers, cart: Wanted) {
  const answer = quoteCart(sold, cart, noon);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

const sum = (lines: readonly QuotedLine[], amountOf: (line: QuotedLine) => number): number =>
  lines.reduce((all, line) => all + amountOf(line), 0);

it('adds up by line, and no line falls below zero', () => {
  fc.assert(
    fc.property(offers, carts, (sold, cart) => {
      const { quote } = priced(sold, cart);
      const lines = quote.sections.flatMap((section) => section.lines);
      expect(sum(lines, ({ totalMinor }) => totalMinor)).toBe(quote.totalMinor);
      expect(sum(lines, ({ feeMinor }) => feeMinor)).toBe(quote.feeMinor);
      expect(sum(lines, ({ taxMinor }) => taxMinor)).toBe(quote.taxMinor);
      expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(lines.length);
      for (const line of lines) {
        const priceOfLine = line.unitMinor * line.quantity;
        expect(Object.values(line).every((part) => typeof part !== 'number' || Number.isSafeInteger(part))).toBe(true);
        expect(line.discountMinor).toBeGreaterThanOrEqual(0);
        expect(line.discountMinor).toBeLessThanOrEqual(priceOfLine);
        const untaxed = priceOfLine - line.discountMinor + line.feeMinor;
        expect([untaxed, untaxed + line.taxMinor]).toContain(line.totalMinor);
        expect(line.taxMinor).toBeLessThanOrEqual(line.totalMinor);
        if (line.discountMinor === priceOfLine) expect(line.totalMinor).toBe(0);
        expect(allocateEvenly(line.totalMinor, line.quantity)).toHaveLength(line.quantity);
      }
    }),
  );
});

it('says of each code what it took or why it took nothing, and codes and bundles explain every discount', () => {
  fc.assert(
    fc.property(offers, carts, (sold, cart) => {
      const { quote, refusedCodes } = priced(sold, cart);
      expect(quote.discounts.length + refusedCodes.length).toBe(cart.codeDigests.length);
      expect(quote.discounts.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
      const lines = quote.sections.flatMap((section) => section.lines);
      const byCodes = quote.discounts.reduce((all, { amountMinor }) => all + amountMinor, 0);
      const byBundles = sum(
        priced(sold, { ...cart, codeDigests: [] }).quote.sections.flatMap((section) => section.lines),
        ({ discountMinor }) => discountMinor,
      );
      expect(sum(lines, ({ discountMinor }) => discountMinor)).toBe(byBundles + byCodes);
    }),
  );
});

it('is the same quote in whatever order things are asked for', () => {
  const shuffled = carts.chain((cart) =>
    fc.tuple(
      fc.constant(cart),
      fc.shuffledSubarray([...cart.tickets], { minLength: cart.tickets.length }),
      fc.shuffledSubarray([...cart.codeDigests], { minLength: cart.codeDigests.length }),
    ),
  );
  fc.assert(
    fc.property(offers, shuffled, (sold, [cart, tickets, codeDigests]) => {
      const [asked, again] = [cart, { ...cart, tickets, codeDigests }].map((each) => priced(sold, each));
      expect(again?.quote).toEqual(asked?.quote);
    }),
  );
});
