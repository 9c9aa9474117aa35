import type { Contact } from '#shared/orders/order.ts';
import { deskOf } from '#shared/ids.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';

/** Names and addresses that desks keep for orders: one call a desk, however many orders it has. */
export async function contactsOf(services: Services, orderIds: readonly string[]) {
  const answers = await Promise.all(byDesk(orderIds).map(([desk, ids]) => services.desk(desk).contacts(ids)));
  return answers.flat() as { orderId: string; contact: Contact }[];
}

/** Erases them. A desk with an order under way erases none of its own; the others' stay erased, and a repeat goes on. */
export async function forgetNames(
  services: Services,
  orderIds: readonly string[],
): Promise<Result<undefined, 'order_unsettled'>> {
  const answers = await Promise.all(byDesk(orderIds).map(([desk, ids]) => services.desk(desk).forget(ids)));
  return answers.some((answer) => !answer.ok) ? fail('order_unsettled') : ok();
}

function byDesk(orderIds: readonly string[]): [desk: string, orderIds: string[]][] {
  const known = orderIds.filter((orderId) => deskOf(orderId) !== undefined);
  return [...Map.groupBy(known, (orderId) => deskOf(orderId) ?? '')];
}
