import { ordersByReference, ordersOfCustomer, ticketsGivenTo } from '#d1/queries/found-orders.ts';
import { normaliseTyped } from '#shared/encoding/base32.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { orderReference } from '#shared/ids.ts';
import { fail, ok } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
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
  /** Tickets that somebody gave to whoever has this address: they know no order's number. */
  readonly given: readonly FoundTicket[];
};

export type FoundTicket = {
  readonly ticketId: string;
  readonly handle: string;
  readonly typeName: string;
  readonly status: string;
  readonly entries: number;
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
  const customerId = isAddress ? await customerIdOf(settings.masterKey, typed) : undefined;
  const rows =
    customerId !== undefined
      ? await ordersOfCustomer(db, seeker.eventId, customerId)
      : reference.length === referenceLength
        ? await ordersByReference(db, seeker.eventId, reference)
        : [];
  await record(services, seeker, 'search', undefined, { by: isAddress ? 'email' : handle ? 'number' : 'reference' });
  const orders = rows.map(({ orderId, quantity: tickets }) => {
    return { orderId, reference: orderReference(orderId), tickets };
  });
  const given = customerId === undefined ? [] : await givenTo(services, seeker.eventId, customerId);
  return { orders, handle: handle && showHandle(handle), given };
}

async function givenTo(services: Services, eventId: string, customerId: string): Promise<FoundTicket[]> {
  const rows = await ticketsGivenTo(services.db, eventId, customerId);
  if (rows.length === 0) return [];
  const shown = await services.inventory(eventId).showTickets(rows.map(({ ticketId }) => ticketId));
  // The read model may be a moment behind: it has gone on since.
  return shown.filter((ticket) => ticket.customerId === customerId).map(foundTicket);
}

function foundTicket({ ticketId, handle, type, status, admitted }: ShownTicket): FoundTicket {
  return { ticketId, handle: showHandle(handle), typeName: type.name, status, entries: admitted };
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
    orderId,
    // Whoever names the order, or its buyer, has no claim to what was given to somebody since.
    tickets: tickets.map((ticket) => ({ ...foundTicket(ticket), isGiven: !isWithBuyer(ticket, order.value) })),
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
