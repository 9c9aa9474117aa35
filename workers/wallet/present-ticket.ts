import { passesOf } from '#d1/queries/wallet.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { orderEvents, type Order } from '#shared/orders/order.ts';
import { fail } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import { nextTurnMs } from '#shared/wallet/sections.ts';
import { eventForSale } from '#workers/operations/event-for-sale.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { statusLine } from '#workers/ui/messages/wallet-words.ts';
import type { PassedView, TicketView } from '#workers/ui/views.ts';
import { keptOf } from './present-wallet.ts';

type Opened = { readonly order: Order; readonly ticket: ShownTicket; readonly index: number };

/** A ticket as its page shows it. */
export function presentTicket(
  { order, ticket, index }: Opened,
  code: Pick<TicketView, 'qrSvg' | 'handle'>,
  now: EpochMs,
): Omit<TicketView, 'history' | 'keep' | 'live'> {
  const { orderId } = order;
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
    position: positionIn(order, index),
    orderUrl: pathTo('order', { orderId }),
    ...code,
    barcodeUrl: code.handle === undefined ? undefined : pathTo('ticketBarcode', { orderId, ticketId }),
    turnMs: nextTurnMs([keptOf({ event, shown: ticket })], now),
  };
}

function positionIn({ orderId, tickets }: Order, index: number): TicketView['position'] {
  const neighbour = (at: number) => {
    const other = tickets[at];
    return other === undefined ? undefined : pathTo('ticket', { orderId, ticketId: other.ticketId });
  };
  return {
    index: index + 1,
    of: tickets.length,
    previousUrl: neighbour(index - 1),
    nextUrl: neighbour(index + 1),
  };
}

/** When and where a ticket went in and out, newest first; undefined while the database does not answer. */
export async function historyOf(
  services: Services,
  { snapshot, tickets }: Order,
  ticketId: string,
): Promise<PassedView[] | undefined> {
  const { customerId } = snapshot;
  const eventId = tickets.find((ticket) => ticket.ticketId === ticketId)?.eventId;
  const event = orderEvents(snapshot).find((of) => of.eventId === eventId);
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
