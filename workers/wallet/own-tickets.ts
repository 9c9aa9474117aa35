import type { SignedIn } from '#d1/queries/sessions.ts';
import { isGiven, ticketsOf } from '#d1/queries/wallet.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { orderEvents, type Order } from '#shared/orders/order.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { TicketStatus } from '#shared/tickets/status.ts';
import type { EpochMs } from '#shared/time.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { readOrders } from '#workers/http/order-access.ts';
import { readReader } from '#workers/http/reader.ts';
import { readTickets } from '#workers/http/ticket-access.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { plainCard, snapshotCard } from '#workers/operations/present-event.ts';
import { orderTickets, showOrder } from '#workers/operations/show-order.ts';
import type { Services } from '#workers/services.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { givenTicket } from './given-ticket.ts';

/** A ticket with what is known of it: whole from its event, or by name and status alone while that does not answer. */
export type KnownTicket = {
  readonly event: EventCard;
  /** Out of somebody else's order: nothing of that is shown. */
  readonly isGiven: boolean;
} & (
  | { readonly shown: ShownTicket }
  | {
      readonly shown?: undefined;
      readonly row: {
        readonly ticketId: string;
        readonly orderId: string;
        readonly eventId: string;
        readonly typeName: string;
        readonly status: TicketStatus;
      };
    }
);

type Bought = Awaited<ReturnType<typeof ticketsOf>>[number];

export type OwnTickets = {
  /** Each once. */
  readonly tickets: readonly KnownTicket[];
  /** Nothing is missing or known by name alone: what is not listed is not the visitor's. */
  readonly isComplete: boolean;
  /** What the database lists as the person's; undefined for nobody, and while it does not answer. */
  readonly rows: readonly Bought[] | undefined;
  /** Opened by this browser's cookies, newest first. */
  readonly guestOrders: readonly Order[];
  /** In the place of rows while the database is silent: the newest of whoever was here within the hour. */
  readonly readerOrders: readonly Order[];
};

/** Asked before an event is asked for its tickets. */
export type Wanted = (event: { readonly endsAtMs: EpochMs }) => boolean;

/** Every ticket the visitor may look at: what they bought or keep, and what this browser opened or accepted as a guest. */
export async function ownTickets(c: AppContext, isWanted: Wanted = () => true): Promise<OwnTickets> {
  const { services, person } = c.var;
  const [guest, given, rows] = await Promise.all([
    ordersNamed(services, await readOrders(c)),
    givenHere(c, isWanted),
    person === undefined ? undefined : ownRows(c, person),
  ]);
  const reader = rows === undefined ? await ordersNamed(services, (await readReader(c))?.orderIds ?? []) : noOrders;
  const orders = [...reader.found, ...guest.found].filter(({ snapshot }) => orderEvents(snapshot).some(isWanted));
  const wanted = (rows ?? []).filter(({ event }) => isWanted(event));
  const byEvent = Map.groupBy(wanted, ({ event }) => event.id);
  const [ofRows, ofOrders] = await Promise.all([
    together([...byEvent].map(([eventId, bought]) => ticketsOfEvent(services, eventId, bought))),
    together(orders.map((order) => ticketsOfOrder(services, order, isWanted))),
  ]);
  const all = [...ofRows.found, ...ofOrders.found, ...given.found].flat();
  const tickets = [...new Map(all.map((ticket) => [idOf(ticket), ticket])).values()];
  const isComplete =
    !c.var.isDatabaseSilent &&
    [guest, reader, given, ofRows, ofOrders].every((part) => part.isComplete) &&
    tickets.every(({ shown }) => shown !== undefined);
  return { tickets, isComplete, rows, guestOrders: guest.found, readerOrders: reader.found };
}

/** Accepted in this browser, and not gone on since. */
async function givenHere(c: AppContext, isWanted: Wanted): Promise<Found<KnownTicket[]>> {
  const { services } = c.var;
  return together(
    (await readTickets(c)).map(async (each) => {
      const found = await givenTicket(services, each);
      const isShown = found !== undefined && isWanted(found.event);
      return isShown ? [{ event: found.event, shown: found.ticket, isGiven: true }] : [];
    }),
  );
}

function idOf(ticket: KnownTicket): string {
  return ticket.shown === undefined ? ticket.row.ticketId : ticket.shown.ticketId;
}

/** Undefined while the database does not answer. */
async function ownRows(c: AppContext, person: SignedIn): Promise<Bought[] | undefined> {
  try {
    return await ticketsOf(c.var.services.db, await ownerOf(c.var.services, person));
  } catch (error) {
    console.error('tickets were not answered for', error);
    c.set('isDatabaseSilent', true);
    return undefined;
  }
}

/** Paper, day and status come from the event itself; what the read model says stands when it does not answer. */
async function ticketsOfEvent(services: Services, eventId: string, rows: readonly Bought[]): Promise<KnownTicket[]> {
  const shown = await services
    .inventory(eventId)
    .showTickets(rows.map(({ ticket }) => ticket.id))
    .catch((error: unknown) => {
      console.error('tickets of an event were not answered for', error);
      return [];
    });
  const shownById = new Map(shown.map((ticket) => [ticket.ticketId, ticket]));
  return rows.flatMap(({ ticket: row, event: of }): KnownTicket[] => {
    const known = { event: plainCard(of, services.clock()), isGiven: isGiven(row) };
    const { id: ticketId, orderId, typeName, status } = row;
    const ticket = shownById.get(ticketId);
    if (ticket === undefined) {
      return [{ ...known, row: { ticketId, orderId, eventId, typeName, status: status as TicketStatus } }];
    }
    // It went to somebody else a moment ago, and the read model has not heard.
    return ticket.customerId === row.customerId ? [{ ...known, shown: ticket }] : [];
  });
}

async function ticketsOfOrder(services: Services, order: Order, isWanted: Wanted): Promise<KnownTicket[]> {
  const { snapshot } = order;
  const wanted = new Set(orderEvents(snapshot).flatMap((event) => (isWanted(event) ? event.eventId : [])));
  return (await orderTickets(services, order)).flatMap((shown) => {
    // What was given to somebody is in their wallet.
    if (!wanted.has(shown.eventId) || !isWithBuyer(shown, order)) return [];
    return [{ event: snapshotCard(snapshot, services.clock(), shown), shown, isGiven: false }];
  });
}

type Found<One> = { readonly found: One[]; readonly isComplete: boolean };

const noOrders: Found<Order> = { found: [], isComplete: true };

/** From the desks themselves: no database is needed to find them. */
export async function ordersNamed(services: Services, orderIds: readonly string[]): Promise<Found<Order>> {
  const { found, isComplete } = await together(orderIds.map((orderId) => showOrder(services, orderId)));
  return { found: found.flatMap((order) => (order.ok ? [order.value] : [])), isComplete };
}

/** What one event or desk does not answer for is missing, not gone. */
async function together<One>(parts: Promise<One>[]): Promise<Found<One>> {
  const settled = await Promise.allSettled(parts);
  for (const part of settled) if (part.status === 'rejected') console.error('some tickets were not shown', part.reason);
  return {
    found: settled.flatMap((part) => (part.status === 'fulfilled' ? [part.value] : [])),
    isComplete: settled.every(({ status }) => status === 'fulfilled'),
  };
}
