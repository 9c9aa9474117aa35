import { claim, claimantOf } from '#d1/queries/claims.ts';
import type { Owner } from '#d1/queries/wallet.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { showOrder } from './show-order.ts';

/**
 * Keeps an order in a person's account. Whether they may open it is the caller's to check. An order is claimed once:
 * the table's key decides, and again by the same person changes nothing.
 */
export async function claimOrder(
  services: Services,
  owner: Owner,
  orderId: string,
): Promise<Result<undefined, 'order_unknown' | 'order_claimed'>> {
  const { db } = services;
  const order = await showOrder(services, orderId);
  if (!order.ok) return order;
  if (order.value.isForgotten === true) return fail('order_claimed');
  // Bought with their own address: it is in their wallet by itself.
  if (order.value.snapshot.customerId === owner.customerId) return ok();
  const { meta } = await claim(db, orderId, owner.personId, services.clock());
  if (meta.changes > 0) {
    await audit(services, { action: 'order.claimed', actorId: owner.personId, subjectId: orderId });
    return ok();
  }
  return (await claimantOf(db, orderId)) === owner.personId ? ok() : fail('order_claimed');
}

/** Everything a browser may open; what others keep already stays theirs. */
export async function claimOrders(services: Services, owner: Owner, orderIds: readonly string[]): Promise<void> {
  await Promise.all(orderIds.map((orderId) => claimOrder(services, owner, orderId)));
}
