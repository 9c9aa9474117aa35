import { passesOf } from '#d1/queries/wallet.ts';
import { orderEvents, type Order } from '#shared/orders/order.ts';
import { fail } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { EpochMs } from '#shared/time.ts';
import { nextTurnMs } from '#shared/wallet/sections.ts';
import { eventForSale } from '#workers/operations/event-for-sale.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { statusLine } from '#workers/ui/messages/wallet-words.ts';
import type { PassedView, TicketOfOrder, TicketView } from '#workers/ui/views.ts';
import { pathsOf, type Held } from './held-ticket.ts';
import { keptOf } from './present-wallet.ts';

/** A ticket as its page shows it. */
export function presentTicket(
  held: Held,
  code: Pick<TicketView, 'qrSvg' | 'handle' | 'isNumberEnough'>,
  now: EpochMs,
): Omit<TicketView, 'history' | 'keep' | 'live' | 'acts'> {
  const { order, ticket } = held;
  const isGiven = !isWithBuyer(ticket, order);
  const { ticketId, type, status, windows, admitted, lastEntry, needsActivation } = ticket;
  const event = snapshotCard(order.snapshot, now, ticket);
  const { admits, codeFrom } = type;
  const facts = { status, windows, lastEntry, codeFrom, admits, admitted, needsActivation, timeZone: event.timeZone };
  const leftOf = new Map(ticket.benefitsLeft.map(({ id, left }) => [id, left]));
  return {
    ticketId,
    event,
    typeName: type.name,
    accessLevel: type.accessLevel,
    tier: type.tier,
    zones: [...ticket.zones],
    gates: [...ticket.gates],
    status,
    statusLine: statusLine(facts, now),
    windows: [...windows],
    admits,
    admitted,
    benefits: type.benefits.map(({ id, name, quantity, redeemAt }) => {
      return { name, quantity, redeemAt, left: leftOf.get(id) };
    }),
    ofOrder: isGiven ? undefined : placeInOrder(order, ticketId),
    ...code,
    // Bars of a number that is not enough open nothing.
    barcodeUrl: code.handle !== undefined && code.isNumberEnough ? pathsOf(held).barcode : undefined,
    turnMs: nextTurnMs([keptOf({ event, shown: ticket, isGiven })], now),
  };
}

export function placeInOrder({ orderId, tickets }: Order, ticketId: string): TicketOfOrder {
  const index = tickets.findIndex((ticket) => ticket.ticketId === ticketId);
  const neighbour = (at: number) => {
    const other = tickets[at];
    return other === undefined ? undefined : pathTo('ticket', { orderId, ticketId: other.ticketId });
  };
  return {
    index: index + 1,
    of: tickets.length,
    previousUrl: neighbour(index - 1),
    nextUrl: neighbour(index + 1),
    orderUrl: pathTo('order', { orderId }),
  };
}

/** When and where a ticket went in and out, newest first; undefined while the database does not answer. */
export async function historyOf(
  services: Services,
  { ticket: { ticketId, customerId, eventId }, order }: Held,
): Promise<PassedView[] | undefined> {
  const event = orderEvents(order.snapshot).find((of) => of.eventId === eventId);
  try {
    const passes = await passesOf(services.db, { ticketId, customerId });
    if (passes.length === 0) return [];
    const sale = event === undefined ? fail('not_found') : await eventForSale(services, event.slug);
    const gates = new Map(sale.ok ? sale.value.rules.gates.map(({ id, name }) => [id, name]) : []);
    return passes.map(({ atMs, gateId, direction, undoneAtMs }) => {
      return { atMs, gateName: gates.get(gateId), direction, isTakenBack: undoneAtMs !== null };
    });
  } catch (error) {
    console.error('the history of a ticket was not answered for', error);
    return undefined;
  }
}
