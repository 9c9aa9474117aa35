import type { Dispute, DisputeStatus } from './dispute.ts';
import type { Order } from './order.ts';
import { backOf, stateOf } from './refund-legs.ts';
import { isDecided } from './refund.ts';
import { outOfBand } from './refund-moves.ts';
import type { SuspendStep, TicketOutcome } from './steps.ts';

/** The order after news of a dispute; undefined when there is nothing new in it. */
export function disputeTold(order: Order, { disputeId, amountMinor, state }: DisputeStatus): Order | undefined {
  if (order.state !== 'completed') return undefined;
  const { disputes = [] } = order;
  const known = disputes.find((dispute) => dispute.disputeId === disputeId);
  // A verdict is final: what is told late or twice changes nothing.
  if (known !== undefined && (known.state === state || known.state !== 'open')) return undefined;
  // A refund under way is finished first; the gateway repeats what was not heard.
  if (state === 'lost' && order.refunds.some((refund) => refund.state === 'new')) return undefined;
  const told: Dispute = { disputeId, amountMinor: known?.amountMinor ?? amountMinor, state, doneAt: [] };
  const others = disputes.filter((dispute) => dispute !== known);
  const next = { ...order, disputes: [...others, told] };
  return state === 'lost' ? taken(next, told) : next;
}

/**
 * What the bank has taken is first what was still to be paid back to the card: that has arrived. The rest is refunded, no more
 * than the card paid and has not got back.
 */
function taken(order: Order, { disputeId, amountMinor }: Dispute): Order {
  let dueMinor = amountMinor;
  const refunds = order.refunds.map((refund) => {
    const legs = refund.legs.map((leg) => {
      if (leg.to !== 'card' || leg.state !== 'new' || leg.amountMinor > dueMinor) return leg;
      dueMinor -= leg.amountMinor;
      return { ...leg, state: 'done' as const, isTaken: true };
    });
    return isDecided(refund) ? { ...refund, legs, state: stateOf(legs) } : refund;
  });
  const next = { ...order, refunds };
  const roomMinor = (order.attempts.at(-1)?.tender.cardMinor ?? 0) - backOf(next, 'card');
  return outOfBand(next, Math.min(dueMinor, roomMinor), 'dispute', disputeId);
}

/** Tickets to suspend, or to make good again. Those of a lost dispute are revoked by its refund. */
export function disputeSteps({ disputes = [], tickets }: Order): SuspendStep[] {
  return disputes.flatMap(({ disputeId, state, doneAt }) => {
    if (state === 'lost') return [];
    const at = Map.groupBy(tickets, ({ eventId }) => eventId);
    return [...at]
      .filter(([inventoryId]) => !doneAt.includes(inventoryId))
      .map(([inventoryId, of]): SuspendStep => {
        const ticketIds = of.map(({ ticketId }) => ticketId);
        return { do: state === 'open' ? 'suspend' : 'reinstate', inventoryId, disputeId, ticketIds };
      });
  });
}

/** The order after an inventory did so; undefined when the dispute has moved on meanwhile. */
export function ticketsSuspended(
  order: Order,
  { of, inventoryId, disputeId }: Extract<TicketOutcome, { of: 'suspend' | 'reinstate' }>,
): Order | undefined {
  const { disputes = [] } = order;
  const asked = of === 'suspend' ? 'open' : 'won';
  const known = disputes.find((dispute) => dispute.disputeId === disputeId && dispute.state === asked);
  if (known === undefined || known.doneAt.includes(inventoryId)) return undefined;
  const done = { ...known, doneAt: [...known.doneAt, inventoryId] };
  return { ...order, disputes: disputes.map((dispute) => (dispute === known ? done : dispute)) };
}
