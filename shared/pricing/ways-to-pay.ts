import type { Currency } from '../money/money.ts';
import type { Tender } from '../orders/attempt.ts';
import { minorOfPoints, pointsFor } from '../rewards/points.ts';

/** What somebody has, in the currency of what they buy. */
export type Purse = { readonly points: number; readonly cashMinor: number };

/** Gateways take no card for less than this, about thirty pence: a rest smaller than it could never be paid. */
export const leastCardMinor: Readonly<Record<Currency, number>> = {
  GBP: 30,
  NGN: 100_000,
  GHS: 600,
  KES: 6_000,
};

/**
 * Every way to pay a total that somebody may choose from: by card alone, and points, balance or both as far as they reach,
 * the rest by card. Points go first where both do, since they buy nothing else. Each amount is told before it is chosen.
 */
export function waysToPay(totalMinor: number, currency: Currency, purse: Purse): Tender[] {
  if (totalMinor <= 0) return [];
  const none = { points: 0, cashMinor: 0 };
  const purses = [none, { ...none, points: purse.points }, { ...none, cashMinor: purse.cashMinor }, purse];
  const ways = purses.map((each) => spend(totalMinor, leastCardMinor[currency], each));
  const distinct = new Map(ways.map((way) => [`${way.points} ${way.walletMinor}`, way]));
  return [...distinct.values()];
}

function spend(totalMinor: number, leastMinor: number, { points, cashMinor }: Purse): Tender {
  const pointsMinor = Math.min(minorOfPoints(Math.max(0, points)), totalMinor);
  const walletMinor = Math.min(Math.max(0, cashMinor), totalMinor - pointsMinor);
  const cardMinor = totalMinor - pointsMinor - walletMinor;
  if (cardMinor === 0 || cardMinor >= leastMinor) return tender(totalMinor, pointsMinor, walletMinor);
  // A rest no card can pay: so much of the balance, then of the points, stays where it is.
  const shortMinor = leastMinor - cardMinor;
  const keptCash = Math.min(shortMinor, walletMinor);
  const keptPoints = Math.min(shortMinor - keptCash, pointsMinor);
  return tender(totalMinor, pointsMinor - keptPoints, walletMinor - keptCash);
}

function tender(totalMinor: number, pointsMinor: number, walletMinor: number): Tender {
  const cardMinor = totalMinor - pointsMinor - walletMinor;
  return { cardMinor, walletMinor, points: pointsFor(pointsMinor), pointsMinor };
}
