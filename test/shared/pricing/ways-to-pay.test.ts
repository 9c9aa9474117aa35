import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { currencies } from '#shared/money/money.ts';
import { leastCardMinor, waysToPay } from '#shared/pricing/ways-to-pay.ts';
import { minorOfPoints } from '#shared/rewards/points.ts';

it('offers card, points, balance, and both before the rest by card', () => {
  expect(waysToPay(5_800, 'GBP', { points: 1_250, cashMinor: 500 })).toEqual([
    { cardMinor: 5_800, walletMinor: 0, points: 0, pointsMinor: 0 },
    { cardMinor: 4_550, walletMinor: 0, points: 1_250, pointsMinor: 1_250 },
    { cardMinor: 5_300, walletMinor: 500, points: 0, pointsMinor: 0 },
    { cardMinor: 4_050, walletMinor: 500, points: 1_250, pointsMinor: 1_250 },
  ]);
});

it('offers nothing twice, and nothing at all where nothing is to be paid', () => {
  expect(waysToPay(1_000, 'GBP', { points: 0, cashMinor: 0 })).toHaveLength(1);
  expect(waysToPay(0, 'GBP', { points: 100, cashMinor: 100 })).toEqual([]);
});

it('leaves the card as much as a gateway takes', () => {
  expect(waysToPay(1_000, 'GBP', { points: 990, cashMinor: 0 })).toContainEqual({
    cardMinor: 30,
    walletMinor: 0,
    points: 970,
    pointsMinor: 970,
  });
});

it('always comes to the total, within what is there, and leaves no rest that cannot be paid', () => {
  const cases = fc.record({
    totalMinor: fc.integer({ min: 1, max: 10_000_000 }),
    currency: fc.constantFrom(...currencies),
    points: fc.nat(20_000_000),
    cashMinor: fc.nat(20_000_000),
  });
  fc.assert(
    fc.property(cases, ({ totalMinor, currency, points, cashMinor }) => {
      for (const way of waysToPay(totalMinor, currency, { points, cashMinor })) {
        expect(way.cardMinor + way.walletMinor + way.pointsMinor).toBe(totalMinor);
        expect(Math.min(way.cardMinor, way.walletMinor, way.points)).toBeGreaterThanOrEqual(0);
        expect(way.points).toBeLessThanOrEqual(points);
        expect(way.walletMinor).toBeLessThanOrEqual(cashMinor);
        expect(minorOfPoints(way.points)).toBe(way.pointsMinor);
        const isPayable = way.cardMinor === 0 || way.cardMinor >= Math.min(leastCardMinor[currency], totalMinor);
        expect(isPayable).toBe(true);
      }
    }),
  );
});
