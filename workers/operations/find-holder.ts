import { ordersByReference, ordersOfCustomer } from '#d1/queries/found-orders.ts';
import { normaliseTyped } from '#shared/encoding/base32.ts';
import { orderReference } from '#shared/ids.ts';
import { fail, ok } from '#shared/result.ts';
import { readHandle, showHandle } from '#shared/tickets/handle.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import { orderEvents } from '#shared/orders/order.ts';
import { audit } from './audit.ts';
import { orderContact, orderTickets, showOrder } from './show-order.ts';

/** Who looks, and at whose event. */
export type Seeker = { readonly staffId: string; readonly eventId: string; readonly businessId: string };

export type FoundOrders = {
  readonly orders: readonly { readonly orderId: string; readonly reference: string; readonly tickets: number }[];
  /** The number itself, when what was typed reads as a ticket's: only the inventory knows whether it is one. */
  readonly handle: string | undefined;
};

const referenceLength = 8;

/**
 * Orders of this event for what somebody without a code can tell: their order's reference, a ticket's number, or the
 * address they booked with. The address becomes a pseudonym before anything is searched; no name is shown in a list.
 */
export async function findOrders(services: Services, seeker: Seeker, typed: string): Promise<FoundOrders> {
  const { db, settings } = services;
  const isAddress = typed.includes('@');
  const handle = isAddress ? undefined : readHandle(typed);
  const reference = isAddress ? '' : normaliseTyped(typed);
  const rows = isAddress
    ? await ordersOfCustomer(db, seeker.eventId, await customerIdOf(settings.masterKey, typed))
    : reference.length === referenceLength
      ? await ordersByReference(db, seeker.eventId, reference)
      : [];
  await record(services, seeker, 'search', undefined, { by: isAddress ? 'email' : handle ? 'number' : 'reference' });
  const orders = rows.map(({ orderId, quantity: tickets }) => {
    return { orderId, reference: orderReference(orderId), tickets };
  });
  return { orders, handle: handle && showHandle(handle) };
}

/** One order of the event, with the name its buyer gave: shown to whoever compares it, and noted that it was. */
export async function openOrderAtGate(services: Services, seeker: Seeker, orderId: string) {
  const order = await showOrder(services, orderId);
  const isOfThisEvent = order.ok && orderEvents(order.value.snapshot).some(({ eventId }) => eventId === seeker.eventId);
  if (!isOfThisEvent) return fail('order_unknown');
  // Before the name is read: a look that cannot be recorded is not had.
  await record(services, seeker, 'name_shown', orderId, {});
  // What the order takes to other events is none of this gate's business.
  const ofThisEvent = order.value.tickets.filter(({ eventId }) => eventId === seeker.eventId);
  const [contact, tickets] = await Promise.all([
    orderContact(services, orderId),
    orderTickets(services, { ...order.value, tickets: ofThisEvent }),
  ]);
  return ok({
    reference: orderReference(orderId),
    holderName: contact?.name,
    tickets: tickets.map(({ ticketId, handle, type, status, admitted }) => {
      return { ticketId, handle: showHandle(handle), typeName: type.name, status, entries: admitted };
    }),
  });
}

async function record(
  services: Services,
  { staffId, eventId, businessId }: Seeker,
  what: 'search' | 'name_shown',
  orderId: string | undefined,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  await audit(services, {
    action: 'holder.looked_up',
    actorId: staffId,
    businessId,
    subjectId: orderId ?? eventId,
    facts: { what, eventId, ...facts },
  });
}
