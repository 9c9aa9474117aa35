import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { mayLookAtOrder, mayOpenOrder } from '#workers/http/order-access.ts';
import { isTicketOf, mayHoldTicket } from '#workers/http/ticket-access.ts';
import { showOrder, showTicket } from '#workers/operations/show-order.ts';
import { ticketPaths, type TicketPaths } from './ticket-paths.ts';

/** A ticket and whoever looks at it, who has it now. `order` is for the event's card, and for its buyer: nobody else sees of it. */
export type Held = { readonly ticket: ShownTicket; readonly order: Order };

type Found = Result<Held, 'ticket_unknown'>;

/** The ticket an address names by itself. Somebody else's and none at all look the same. */
export async function heldTicket(c: AppContext): Promise<Found> {
  const [eventId, ticketId] = [c.req.param('eventId') ?? '', c.req.param('ticketId') ?? ''];
  if (!(await isTicketOf(c, { eventId, ticketId }))) return fail('ticket_unknown');
  const { services } = c.var;
  const [ticket] = await services.inventory(eventId).showTickets([ticketId]);
  const order = ticket && (await showOrder(services, ticket.orderId));
  if (ticket === undefined || order?.ok !== true) return fail('ticket_unknown');
  return (await mayHoldTicket(c, ticket, order.value)) ? ok({ ticket, order: order.value }) : fail('ticket_unknown');
}

/**
 * The ticket an address names in an order, for whoever may look at that order; also one that its buyer gave away. `isToChange`: not
 * for those who may only look while the database is silent.
 */
export async function ticketOfOrder(c: AppContext, isToChange = false): Promise<Found> {
  const [orderId, ticketId] = [c.req.param('orderId') ?? '', c.req.param('ticketId') ?? ''];
  const { services } = c.var;
  const order = await showOrder(services, orderId);
  const isAllowed = isToChange ? mayOpenOrder : mayLookAtOrder;
  if (!order.ok || !(await isAllowed(c, order.value))) return fail('ticket_unknown');
  const ticket = await showTicket(services, order.value, ticketId);
  return ticket.ok ? ok({ ticket: ticket.value, order: order.value }) : ticket;
}

/** The ticket an address names either way, for whoever has it now: its giver's order opens nothing of it any more. */
export async function ticketInHand(c: AppContext, isToChange = false): Promise<Found> {
  if (c.req.param('orderId') === undefined) return heldTicket(c);
  const found = await ticketOfOrder(c, isToChange);
  return found.ok && isWithBuyer(found.value.ticket, found.value.order) ? found : fail('ticket_unknown');
}

export function pathsOf({ ticket, order }: Held): TicketPaths {
  return ticketPaths(ticket, !isWithBuyer(ticket, order));
}
