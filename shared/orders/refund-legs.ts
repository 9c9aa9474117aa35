import type { Tender } from './attempt.ts';
import type { Order } from './order.ts';
import type { Refund, RefundLeg } from './refund.ts';

/**
 * The ways an amount goes back: what the card paid first, then what the wallet did, then points, as much of each as it paid and
 * has not got back. To the wallet goes what was money; points stay points, whatever is wished. What goes to wallet and points
 * is done once it is decided: the ledger reads it from the desk's log.
 */
export function legsOf(order: Order, amountMinor: number, to: Refund['to']): RefundLeg[] {
  const tender = order.attempts.at(-1)?.tender;
  if (tender === undefined) return [];
  const legs: RefundLeg[] = [];
  let dueMinor = amountMinor;
  const paid = { card: tender.cardMinor, wallet: tender.walletMinor, points: tender.pointsMinor };
  for (const source of ['card', 'wallet', 'points'] as const) {
    const backMinor = Math.min(dueMinor, paid[source] - backOf(order, source));
    if (backMinor <= 0) continue;
    dueMinor -= backMinor;
    legs.push(legOf(tender, source, backMinor, to));
  }
  return legs;
}

function legOf(tender: Tender, source: RefundLeg['to'], amountMinor: number, to: Refund['to']): RefundLeg {
  if (source === 'points') return { to: 'points', amountMinor, points: pointsOf(tender, amountMinor), state: 'done' };
  if (source === 'wallet') return { to: 'wallet', amountMinor, state: 'done' };
  return to === 'source'
    ? { to: 'card', amountMinor, state: 'new' }
    : { to: 'wallet', from: 'card', amountMinor, state: 'done' };
}

/** What has gone back, or is to, of what was paid by one means. A leg the gateway refused was taken over by another. */
export function backOf({ refunds }: Pick<Order, 'refunds'>, source: RefundLeg['to']): number {
  return refunds
    .flatMap(({ legs }) => legs)
    .filter(({ to, from, state }) => state !== 'failed' && (from ?? to) === source)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function pointsOf({ points, pointsMinor }: Tender, backMinor: number): number {
  return Math.floor((points * backMinor) / pointsMinor);
}

/** How a refund stands whose legs are these. */
export function stateOf(legs: readonly RefundLeg[]): 'revoked' | 'paying' | 'done' {
  const open = legs.filter(({ state }) => state === 'new');
  if (open.length === 0) return 'done';
  return open.length === legs.length ? 'revoked' : 'paying';
}
