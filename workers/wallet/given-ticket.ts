import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { HeldByCookie } from '#workers/http/ticket-access.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { showOrder } from '#workers/operations/show-order.ts';
import type { Services } from '#workers/services.ts';
import type { EventCard } from '#workers/ui/views.ts';

/** A ticket this browser accepted, from its event itself; undefined once it went on to somebody else. */
export async function givenTicket(
  services: Services,
  { eventId, ticketId, customerId }: HeldByCookie,
): Promise<{ ticket: ShownTicket; event: EventCard } | undefined> {
  const [ticket] = await services.inventory(eventId).showTickets([ticketId]);
  const order = ticket?.customerId === customerId ? await showOrder(services, ticket.orderId) : undefined;
  if (ticket === undefined || order?.ok !== true) return undefined;
  return { ticket, event: snapshotCard(order.value.snapshot, services.clock(), ticket) };
}
