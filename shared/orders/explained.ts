import type { Dispute } from './dispute.ts';
import { disputesTold } from './dispute-moves.ts';
import { currentAttempt, type Order } from './order.ts';
import { backOf, stateOf } from './refund-legs.ts';
import { outOfBand } from './refund-moves.ts';
import { isDecided, paidToCard, type Overpaid, type RefundLeg } from './refund.ts';

/**
 * The order with everything that is known of its card's money written to what it was for: what a bank took, and what somebody
 * gave back in the gateway's own dashboard. Facts are kept on the attempt whenever they are heard, and explained here as soon
 * as they can be: after its tickets are made, and one refund at a time, because each revokes its tickets first.
 */
export function explained(order: Order): Order {
  if (order.state !== 'completed') return order;
  const { disputes = [], refundedMinor = 0 } = currentAttempt(order) ?? {};
  let next = disputesTold(order, disputes);
  for (;;) {
    if (next.refunds.some(({ state }) => state === 'new')) return next;
    const after = withLostBooked(next) ?? withRefundedBooked(next, refundedMinor);
    if (after === undefined) return next;
    next = after;
  }
}

/** What a bank has taken is first what was still to be paid back to the card: that has arrived. The rest is refunded. */
function withLostBooked(order: Order): Order | undefined {
  const { disputes = [] } = order;
  const index = disputes.findIndex(({ state, isBooked }) => state === 'lost' && isBooked !== true);
  const lost = disputes[index];
  if (lost === undefined) return undefined;
  const booked: Dispute = { ...lost, isBooked: true, doneAt: [] };
  const { order: next, restMinor } = withArrived(
    { ...order, disputes: disputes.with(index, booked) },
    lost.amountMinor,
    {
      isTaken: true,
    },
  );
  return written(next, restMinor, 'dispute', lost.disputeId);
}

/** A way back that is paid in part is two: what has arrived, and, behind all others, what is still to come. */
function withArrived(
  order: Order,
  arrivedMinor: number,
  how: Pick<RefundLeg, 'isTaken'>,
): { order: Order; restMinor: number } {
  let restMinor = arrivedMinor;
  const refunds = order.refunds.map((refund) => {
    if (!isDecided(refund)) return refund;
    const due: RefundLeg[] = [];
    const told = refund.legs.map((leg): RefundLeg => {
      const hereMinor = leg.to === 'card' && leg.state === 'new' ? Math.min(leg.amountMinor, restMinor) : 0;
      if (hereMinor === 0) return leg;
      restMinor -= hereMinor;
      if (hereMinor < leg.amountMinor) due.push({ ...leg, amountMinor: leg.amountMinor - hereMinor });
      return { ...leg, amountMinor: hereMinor, state: 'done', ...how };
    });
    const legs = [...told, ...due];
    return { ...refund, legs, state: stateOf(legs) };
  });
  return { order: { ...order, refunds }, restMinor };
}

/**
 * What the gateway has given back is first what was still to be paid: its answer may have got lost, or somebody was faster in
 * the dashboard. What is beyond that, nobody here asked for.
 */
function withRefundedBooked(order: Order, refundedMinor: number): Order | undefined {
  const { refunds, overpaid = [] } = order;
  const toldMinor = overpaid.filter(({ cause }) => cause === 'gateway_dashboard').reduce(sumOf, 0);
  const newsMinor = refundedMinor - paidToCard(refunds) - toldMinor;
  if (newsMinor <= 0) return undefined;
  const { order: next, restMinor } = withArrived(order, newsMinor, {});
  if (restMinor === 0) return next;
  return written(next, restMinor, 'gateway_dashboard', `d${refunds.length + overpaid.length + 1}`);
}

/** To lines as far as the card has paid for them and not got it back; beyond that nobody had it to come. */
function written(order: Order, amountMinor: number, cause: Overpaid['cause'], name: string): Order {
  const roomMinor = Math.max(0, (currentAttempt(order)?.tender.cardMinor ?? 0) - backOf(order, 'card'));
  const { order: next, backMinor } = outOfBand(order, Math.min(amountMinor, roomMinor), cause, name);
  const restMinor = amountMinor - backMinor;
  if (restMinor === 0) return next;
  return { ...next, overpaid: [...(next.overpaid ?? []), { name, cause, amountMinor: restMinor }] };
}

function sumOf(sum: number, { amountMinor }: { readonly amountMinor: number }): number {
  return sum + amountMinor;
}
