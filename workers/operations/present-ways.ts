import { money, type Currency } from '#shared/money/money.ts';
import type { Tender } from '#shared/orders/attempt.ts';
import type { WayToPayView } from '#workers/ui/views.ts';

/** A way to pay with every amount in it. */
export function wayView({ cardMinor, walletMinor, points, pointsMinor }: Tender, currency: Currency): WayToPayView {
  return {
    value: `${points}-${walletMinor}`,
    card: money(cardMinor, currency),
    points,
    pointsWorth: money(pointsMinor, currency),
    balance: money(walletMinor, currency),
  };
}
