import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { mayChoose } from '#shared/inventory/call-off.ts';
import { currentAttempt, type Order } from '#shared/orders/order.ts';
import { amountOf, keptOf, linesLeft, type LineLeft } from '#shared/orders/refund-lines.ts';
import type { RefundRequest } from '#shared/orders/refund.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';
import { carryOut } from './pay-order.ts';
import { orderTickets } from './show-order.ts';

/** What its buyer may give back of a line by themselves, and what they get for it. */
export type Refundable = {
  readonly lineId: string;
  readonly name: string;
  readonly eventTitle: string;
  /** Unused ones, the last first: a family shows its first ticket most. Those offered to somebody are taken only if need be. */
  readonly ticketIds: readonly string[];
  /** Unused, but somebody else's by now: a refund would void what they were given. */
  readonly givenAway: number;
  /** Of `ticketIds`, offered to somebody who has not accepted: a refund ends the offer. */
  readonly offered: number;
  readonly feePercent: number;
  readonly untilMs: EpochMs;
  /** What one, two, … of them bring back. */
  readonly backMinor: readonly number[];
  /** The event moved since it was ordered: that alone gives it all back. */
  readonly isMoved: boolean;
};

/** By the rules in force for each type. Goods and top-ups are none of it: their sellers decide. */
export async function refundableLines(services: Services, order: Order): Promise<Refundable[]> {
  if (order.state !== 'completed') return [];
  const shown = new Map((await orderTickets(services, order)).map((ticket) => [ticket.ticketId, ticket]));
  const now = services.clock();
  return linesLeft(order).flatMap((left) => refundable(order, left, { shown, now }) ?? []);
}

type Looked = { readonly shown: ReadonlyMap<string, ShownTicket>; readonly now: EpochMs };

function refundable(order: Order, left: LineLeft, { shown, now }: Looked): Refundable | undefined {
  const unused = left.tickets.flatMap(({ ticketId }) => shown.get(ticketId) ?? []).filter(isUnused);
  const rule = unused[0] && ruleNow(unused[0], { orderedAtMs: order.placedAtMs, now });
  if (rule === undefined || left.amountMinor === 0) return undefined;
  const { feePercent, untilMs, isMoved } = rule;
  const own = unused.filter((ticket) => isWithBuyer(ticket, order));
  const [offered, kept] = [own.filter(isOffered), own.filter((ticket) => !isOffered(ticket))];
  const backMinor = own.map((_ticket, index) => {
    const grossMinor = amountOf(left, index + 1);
    return grossMinor - keptOf(grossMinor, feePercent);
  });
  return {
    lineId: left.line.lineId,
    name: left.line.name,
    eventTitle: left.section.event?.title ?? '',
    ticketIds: [...kept.toReversed(), ...offered.toReversed()].map(({ ticketId }) => ticketId),
    givenAway: unused.length - own.length,
    offered: offered.length,
    feePercent,
    untilMs,
    backMinor,
    isMoved,
  };
}

/** An event that moved gives everything back for a while, whatever its tickets' own rules say. */
function ruleNow(
  { type: { refund }, event: { postponement } }: ShownTicket,
  { orderedAtMs, now }: { readonly orderedAtMs: EpochMs; readonly now: EpochMs },
): Pick<Refundable, 'feePercent' | 'untilMs' | 'isMoved'> | undefined {
  if (postponement !== undefined && mayChoose(postponement, orderedAtMs, now)) {
    return { feePercent: 0, untilMs: postponement.refundUntil, isMoved: true };
  }
  if (refund.kind === 'none' || refund.until <= now) return undefined;
  return { feePercent: refund.feePercent, untilMs: refund.until, isMoved: false };
}

function isUnused({ status, admitted }: ShownTicket): boolean {
  return admitted === 0 && (status === 'paid' || status === 'active' || status === 'expired');
}

function isOffered({ transfer }: ShownTicket): boolean {
  return transfer !== undefined;
}

export type BuyerRefund = {
  /** Made when the form was drawn: a second click is the same refund. */
  readonly key: string;
  readonly lineId: string;
  readonly quantity: number;
  readonly to: 'source' | 'wallet';
};

/** A buyer's own wish, under the rules. Whether the order is theirs is the caller's to check. */
export async function refundByBuyer(services: Services, order: Order, wish: BuyerRefund): Promise<Result<Order>> {
  const { key, lineId, quantity, to } = wish;
  const refundId = `${order.orderId}/b-${key}`;
  // Pressed again: what it asked for has gone, and choosing anew would take the next tickets.
  if (order.refunds.some((known) => known.refundId === refundId)) return ok(order);
  const line = (await refundableLines(services, order)).find((known) => known.lineId === lineId);
  const ticketIds = line?.ticketIds.slice(0, quantity) ?? [];
  if (line === undefined) return fail('refund_not_allowed');
  if (ticketIds.length < quantity) return fail(line.givenAway > 0 ? 'ticket_given_away' : 'refund_not_allowed');
  const { feePercent, isMoved } = line;
  const { customerId: byId } = order.snapshot;
  const lines = [{ lineId, ticketIds, quantity, feePercent }];
  return refundOrder(services, order, {
    refundId,
    lines,
    to,
    cause: isMoved ? 'event_postponed' : 'buyer',
    byId,
    isUnusedOnly: true,
  });
}

/**
 * Asks the gateway what it gave back by itself, then has the desk refund and does what it asks. Undecided is nothing: where
 * the gateway does not answer, nobody knows whether the money is there.
 */
export async function refundOrder(services: Services, order: Order, request: RefundRequest): Promise<Result<Order>> {
  const { orderId } = order;
  const desk = services.deskOf(orderId);
  const attempt = currentAttempt(order);
  if (desk === undefined) return fail('order_unknown');
  if (attempt?.method === 'card') {
    try {
      const status = await services.gateway.perform({ do: 'inquire', attempt }, order);
      await desk.report(orderId, attempt.attemptId, status);
    } catch (error) {
      console.error('gateway gave no answer before a refund', error);
      return fail('gateway_unreachable');
    }
  }
  const begun = await desk.refund(orderId, request);
  if (!begun.ok) return begun;
  const after = await carryOut(services, begun.value);
  const failure = after.refunds.find(({ refundId }) => refundId === request.refundId)?.failure;
  return failure === undefined ? ok(after) : fail(failure.code, failure.facts);
}
