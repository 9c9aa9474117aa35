import type { SignedIn } from '#d1/queries/sessions.ts';
import { ordersOf, ticketsOf } from '#d1/queries/wallet.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { isSettled, type Order } from '#shared/orders/order.ts';
import type { TicketStatus } from '#shared/tickets/status.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { readOrders } from '#workers/http/order-access.ts';
import { readReader, rememberReader } from '#workers/http/reader.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { plainCard, snapshotCard } from '#workers/operations/present-event.ts';
import { orderTickets, showOrder } from '#workers/operations/show-order.ts';
import type { Services } from '#workers/services.ts';
import type { EventCard } from '#workers/ui/views.ts';

/** Orders looked at for a wallet's reserved seats: nobody is in the middle of more. */
const openOrdersMax = 10;

/** A ticket with what is known of it: whole from its event, or by name and status alone while that does not answer. */
export type KnownTicket = { readonly event: EventCard } & (
  | { readonly shown: ShownTicket }
  | {
      readonly shown?: undefined;
      readonly row: {
        readonly ticketId: string;
        readonly orderId: string;
        readonly typeName: string;
        readonly status: TicketStatus;
      };
    }
);

export type Belongings = {
  readonly tickets: readonly KnownTicket[];
  /** Orders that have not ended: the seats in them are reserved. */
  readonly open: readonly Order[];
  /** Opened by this browser's cookies, newest first. */
  readonly guestOrders: readonly Order[];
  /** Of orders kept from others: their news is not under the owner's address. */
  readonly keptOrderIds: readonly string[];
};

/** Everything the visitor may look at: what they bought or keep, and what this browser opened as a guest. */
export async function belongingsOf(c: AppContext): Promise<Belongings> {
  const { services } = c.var;
  const [own, guestOrders] = await Promise.all([ownBelongings(c), ordersNamed(services, await readOrders(c))]);
  const ofGuests = await ticketsOfOrders(services, guestOrders);
  const tickets = new Map([...own.tickets, ...ofGuests].map((ticket) => [idOf(ticket), ticket]));
  const open = new Map([...own.open, ...guestOrders.filter(isOpen)].map((order) => [order.orderId, order]));
  return { tickets: [...tickets.values()], open: [...open.values()], guestOrders, keptOrderIds: own.keptOrderIds };
}

function idOf(ticket: KnownTicket): string {
  return ticket.shown === undefined ? ticket.row.ticketId : ticket.shown.ticketId;
}

type Own = Omit<Belongings, 'guestOrders'>;

async function ownBelongings(c: AppContext): Promise<Own> {
  const { services, person } = c.var;
  const rows = person === undefined ? undefined : await ownRows(c, person);
  if (rows === undefined) {
    // Without the database: the newest orders of whoever was here within the hour, from the desks themselves.
    const orders = await ordersNamed(services, (await readReader(c))?.orderIds ?? []);
    return { tickets: await ticketsOfOrders(services, orders), open: orders.filter(isOpen), keptOrderIds: [] };
  }
  const byEvent = Map.groupBy(rows.tickets, ({ event }) => event.id);
  const [tickets, open] = await Promise.all([
    Promise.all([...byEvent].map(([eventId, bought]) => ticketsOfEvent(services, eventId, bought))),
    ordersNamed(services, rows.openOrderIds),
  ]);
  return { tickets: tickets.flat(), open: open.filter(isOpen), keptOrderIds: rows.keptOrderIds };
}

/** Undefined while the database does not answer. */
async function ownRows(c: AppContext, person: SignedIn) {
  const { db, clock } = c.var.services;
  const owner = await ownerOf(c.var.services, person);
  try {
    const [tickets, orders] = await Promise.all([
      ticketsOf(db, owner),
      ordersOf(db, owner, { beforeMs: clock() + 1, limit: openOrdersMax }),
    ]);
    const orderIds = tickets.map(({ ticket }) => ticket.orderId);
    await rememberReader(c, { customerId: owner.customerId, orderIds });
    const kept = tickets.filter(({ ticket }) => ticket.customerId !== owner.customerId);
    const openOrders = orders.filter(({ order }) => !isSettled(order.state as Order['state']));
    return {
      tickets,
      openOrderIds: openOrders.map(({ order }) => order.id),
      keptOrderIds: [...new Set(kept.map(({ ticket }) => ticket.orderId))],
    };
  } catch (error) {
    console.error('tickets were not answered for', error);
    c.set('isDatabaseSilent', true);
    return undefined;
  }
}

type Bought = Awaited<ReturnType<typeof ticketsOf>>[number];

/** Paper, day and status come from the event itself; what the read model says stands when it does not answer. */
async function ticketsOfEvent(services: Services, eventId: string, rows: readonly Bought[]): Promise<KnownTicket[]> {
  const shown = await services
    .inventory(eventId)
    .showTickets(rows.map(({ ticket }) => ticket.id))
    .catch((error: unknown) => {
      console.error('tickets of an event were not answered for', error);
      return [];
    });
  const known = new Map(shown.map((ticket) => [ticket.ticketId, ticket]));
  return rows.map(({ ticket: { id: ticketId, orderId, typeName, status }, event: row }) => {
    const event = plainCard(row, services.clock());
    const ticket = known.get(ticketId);
    if (ticket !== undefined) return { event, shown: ticket };
    return { event, row: { ticketId, orderId, typeName, status: status as TicketStatus } };
  });
}

/** From the desks themselves: no database is needed to find them. */
async function ordersNamed(services: Services, orderIds: readonly string[]): Promise<Order[]> {
  const orders = await Promise.all(orderIds.map((orderId) => showOrder(services, orderId)));
  return orders.flatMap((order) => (order.ok ? [order.value] : []));
}

async function ticketsOfOrders(services: Services, orders: readonly Order[]): Promise<KnownTicket[]> {
  const lists = await Promise.all(
    orders.map(async (order) => {
      const event = snapshotCard(order.snapshot, services.clock());
      return (await orderTickets(services, order)).map((shown) => ({ event, shown }));
    }),
  );
  return lists.flat();
}

/** Seats wait for it, and it may still become tickets. */
const reservedStates: ReadonlySet<Order['state']> = new Set([
  'held',
  'securing',
  'reholding',
  'firm',
  'authorised',
  'captured',
]);

function isOpen({ state }: Order): boolean {
  return reservedStates.has(state);
}
