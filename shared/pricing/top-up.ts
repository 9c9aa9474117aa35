import type { Currency } from '../money/money.ts';

type Bounds = { readonly leastMinor: number; readonly mostMinor: number };

/** What may be put into a wallet at once: enough for an evening, and not so much that a stolen card is worth emptying here. */
export const topUpBounds: Readonly<Record<Currency, Bounds>> = {
  GBP: { leastMinor: 500, mostMinor: 25_000 },
  NGN: { leastMinor: 500_000, mostMinor: 25_000_000 },
  GHS: { leastMinor: 5_000, mostMinor: 300_000 },
  KES: { leastMinor: 50_000, mostMinor: 3_000_000 },
};
