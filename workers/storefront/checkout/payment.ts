import type { Tender } from '#shared/orders/attempt.ts';
import { currentAttempt, type Order } from '#shared/orders/order.ts';
import { waysToPay } from '#shared/pricing/ways-to-pay.ts';
import type { Currency } from '#shared/money/money.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { boughtByViewer, rememberOrder } from '#workers/http/order-access.ts';
import { purseOf } from '#workers/operations/purse.ts';
import { pathTo } from '#workers/routes.ts';

/**
 * The ways to pay that whoever looks may choose from. A balance belongs to the address it was earned under: only somebody
 * who proved that address spends it, and only on orders placed under it.
 */
export async function offeredWays(c: AppContext, totalMinor: number, currency: Currency): Promise<Tender[]> {
  return waysToPay(totalMinor, currency, await purseOf(c.var.services, c.var.person, currency));
}

export const byCardAlone = '0-0';

/** How a form names a way to pay: what it takes from points and balance. */
export function valueOf({ points, walletMinor }: Tender): string {
  return `${points}-${walletMinor}`;
}

/** The way a form named, if it is among those that stand now: a balance may have been spent in another tab. */
export function chosenWay(ways: readonly Tender[], value: string | undefined): Tender | undefined {
  return ways.find((way) => valueOf(way) === (value ?? byCardAlone));
}

/** To the bank when there is something to pay by card, else to the order's page, which takes over if the bank won't answer. */
export async function onward(c: AppContext, order: Order): Promise<Response> {
  await rememberOrder(c, order.orderId);
  const bankUrl = order.state === 'firm' ? currentAttempt(order)?.url : undefined;
  return c.redirect(bankUrl ?? pathTo('order', { orderId: order.orderId }), 303);
}

/** The way to pay that a form of the order's page named, if it is its buyer who asks and what is there allows it. */
export async function tenderOf(
  c: AppContext,
  order: Order,
  value: string | undefined,
): Promise<Result<Tender | undefined, 'balance_changed' | 'balance_not_yours'>> {
  const { totalMinor, currency } = order.snapshot;
  if (value === undefined || value === byCardAlone) return ok(undefined);
  if (!(await boughtByViewer(c, order))) return fail('balance_not_yours');
  const tender = chosenWay(await offeredWays(c, totalMinor, currency), value);
  return tender === undefined ? fail('balance_changed') : ok(tender);
}
