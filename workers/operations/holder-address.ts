import { ticketClaimantOf } from '#d1/queries/ticket-transfers.ts';
import { contactOf } from '#d1/queries/notices.ts';
import type { Order } from '#shared/orders/order.ts';
import type { Services } from '#workers/services.ts';
import { orderContact } from './show-order.ts';

/**
 * Where somebody who has or had a ticket is written to: the order's address if they bought it, otherwise the account that keeps it.
 * Undefined for a browser that was given one by a link and never signed in: its page is all there is.
 */
export async function holderAddress(
  services: Services,
  { ticketId, customerId }: { readonly ticketId: string; readonly customerId: string },
  order: Order,
): Promise<string | undefined> {
  if (order.snapshot.customerId === customerId) return (await orderContact(services, order.orderId))?.email;
  const personId = await ticketClaimantOf(services.db, { ticketId, customerId });
  return personId === undefined ? undefined : ((await contactOf(services.db, personId))?.email ?? undefined);
}
