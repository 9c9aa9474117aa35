import { Hono } from 'hono';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { ticketsOf } from '#d1/queries/wallet.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { keepOffer } from '#workers/http/keep-offer.ts';
import { mayLookAtOrder, readOrders } from '#workers/http/order-access.ts';
import { readReader, rememberReader } from '#workers/http/reader.ts';
import { holdBack, refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { plainCard, snapshotCard } from '#workers/operations/present-event.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { orderContact, orderTickets, showOrder, showTicket } from '#workers/operations/show-order.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import { pathTo, routes } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import type { EventCard, KeepView, TicketView } from '#workers/ui/views.ts';
import { TicketPage } from './pages/ticket.tsx';
import { WalletPage, type WalletTicket } from './pages/wallet.tsx';

/** Where tickets are kept and shown. */
export const wallet = new Hono<AppEnv>()
  .get(routes.ticket, async (c) => {
    const { services } = c.var;
    const order = await showOrder(services, c.req.param('orderId'));
    if (!order.ok || !(await mayLookAtOrder(c, order.value))) return refuse(c, fail('ticket_unknown').failure);
    const shown = await showTicket(services, order.value, c.req.param('ticketId'));
    if (!shown.ok) return refuse(c, shown.failure);
    const code = await ticketCodeView(services, shown.value.ticket);
    // After the first entry, not in the queue before it.
    const keep = shown.value.ticket.admitted > 0 ? await offerOf(c, order.value) : undefined;
    const view = { ...ticketView(order.value, shown.value, services.clock()), ...code, keep };
    c.header('Cache-Control', 'no-store');
    return c.html(<TicketPage viewer={viewerOf(c)} ticket={view} />);
  })
  .get(routes.wallet, async (c) => {
    const { held } = c.var;
    // A browser cannot show its key to a database that does not answer; its cookie of the last hour shows the tickets.
    if (held !== undefined && (await readReader(c)) === undefined) return holdBack(c, held);
    const tickets = [...(await ownTickets(c)), ...(await guestTickets(c))];
    const unique = [...new Map(tickets.map((ticket) => [ticket.ticketId, ticket])).values()];
    c.header('Cache-Control', 'no-store');
    return c.html(<WalletPage viewer={viewerOf(c)} tickets={unique} isPartial={c.var.isDatabaseSilent} />);
  });

async function offerOf(c: AppContext, order: Order): Promise<KeepView | undefined> {
  return keepOffer(c, order, await orderContact(c.var.services, order.orderId));
}

/** Everything bought with the address the person proved to own, and what they claimed. */
async function ownTickets(c: AppContext): Promise<WalletTicket[]> {
  const { services, person } = c.var;
  const rows = person === undefined ? undefined : await ownRows(c, person);
  // Without the database: the newest orders of whoever was here within the hour, from the desks themselves.
  if (rows === undefined) return ticketsOfOrders(services, (await readReader(c))?.orderIds ?? []);
  const byEvent = Map.groupBy(rows, ({ event }) => event.id);
  const lists = await Promise.all([...byEvent].map(([eventId, bought]) => ticketsOfEvent(services, eventId, bought)));
  return lists.flat();
}

/** Undefined while the database does not answer. */
async function ownRows(c: AppContext, person: SignedIn): Promise<Bought[] | undefined> {
  const { services } = c.var;
  const owner = await ownerOf(services, person);
  try {
    const rows = await ticketsOf(services.db, owner);
    const orderIds = rows.map(({ ticket }) => ticket.orderId);
    await rememberReader(c, { customerId: owner.customerId, orderIds });
    return rows;
  } catch (error) {
    console.error('tickets were not answered for', error);
    c.set('isDatabaseSilent', true);
    return undefined;
  }
}

type Bought = Awaited<ReturnType<typeof ticketsOf>>[number];

/** Paper, day and status come from the event itself; what the read model says stands when it does not answer. */
async function ticketsOfEvent(services: Services, eventId: string, rows: readonly Bought[]): Promise<WalletTicket[]> {
  const shown = await services
    .inventory(eventId)
    .showTickets(rows.map(({ ticket }) => ticket.id))
    .catch((error: unknown) => {
      console.error('tickets of an event were not answered for', error);
      return [];
    });
  const known = new Map(shown.map((ticket) => [ticket.ticketId, ticket]));
  return rows.map(({ ticket: { id: ticketId, orderId, typeName, status }, event }) => {
    const ticket = known.get(ticketId);
    const card = plainCard(event, services.clock());
    if (ticket !== undefined) return walletTicket(ticket, card);
    const url = pathTo('ticket', { orderId, ticketId });
    return { ticketId, url, typeName, event: card, status: status as WalletTicket['status'] };
  });
}

/** A guest's own orders, from the desks themselves: no database is needed to find them. */
async function guestTickets(c: AppContext): Promise<WalletTicket[]> {
  return ticketsOfOrders(c.var.services, await readOrders(c));
}

async function ticketsOfOrders(services: Services, orderIds: readonly string[]): Promise<WalletTicket[]> {
  const lists = await Promise.all(orderIds.map((orderId) => ticketsOfOrder(services, orderId)));
  return lists.flat();
}

async function ticketsOfOrder(services: Services, orderId: string): Promise<WalletTicket[]> {
  const order = await showOrder(services, orderId);
  if (!order.ok) return [];
  const { snapshot, tickets } = order.value;
  const eventOf = new Map(tickets.map(({ ticketId, eventId }) => [ticketId, eventId]));
  const shown = await orderTickets(services, order.value);
  return shown.map((ticket) => {
    return walletTicket(ticket, snapshotCard(snapshot, services.clock(), eventOf.get(ticket.ticketId)));
  });
}

function walletTicket({ ticketId, orderId, type, status, windows }: ShownTicket, event: EventCard): WalletTicket {
  const { name: typeName, accessLevel, tier } = type;
  const url = pathTo('ticket', { orderId, ticketId });
  return { ticketId, url, typeName, accessLevel, tier, validFromMs: windows[0]?.from, event, status };
}

function ticketView(
  order: Order,
  { ticket, index }: { ticket: ShownTicket; index: number },
  now: number,
): Omit<TicketView, 'qrSvg' | 'handle'> {
  const { orderId } = order;
  const neighbour = (at: number) => {
    const other = order.tickets[at];
    return other === undefined ? undefined : pathTo('ticket', { orderId, ticketId: other.ticketId });
  };
  return {
    ticketId: ticket.ticketId,
    event: snapshotCard(order.snapshot, now, order.tickets[index]?.eventId),
    typeName: ticket.type.name,
    accessLevel: ticket.type.accessLevel,
    tier: ticket.type.tier,
    zones: [...ticket.zones],
    gates: [...ticket.gates],
    status: ticket.status,
    windows: [...ticket.windows],
    admits: ticket.type.admits,
    admitted: ticket.admitted,
    benefits: ticket.type.benefits.map(({ name, quantity, redeemAt }) => ({ name, quantity, redeemAt })),
    position: {
      index: index + 1,
      of: order.tickets.length,
      previousUrl: neighbour(index - 1),
      nextUrl: neighbour(index + 1),
    },
    orderUrl: pathTo('order', { orderId }),
  };
}
