import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { allocateEvenly } from '#shared/pricing/allocate.ts';
import type { QuotedLine } from '#shared/pricing/quote.ts';
import { carts, offers, priced } from '#test/support/any-cart.ts';

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
