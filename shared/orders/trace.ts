import type { DeskEntry, LoggedLine, OrderMoved } from '../trail/entries.ts';
import type { Attempt } from './attempt.ts';
import { earnings, refundDecided } from './earnings.ts';
import { orderQuantity, quantityOf, type Order, type OrderSnapshot } from './order.ts';
import type { Dispute } from './dispute.ts';
import { partsBySeller } from './dispute-shares.ts';
import { isDecided, type Refund } from './refund.ts';

/**
 * What the desk's log says of a move: the order as it now stands, then each movement of money the move brought about. Made
 * from the two states alone, and written in the transaction that stores the second, so that each is said exactly once.
 */
export function entriesOf(before: Order | undefined, after: Order): DeskEntry[] {
  return [
    orderMoved(before, after),
    ...after.attempts.flatMap((attempt, index) => cardEntries(after, before?.attempts[index], attempt)),
    ...(before?.state !== 'completed' && after.state === 'completed' ? earnings(after) : []),
    ...after.refunds.flatMap((refund, index) => refundEntries(after, before?.refunds[index], refund)),
    ...(after.disputes ?? []).flatMap((dispute) => disputeEntries(after, before, dispute)),
    ...overpaidEntries(after, before),
  ];
}

function orderMoved(before: Order | undefined, after: Order): OrderMoved {
  const { orderId, state, snapshot, tickets, failure } = after;
  const { customerId, currency, totalMinor, sections } = snapshot;
  return {
    kind: 'order.moved',
    orderId,
    state,
    events: sections
      .filter(({ kind }) => kind === 'event')
      .map(({ inventoryId: eventId, lines }) => ({ eventId, quantity: quantityOf(lines) })),
    ...(before === undefined ? { lines: loggedLines(snapshot) } : {}),
    customerId,
    currency,
    totalMinor,
    quantity: orderQuantity(snapshot),
    capturedMinor: atGateway(after),
    via: sections.find(({ via }) => via !== undefined)?.via,
    ticketIds: tickets.map(({ ticketId }) => ticketId),
    failureCode: failure?.code,
  };
}

function loggedLines({ sections }: OrderSnapshot): LoggedLine[] {
  return sections.flatMap(({ kind: of, inventoryId, businessId, lines }) =>
    lines.map(({ lineId, kind, itemId, name, quantity, totalMinor }) => {
      const eventId = of === 'event' ? inventoryId : '';
      return { lineId, eventId, businessId, kind, itemId, name, quantity, totalMinor };
    }),
  );
}

/** What the gateway keeps of it for us now. */
function atGateway({ state: orderState, attempts, refunds }: Order): number {
  // Of what paid for tickets, what went back is told by refunds, though the gateway calls it refunded as a whole.
  const isTaken = ({ state }: Attempt, index: number) =>
    state === 'captured' || (state === 'refunded' && orderState === 'completed' && index === attempts.length - 1);
  const taken = attempts.filter(isTaken).map(({ tender }) => tender.cardMinor);
  const back = refunds.flatMap(({ legs }) => legs.filter(({ to, state }) => to === 'card' && state === 'done'));
  return taken.reduce((sum, amount) => sum + amount, 0) - back.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function ofOrder({ orderId, snapshot: { customerId, currency } }: Order) {
  return { orderId, customerId, currency };
}

function cardOf(order: Order, { attemptId, intentId = '', tender }: Attempt) {
  const card = { attemptId, gateway: 'stripe' as const, gatewayRef: intentId, amountMinor: tender.cardMinor };
  return { ...ofOrder(order), ...card };
}

/** Of any attempt, surplus ones too. What was posted from a balance the ledger knows itself. */
function cardEntries(order: Order, before: Attempt | undefined, after: Attempt): DeskEntry[] {
  if (after.tender.cardMinor === 0 || before?.state === after.state) return [];
  const isReturned = after.state === 'refunded';
  const isTaken = isReturned || after.state === 'captured';
  const entries: DeskEntry[] = [];
  if (isTaken && before?.state !== 'captured') entries.push({ kind: 'money.captured', ...cardOf(order, after) });
  // What paid for tickets goes back by refunds, each of which says so itself.
  const hasTickets = order.state === 'completed' && after === order.attempts.at(-1);
  if (isReturned && !hasTickets) entries.push({ kind: 'money.returned', ...cardOf(order, after) });
  return entries;
}

function refundEntries(order: Order, before: Refund | undefined, after: Refund): DeskEntry[] {
  if (before === after) return [];
  const { refundId, cause } = after;
  const entries: DeskEntry[] = [];
  if (!isDecided(after)) return entries;
  if (before === undefined || !isDecided(before)) {
    entries.push(refundDecided(order, after));
  }
  const paidBefore = before !== undefined && isDecided(before) ? before.legs : [];
  // What a bank took back is told of by its dispute.
  if (cause === 'dispute') return entries;
  for (const [index, leg] of after.legs.entries()) {
    if (leg.state !== 'done' || leg.isTaken === true || paidBefore[index]?.state === 'done') continue;
    const { to, points, amountMinor: legMinor } = leg;
    const attempt = order.attempts.at(-1);
    if (to === 'card' && attempt !== undefined) {
      entries.push({ kind: 'money.returned', ...cardOf(order, attempt), amountMinor: legMinor, refundId });
    }
    const paid = { ...ofOrder(order), refundId, to, amountMinor: legMinor, ...(index > 0 && { legNo: index }) };
    entries.push({ kind: 'refund.paid', ...paid, ...(points === undefined ? {} : { points }) });
  }
  return entries;
}

function disputeEntries(order: Order, before: Order | undefined, dispute: Dispute): DeskEntry[] {
  const { disputeId, amountMinor, feeMinor, feeBackMinor, state, reason, answerByMs } = dispute;
  const known = before?.disputes?.find((older) => older.disputeId === disputeId);
  if (known === dispute) return [];
  const of = { ...ofOrder(order), disputeId, gateway: 'stripe' as const };
  const about = { ...of, amountMinor, parts: partsBySeller(order, amountMinor) };
  const fee = (kind: 'dispute.fee' | 'dispute.fee_returned', toldMinor: number, upToMinor: number): DeskEntry[] => {
    const chargedMinor = upToMinor - toldMinor;
    if (chargedMinor <= 0) return [];
    return [{ kind, ...of, amountMinor: chargedMinor, upToMinor, parts: partsBySeller(order, chargedMinor) }];
  };
  return [
    ...(known === undefined ? [{ kind: 'dispute.opened' as const, ...about, reason, answerByMs }] : []),
    ...fee('dispute.fee', known?.feeMinor ?? 0, feeMinor),
    ...(state !== 'open' && known?.state !== state ? [{ kind: `dispute.${state}` as const, ...about }] : []),
    ...fee('dispute.fee_returned', known?.feeBackMinor ?? 0, feeBackMinor),
  ];
}

function overpaidEntries(order: Order, before: Order | undefined): DeskEntry[] {
  const told = before?.overpaid?.length ?? 0;
  const gateway = 'stripe' as const;
  return (order.overpaid ?? [])
    .slice(told)
    .map((overpaid) => ({ kind: 'money.overpaid', ...ofOrder(order), ...overpaid, gateway }));
}
