import { claim, claimantOf } from '#d1/queries/claims.ts';
import { addWalletChange } from '#d1/queries/wallet-changes.ts';
import type { Owner } from '#d1/queries/wallet.ts';
import { orderEvents, type Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { showOrder } from './show-order.ts';
import { feedsOf } from './tell-wallets.ts';

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
  const atMs = services.clock();
  const { meta } = await claim(db, orderId, owner.personId, atMs);
  if (meta.changes > 0) {
    await audit(services, { action: 'order.claimed', actorId: owner.personId, subjectId: orderId });
    await tellClaimed(services, owner, order.value, atMs);
    return ok();
  }
  return (await claimantOf(db, orderId)) === owner.personId ? ok() : fail('order_claimed');
}

/** Filed under the buyer, as everything of that order is; whoever keeps it now finds it by the order. */
async function tellClaimed(services: Services, owner: Owner, { orderId, snapshot }: Order, atMs: number) {
  const { customerId } = snapshot;
  const eventId = orderEvents(snapshot)[0]?.eventId ?? '';
  const said = { atMs, source: `claim:${orderId}`, sourceSeq: atMs };
  await addWalletChange(services.db, { ...said, customerId, eventId, kind: 'order.claimed', orderId });
  const { customerId: keeper = customerId } = owner;
  await services.tellWallets([...feedsOf({ customerId, orderId, ticketId: null }), `customer:${keeper}`]);
}

/** Everything a browser may open; what others keep already stays theirs. */
export async function claimOrders(services: Services, owner: Owner, orderIds: readonly string[]): Promise<void> {
  await Promise.all(orderIds.map((orderId) => claimOrder(services, owner, orderId)));
}
