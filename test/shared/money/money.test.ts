import { describe, expect, it } from 'vitest';
import { addMoney, formatMoney, money, timesMoney, type Currency } from '#shared/money/money.ts';

const prices: [Currency, number, string][] = [
  ['GBP', 2_400, '£24'],
  ['GBP', 2_450, '£24.50'],
  ['GBP', 5, '£0.05'],
  ['GBP', 0, '£0'],
  ['NGN', 1_500_000, '₦15,000'],
  ['NGN', 1_500_050, '₦15,000.50'],
  ['GHS', 18_050, 'GH₵180.50'],
  ['GHS', 18_000, 'GH₵180'],
  ['KES', 250_000, 'Ksh 2,500'],
  ['KES', 250_075, 'Ksh 2,500.75'],
];

describe('money', () => {
  it.each(prices)('%s %i is written %s', (currency, amountMinor, written) => {
    expect(formatMoney(money(amountMinor, currency)).replaceAll('\u{A0}', ' ')).toBe(written);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never %d minor units', (amount) => {
    expect(() => money(amount, 'GBP')).toThrow(RangeError);
  });

  it('adds and multiplies in whole minor units', () => {
    expect(addMoney(money(10, 'GBP'), money(20, 'GBP'))).toEqual({ amountMinor: 30, currency: 'GBP' });
    expect(timesMoney(money(333, 'NGN'), 3)).toEqual({ amountMinor: 999, currency: 'NGN' });
  });

  it('of two currencies is never added', () => {
    expect(() => addMoney(money(1, 'GBP'), money(1, 'NGN'))).toThrow(TypeError);
  });
});
