import type { FailureCode } from '../failures.ts';
import type { Order, OrderSection } from './order.ts';
import { isDisputed } from './dispute.ts';
import { legsOf, stateOf } from './refund-legs.ts';
import { amountOf, keptByLine, linesLeft, priced, type LineLeft } from './refund-lines.ts';
import { isDecided, type Refund, type RefundedLine, type RefundRequest, type RefundStatus } from './refund.ts';
import { returnsOf } from './returns.ts';
import type { RevokeStep, TicketOutcome } from './steps.ts';

/**
 * Somebody asks for money back. The order to store, or why not; `same` where the very refund was asked for before. One at a
 * time: two may not weigh the same ticket, and what the gateway gave back by itself shows only once ours has arrived.
 */
export function beginRefund(order: Order, request: RefundRequest): Order | 'same' | FailureCode {
  const known = order.refunds.find(({ refundId }) => refundId === request.refundId);
  if (known !== undefined) return isSame(known, request) ? 'same' : 'idempotency_key_reused';
  if (order.state !== 'completed') return 'refund_not_allowed';
  if (isDisputed(order)) return 'order_disputed';
  if (order.refunds.some(isUnderWay)) return 'refund_under_way';
  if (request.seen !== undefined && request.seen !== order.refunds.length) return 'order_changed';
  const lines = priced(order, request.lines);
  if (typeof lines === 'string') return lines;
  const { refundId, to, cause, byId, isUnusedOnly, reason, isOnShelf } = request;
  const refund: Refund = {
    refundId,
    lines,
    to,
    cause,
    byId,
    isUnusedOnly,
    ...(reason === undefined ? {} : { reason }),
    ...(isOnShelf === true ? { isOnShelf } : {}),
    amountMinor: amountIn(lines),
    keptFeeMinor: keptIn(lines),
    state: 'new',
    legs: [],
    revokedAt: [],
  };
  // Refused half-way, a part would be revoked for nothing: what can be refused is asked of one inventory only.
  if (isUnusedOnly && inventoriesOf(order, refund).length > 1) return 'refund_not_allowed';
  return onward({ ...order, refunds: [...order.refunds, refund] }, refund);
}

function isUnderWay({ state, legs }: Refund): boolean {
  return state === 'new' || (state !== 'failed' && legs.some((leg) => leg.state === 'new'));
}

function isSame({ lines, to, cause }: Refund, wanted: RefundRequest): boolean {
  // Where something is taken away, what that comes to follows from it.
  const shape = (
    of: readonly (Pick<RefundedLine, 'lineId' | 'ticketIds' | 'quantity'> & { amountMinor?: number | undefined })[],
  ) =>
    JSON.stringify(
      of.map(({ lineId, ticketIds, quantity, amountMinor }) => {
        return [lineId, [...ticketIds].toSorted(), quantity, quantity === 0 ? amountMinor : undefined];
      }),
    );
  return to === wanted.to && cause === wanted.cause && shape(lines) === shape(wanted.lines);
}

/** Where tickets are to be revoked, all at once. */
export function revokeSteps(order: Order): RevokeStep[] {
  const refund = order.refunds.find(({ state }) => state === 'new');
  if (refund === undefined) return [];
  const { refundId, isUnusedOnly = false, revokedAt = [] } = refund;
  return inventoriesOf(order, refund)
    .filter(({ inventoryId }) => !revokedAt.includes(inventoryId))
    .map((at) => ({ do: 'revoke', ...at, refundId, isUnusedOnly }));
}

function inventoriesOf({ tickets }: Order, { lines }: Refund): { inventoryId: string; ticketIds: string[] }[] {
  const wanted = new Set(lines.flatMap(({ ticketIds }) => ticketIds));
  const byEvent = Map.groupBy(
    tickets.filter(({ ticketId }) => wanted.has(ticketId)),
    ({ eventId }) => eventId,
  );
  return [...byEvent].map(([inventoryId, of]) => ({ inventoryId, ticketIds: of.map(({ ticketId }) => ticketId) }));
}

/** The order after an inventory revoked a refund's tickets, or would not; undefined when that is nothing new. */
export function ticketsRevoked(
  order: Order,
  { inventoryId, refundId, failure }: Extract<TicketOutcome, { of: 'revoke' }>,
): Order | undefined {
  const isThis = (known: Refund) => known.refundId === refundId && known.state === 'new';
  const refund = order.refunds.find((known) => isThis(known) && known.revokedAt?.includes(inventoryId) !== true);
  if (refund === undefined) return undefined;
  if (failure !== undefined) return withRefund(order, { ...refund, state: 'failed', revokedAt: undefined, failure });
  return onward(order, { ...refund, revokedAt: [...(refund.revokedAt ?? []), inventoryId] });
}

/** Once every ticket is revoked it is decided, and the ways back are what the order then has paid and not got back. */
function onward(order: Order, refund: Refund): Order {
  const isRevoked = inventoriesOf(order, refund).every(({ inventoryId }) => refund.revokedAt?.includes(inventoryId));
  if (!isRevoked) return withRefund(order, refund);
  const legs = refund.legs.length > 0 ? refund.legs : legsOf(order, refund.amountMinor, refund.to);
  const returns = returnsOf(order, refund);
  const decided = { ...refund, legs, state: stateOf(legs), revokedAt: undefined };
  return withRefund(order, returns.length === 0 ? decided : { ...decided, returns });
}

/** Sections whose event was cancelled before their tickets were made. Undefined when they cost nothing. */
export function refundSections(order: Order, sections: readonly OrderSection[]): Refund | undefined {
  const lines = sections.flatMap(({ lines: ofSection }) =>
    ofSection.map(({ lineId, quantity, totalMinor: amountMinor }) => {
      return { lineId, ticketIds: [], quantity, amountMinor };
    }),
  );
  const amountMinor = amountIn(lines);
  if (amountMinor === 0) return undefined;
  const legs = legsOf(order, amountMinor, 'source');
  return {
    refundId: `${order.orderId}/r${order.refunds.length + 1}`,
    lines,
    amountMinor,
    keptFeeMinor: 0,
    to: 'source',
    cause: 'event_cancelled',
    byId: 'desk',
    state: stateOf(legs),
    legs,
  };
}

/**
 * The order after the gateway paid a refund's part to the card, or would not; undefined when that is nothing new. What the card
 * will not take back (it was closed, it is too long ago) goes to the wallet: the tickets are revoked, so the money is owed.
 */
export function legPaid(order: Order, { refundId, isPaid }: RefundStatus): Order | undefined {
  const refund = order.refunds.find((known) => known.refundId === refundId && isDecided(known));
  const due = refund?.legs.findIndex(({ to, state }) => to === 'card' && state === 'new') ?? -1;
  const leg = refund?.legs[due];
  if (refund === undefined || leg === undefined) return undefined;
  const told = refund.legs.with(due, { ...leg, state: isPaid ? 'done' : 'failed' });
  const { amountMinor } = leg;
  const legs = isPaid
    ? told
    : [...told, { to: 'wallet' as const, from: 'card' as const, amountMinor, state: 'done' as const }];
  return withRefund(order, { ...refund, legs, state: stateOf(legs) });
}

/** Money the card has got back already, whatever we say: what it is for is found from the amount. */
export function outOfBand(
  order: Order,
  amountMinor: number,
  cause: 'gateway_dashboard' | 'dispute',
  name: string,
): { order: Order; backMinor: number } {
  const worth = amountMinor === 0 ? [] : linesWorth(order, amountMinor, cause === 'dispute');
  // Beyond what is left, fees that were kept of earlier refunds go back.
  const lines = [...worth, ...keptGivenBack(order, amountMinor - amountIn(worth))];
  const backMinor = amountIn(lines);
  if (backMinor === 0) return { order, backMinor };
  const refund: Refund = {
    refundId: `${order.orderId}/${name}`,
    lines,
    amountMinor: backMinor,
    keptFeeMinor: keptIn(lines),
    to: 'source',
    cause,
    byId: 'gateway',
    state: 'new',
    revokedAt: [],
    legs: [
      {
        to: 'card',
        amountMinor: backMinor,
        state: 'done',
      },
    ],
  };
  return { order: onward({ ...order, refunds: [...order.refunds, refund] }, refund), backMinor };
}

/** Of what sellers kept, line by line. It was counted as kept before, so that nothing is left of a line by it. */
function keptGivenBack(order: Order, amountMinor: number): RefundedLine[] {
  let dueMinor = amountMinor;
  return [...keptByLine(order)].flatMap(([lineId, keptMinor]) => {
    const backMinor = Math.min(dueMinor, keptMinor);
    if (backMinor <= 0) return [];
    dueMinor -= backMinor;
    return [{ lineId, ticketIds: [], quantity: 0, amountMinor: backMinor, keptMinor: -backMinor }];
  });
}

/**
 * All that is left, or so many of one line as come to the amount exactly; else nothing is taken away and the amount comes off
 * every line alike, as when an organiser gives something back to please. A dispute takes all tickets, whatever its amount.
 */
function linesWorth(order: Order, amountMinor: number, takesAll: boolean): RefundedLine[] {
  const left = linesLeft(order);
  const allMinor = amountIn(left);
  if (amountMinor >= allMinor) return left.filter(isThere).map((line) => wholeLine(line, line.amountMinor));
  if (!takesAll) {
    for (const line of left) {
      for (let quantity = 1; quantity <= line.quantity; quantity += 1) {
        if (amountOf(line, quantity) === amountMinor) return [someOf(line, quantity, amountMinor)];
      }
    }
  }
  let [dueMinor, restMinor] = [amountMinor, allMinor];
  return left.filter(isThere).map((line) => {
    const partMinor = restMinor === 0 ? 0 : Math.floor((dueMinor * line.amountMinor) / restMinor);
    dueMinor -= partMinor;
    restMinor -= line.amountMinor;
    const { lineId } = line.line;
    return takesAll ? wholeLine(line, partMinor) : { lineId, ticketIds: [], quantity: 0, amountMinor: partMinor };
  });
}

function isThere({ quantity, amountMinor }: LineLeft): boolean {
  return quantity > 0 || amountMinor > 0;
}

function wholeLine(line: LineLeft, amountMinor: number): RefundedLine {
  return { ...someOf(line, line.quantity, amountMinor), keptMinor: line.amountMinor - amountMinor };
}

/** The last ones first: families show their first ticket most. */
function someOf({ line: { lineId }, tickets }: LineLeft, quantity: number, amountMinor: number): RefundedLine {
  const ticketIds = quantity === 0 ? [] : tickets.slice(-quantity).map(({ ticketId }) => ticketId);
  return { lineId, ticketIds, quantity, amountMinor };
}

function withRefund(order: Order, refund: Refund): Order {
  const refunds = order.refunds.map((known) => (known.refundId === refund.refundId ? refund : known));
  return { ...order, refunds };
}

function amountIn(lines: readonly { readonly amountMinor: number }[]): number {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function keptIn(lines: readonly RefundedLine[]): number {
  return lines.reduce((sum, { keptMinor = 0 }) => sum + keptMinor, 0);
}
