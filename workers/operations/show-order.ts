import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { Contact, Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';

/** The order as its desk has it; no database is asked. */
export async function showOrder(services: Services, orderId: string): Promise<Result<Order, 'order_unknown'>> {
  return (await services.deskOf(orderId)?.show(orderId)) ?? fail('order_unknown');
}

export async function orderContact(services: Services, orderId: string): Promise<Contact | undefined> {
  return services.deskOf(orderId)?.contact(orderId);
}

/** The order's tickets as the inventories of their events have them now. */
export async function orderTickets(services: Services, order: Order): Promise<ShownTicket[]> {
  if (order.tickets.length === 0) return [];
  const byEvent = [...Map.groupBy(order.tickets, ({ eventId }) => eventId)];
  const shown = await Promise.all(
    byEvent.map(([eventId, tickets]) => {
      return services.inventory(eventId).showTickets(tickets.map(({ ticketId }) => ticketId));
    }),
  );
  return shown.flat();
}

/** One ticket of an order. */
export async function showTicket(
  services: Services,
  order: Order,
  ticketId: string,
): Promise<Result<ShownTicket, 'ticket_unknown'>> {
  const known = order.tickets.find((ticket) => ticket.ticketId === ticketId);
  if (known === undefined) return fail('ticket_unknown');
  const [ticket] = await services.inventory(known.eventId).showTickets([ticketId]);
  return ticket === undefined ? fail('ticket_unknown') : ok(ticket);
}
