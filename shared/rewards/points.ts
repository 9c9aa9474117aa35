import { minorPerMajor } from '../money/money.ts';

/** What a loyalty point is worth in every currency: a hundred of them are one major unit. Stated wherever one may pay with them. */
export const pointsPerMajor = 100;

/** Points pay in whole minor units only, and at this rate each is worth exactly one. */
export function minorOfPoints(points: number): number {
  return Math.floor((points * minorPerMajor) / pointsPerMajor);
}

/** The points it takes to pay an amount. */
export function pointsFor(amountMinor: number): number {
  return Math.ceil((amountMinor * pointsPerMajor) / minorPerMajor);
}
