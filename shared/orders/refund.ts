import type { Tender } from './attempt.ts';
import type { Order, OrderSection } from './order.ts';

/** Why money goes back. */
export type RefundCause =
  | 'buyer'
  | 'organiser'
  | 'event_cancelled'
  | 'event_postponed'
  | 'gateway_dashboard'
  | 'dispute';

export type RefundedLine = {
  readonly lineId: string;
  readonly ticketIds: readonly string[];
  readonly quantity: number;
  readonly amountMinor: number;
};

/** Money goes back the ways it came, each a leg. */
export type RefundLeg = {
  readonly to: 'card' | 'wallet' | 'points';
  readonly amountMinor: number;
  readonly points?: number | undefined;
  readonly state: 'new' | 'done' | 'failed';
};

/** Tickets are revoked before any money moves. */
export type Refund = {
  readonly refundId: string;
  readonly lines: readonly RefundedLine[];
  readonly amountMinor: number;
  /** What the rules let the seller keep. */
  readonly keptFeeMinor: number;
  readonly to: 'source' | 'wallet';
  readonly cause: RefundCause;
  readonly byId: string;
  readonly state: 'new' | 'revoked' | 'paying' | 'done' | 'failed';
  readonly legs: readonly RefundLeg[];
};

/** What the gateway says of a refund's part to the card. */
export type RefundStatus = { readonly refundId: string; readonly isPaid: boolean };

/** Sections whose event was cancelled before their tickets were made. Undefined when they cost nothing. */
export function refundSections(order: Order, sections: readonly OrderSection[]): Refund | undefined {
  const lines = sections.flatMap(({ lines: ofSection }) =>
    ofSection.map(({ lineId, quantity, totalMinor: amountMinor }) => ({
      lineId,
      ticketIds: [],
      quantity,
      amountMinor,
    })),
  );
  const amountMinor = sum(lines);
  if (amountMinor === 0) return undefined;
  const legs = legsOf(order, amountMinor);
  return {
    refundId: `${order.orderId}/r${order.refunds.length + 1}`,
    lines,
    amountMinor,
    keptFeeMinor: 0,
    to: 'source',
    cause: 'event_cancelled',
    byId: 'desk',
    state: legs.every(({ state }) => state === 'done') ? 'done' : 'paying',
    legs,
  };
}

/**
 * The ways an amount goes back: to the card first, then to the wallet, then as points, as much to each as it paid and has not
 * got back. What goes to wallet and points is done once it is decided: the ledger reads it from the desk's log.
 */
function legsOf(order: Order, amountMinor: number): RefundLeg[] {
  const tender = order.attempts.at(-1)?.tender;
  if (tender === undefined) return [];
  const legs: RefundLeg[] = [];
  let dueMinor = amountMinor;
  const paid = { card: tender.cardMinor, wallet: tender.walletMinor, points: tender.pointsMinor };
  for (const to of ['card', 'wallet', 'points'] as const) {
    const before = order.refunds.flatMap((refund) => refund.legs.filter((leg) => leg.to === to));
    const backMinor = Math.min(dueMinor, paid[to] - sum(before));
    if (backMinor <= 0) continue;
    dueMinor -= backMinor;
    const points = to === 'points' ? pointsOf(tender, backMinor) : undefined;
    legs.push({ to, amountMinor: backMinor, points, state: to === 'card' ? 'new' : 'done' });
  }
  return legs;
}

function pointsOf({ points, pointsMinor }: Tender, backMinor: number): number {
  return Math.floor((points * backMinor) / pointsMinor);
}

/** The order after the gateway paid a refund's part to the card, or would not; undefined when that is nothing new. */
export function legPaid(order: Order, { refundId, isPaid }: RefundStatus): Order | undefined {
  const index = order.refunds.findIndex((known) => known.refundId === refundId);
  const refund = order.refunds[index];
  const due = refund?.legs.findIndex(({ to, state }) => to === 'card' && state === 'new') ?? -1;
  const leg = refund?.legs[due];
  if (refund === undefined || leg === undefined) return undefined;
  const legs = refund.legs.with(due, { ...leg, state: isPaid ? 'done' : 'failed' });
  const isDone = legs.every(({ state }) => state === 'done');
  const state = isDone ? 'done' : isPaid ? 'paying' : 'failed';
  return { ...order, refunds: order.refunds.with(index, { ...refund, legs, state }) };
}

function sum(items: readonly { readonly amountMinor: number }[]): number {
  return items.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
