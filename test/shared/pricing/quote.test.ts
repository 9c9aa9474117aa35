import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRules } from '#shared/inventory/rules.ts';
import { quote, type Quote } from '#shared/pricing/quote.ts';
import { eventRules, noon, ticketType } from '#test/support/rules.ts';

const fee = { fixedMinor: 50, basisPoints: 300 };
const free = ticketType({ id: 'free', priceMinor: 0, perOrderMax: 50 });
const day = ticketType({ id: 'day', priceMinor: 2_400, perOrderMax: 50 });

function offered(overrides: Partial<EventRules>) {
  return { rules: eventRules({ ticketTypes: [free, day], ...overrides }), rulesVersion: 7, countryCode: 'GB' };
}

function priced(overrides: Partial<EventRules>, lines: { typeId: string; quantity: number }[]): Quote {
  const answer = quote(offered(overrides), lines, noon);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

describe('a quote', () => {
  it('charges the booking fee on tickets that cost something, and on those alone', () => {
    const lines = [
      { typeId: 'free', quantity: 3 },
      { typeId: 'day', quantity: 2 },
    ];
    // Each paid ticket: 50p and 3% of £24, which is 72p.
    expect(priced({ bookingFee: fee }, lines)).toMatchObject({ feeMinor: 2 * 122, totalMinor: 2 * 2_400 + 2 * 122 });
  });

  it('contains included tax, and adds tax that is added', () => {
    const lines = [{ typeId: 'day', quantity: 1 }];
    const included = priced({ tax: { name: 'VAT', basisPoints: 2_000, mode: 'included' } }, lines);
    expect(included).toMatchObject({ taxMinor: 400, totalMinor: 2_400 });
    const added = priced({ tax: { name: 'VAT', basisPoints: 1_600, mode: 'added' } }, lines);
    expect(added).toMatchObject({ taxMinor: 384, totalMinor: 2_784 });
  });

  it('names the rules it was made from, and when it runs out', () => {
    const made = priced({}, [{ typeId: 'day', quantity: 1 }]);
    expect(made.sections).toMatchObject([{ rulesVersion: 7, businessId: 'biz_test', countryCode: 'GB' }]);
    expect(made.expiresAtMs).toBeGreaterThan(noon);
  });

  it.each([
    ['nothing', [], 'quantity_invalid'],
    ['an unknown type', [{ typeId: 'gone', quantity: 1 }], 'ticket_type_unknown'],
    ['a negative number', [{ typeId: 'day', quantity: -1 }], 'quantity_invalid'],
    ['half a ticket', [{ typeId: 'day', quantity: 0.5 }], 'quantity_invalid'],
    ['too many', [{ typeId: 'day', quantity: 51 }], 'order_limit_exceeded'],
  ])('refuses %s', (_what, lines, code) => {
    const answer = quote(offered({}), lines, noon);
    expect(answer).toMatchObject({ ok: false, failure: { code } });
  });

  it('is whole, never negative, and its parts add up, at any price, fee and tax', () => {
    const amounts = {
      priceMinor: fc.nat(100_000_000),
      quantity: fc.integer({ min: 1, max: 50 }),
      fixedMinor: fc.nat(1_000_000),
      feePoints: fc.nat(5_000),
      taxPoints: fc.nat(5_000),
      mode: fc.constantFrom('included' as const, 'added' as const),
    };
    fc.assert(
      fc.property(fc.record(amounts), ({ priceMinor, quantity, fixedMinor, feePoints, taxPoints, mode }) => {
        const ticketTypes = [ticketType({ id: 'day', priceMinor, perOrderMax: 50 })];
        const made = priced(
          {
            ticketTypes,
            bookingFee: { fixedMinor, basisPoints: feePoints },
            tax: { name: 'VAT', basisPoints: taxPoints, mode },
          },
          [{ typeId: 'day', quantity }],
        );
        const before = priceMinor * quantity + made.feeMinor;
        expect(
          [made.feeMinor, made.taxMinor, made.totalMinor].every((part) => Number.isSafeInteger(part) && part >= 0),
        ).toBe(true);
        expect(made.totalMinor).toBe(mode === 'added' ? before + made.taxMinor : before);
        expect(made.taxMinor).toBeLessThanOrEqual(made.totalMinor);
        if (priceMinor === 0) expect(made.feeMinor).toBe(0);
      }),
    );
  });
});
