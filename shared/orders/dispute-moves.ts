import { withNews, type Dispute, type DisputeStatus } from './dispute.ts';
import type { Order } from './order.ts';
import { counts } from './refund.ts';
import type { SuspendStep, TicketOutcome } from './steps.ts';

/** The order after what the gateway says of disputes about its payment; the same order when nothing in it is new. */
export function disputesTold(order: Order, news: readonly DisputeStatus[]): Order {
  const { disputes: known = [] } = order;
  const disputes = withNews(known, news, (status): Dispute => ({ ...status, doneAt: [] })).map((told) => {
    const before = known.find(({ disputeId }) => disputeId === told.disputeId);
    return before === undefined || before.state === told.state ? told : { ...told, doneAt: [] };
  });
  return disputes.every((dispute, index) => dispute === known[index]) ? order : { ...order, disputes };
}

/**
 * Tickets to suspend, or to make good again once no bank asks any more. A lost dispute revokes tickets by its refund; those it
 * was not about, because the money it took was on its way back anyway, are good again.
 */
export function disputeSteps(order: Order): SuspendStep[] {
  const { disputes = [] } = order;
  const open = disputes.filter(({ state }) => state === 'open');
  const ended = disputes.filter(({ state, isBooked }) => state === 'won' || isBooked === true);
  const live = Map.groupBy(liveTickets(order), ({ eventId }) => eventId);
  return (open.length > 0 ? open : ended).flatMap(({ disputeId, state, doneAt }) =>
    [...live]
      .filter(([inventoryId]) => !doneAt.includes(inventoryId))
      .map(([inventoryId, tickets]): SuspendStep => {
        const ticketIds = tickets.map(({ ticketId }) => ticketId);
        return { do: state === 'open' ? 'suspend' : 'reinstate', inventoryId, disputeId, ticketIds };
      }),
  );
}

function liveTickets({ tickets, refunds }: Order): Order['tickets'] {
  const gone = new Set(refunds.filter(counts).flatMap(({ lines }) => lines.flatMap(({ ticketIds }) => ticketIds)));
  return tickets.filter(({ ticketId }) => !gone.has(ticketId));
}

/** The order after an inventory did so; undefined when the dispute has moved on meanwhile. */
export function ticketsSuspended(
  order: Order,
  { of, inventoryId, disputeId }: Extract<TicketOutcome, { of: 'suspend' | 'reinstate' }>,
): Order | undefined {
  const { disputes = [] } = order;
  const index = disputes.findIndex((dispute) => dispute.disputeId === disputeId);
  const known = disputes[index];
  const isAsked = (known?.state === 'open') === (of === 'suspend');
  if (known === undefined || !isAsked || known.doneAt.includes(inventoryId)) return undefined;
  return { ...order, disputes: disputes.with(index, { ...known, doneAt: [...known.doneAt, inventoryId] }) };
}
