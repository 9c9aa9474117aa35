import {
  dueOrders,
  endChange,
  findChange,
  listOrders,
  markListed,
  nextDueMs,
  settleChangeOrder,
  type ChangeOrder,
  type EventChange,
} from '#d1/queries/event-changes.ts';
import type { FailureCode } from '#shared/failures.ts';
import { linesLeft } from '#shared/orders/refund-lines.ts';
import type { Order } from '#shared/orders/order.ts';
import type { RefundRequest, WantedLine } from '#shared/orders/refund.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import { secondMs, type EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';
import { applyChange } from './call-off-event.ts';
import { refundOrder } from './refund-order.ts';
import { orderTickets, showOrder } from './show-order.ts';
import { tellWaiting } from './waitlist.ts';

/** Orders looked after at once: each asks its desk, an inventory and a gateway, who have others to answer. */
const atOnce = 5;
/** Rounds of these in one call, far below what a Worker may ask of others in one. */
const roundsPerCall = 10;
/** Pages of tickets whose orders are listed in one call, a thousand each. */
const pagesPerCall = 20;
const triesMax = 6;
const firstWaitMs = 5 * secondMs;

/**
 * A stretch of what is to be done for an event that was cancelled or moved. Which orders there are, the event's inventory
 * says: no ticket is missing there, however far behind the read models are. Every step may be repeated; an order's refund
 * has one name, and its desk knows it. Answers when to go on; undefined once there is nothing left.
 */
export async function carryOutChange(services: Services, changeId: string): Promise<EpochMs | undefined> {
  const change = await findChange(services.db, changeId);
  if (change === undefined || change.endedAtMs !== null) return undefined;
  // Before anything is listed: while the event still sells, there is no last order.
  const applied = await applyChange(services, change);
  if (!applied.ok) throw new Error(`The event would not change: ${applied.failure.code}`);
  const isListed = change.listedAtMs !== null || (await listAll(services, change));
  for (let round = 0; round < roundsPerCall; round += 1) {
    const due = await dueOrders(services.db, changeId, services.clock(), atOnce);
    if (due.length === 0) break;
    await lookAfter(services, change, due);
  }
  if (!isListed) return services.clock();
  await endChange(services.db, changeId, services.clock());
  return nextDueMs(services.db, changeId);
}

/** True once every order with a ticket that is good is listed, and those who wait for one are told that none will come. */
async function listAll(services: Services, { id, kind, eventId, listedAfter }: EventChange): Promise<boolean> {
  let after = listedAfter;
  for (let page = 0; page < pagesPerCall; page += 1) {
    const tickets = await services.inventory(eventId).ticketList(after);
    const last = tickets.at(-1);
    if (last === undefined) {
      // Before it is noted down: told twice is told once (their mail has a key), and never told would be never.
      if (kind === 'cancelled' && !(await tellWaiting(services, eventId))) return false;
      await markListed(services.db, id, services.clock());
      return true;
    }
    const good = tickets.filter(({ status }) => status !== 'refunded');
    const orderIds = [...new Set(good.map(({ orderId }) => orderId))];
    after = last.handle;
    await listOrders(services.db, { id, orderIds, listedAfter: after, nowMs: services.clock() });
  }
  return false;
}

type Outcome = { readonly amountMinor: number } | { readonly code: FailureCode; readonly mayEnd: boolean };

async function lookAfter(services: Services, change: EventChange, due: readonly ChangeOrder[]): Promise<void> {
  const rows = await Promise.all(
    due.map(async (row) => settled(services, row, await outcomeOf(services, change, row))),
  );
  const [first, ...rest] = rows.map((row) => settleChangeOrder(services.db, row));
  if (first !== undefined) await services.db.batch([first, ...rest]);
}

/** What may come right by itself is tried again, ever more rarely; then somebody has to look. */
function settled(services: Services, { changeId, orderId, tries }: ChangeOrder, outcome: Outcome) {
  const now = services.clock();
  const about = { changeId, orderId, dueAtMs: now, amountMinor: 0 };
  if ('amountMinor' in outcome) {
    return { ...about, state: 'done' as const, failureCode: null, amountMinor: outcome.amountMinor };
  }
  const { code: failureCode, mayEnd } = outcome;
  if (!mayEnd || tries + 1 >= triesMax) return { ...about, state: 'failed' as const, failureCode };
  return { ...about, state: 'due' as const, failureCode, dueAtMs: now + firstWaitMs * 2 ** tries };
}

async function outcomeOf(services: Services, change: EventChange, { orderId }: ChangeOrder): Promise<Outcome> {
  try {
    if (change.kind === 'cancelled') return await payBack(services, change, orderId);
    await tellOfDates(services, change, orderId);
    return { amountMinor: 0 };
  } catch (error) {
    console.error('an order of a changed event got no answer', orderId, error);
    return { code: 'temporarily_unavailable', mayEnd: true };
  }
}

/** Whoever ordered, to whom the order was given, and everybody to whom one of its tickets was. */
async function tellOfDates(services: Services, { id: changeId, eventId }: EventChange, orderId: string): Promise<void> {
  const told = { kind: 'event_postponed' as const, orderId, changeId };
  await services.queueMessage(told);
  await services.queueMessage({ ...told, as: 'recipient' });
  const order = await showOrder(services, orderId);
  if (!order.ok) return;
  for (const ticket of await orderTickets(services, order.value)) {
    if (ticket.eventId !== eventId || isWithBuyer(ticket, order.value)) continue;
    const { ticketId, customerId } = ticket;
    await services.queueMessage({ kind: 'ticket_postponed', ticketId, eventId, customerId, changeId });
  }
}

const passing: ReadonlySet<FailureCode> = new Set(['gateway_unreachable', 'refund_under_way', 'internal_error']);

/**
 * Everything of this event, used or not, fees too, the way it was paid: the event owes it. What the order has of other
 * events stays. Free tickets go the same way, for nothing.
 */
async function payBack(services: Services, { eventId }: EventChange, orderId: string): Promise<Outcome> {
  const shown = await showOrder(services, orderId);
  if (!shown.ok) return { code: shown.failure.code, mayEnd: false };
  const order = shown.value;
  const refundId = `${orderId}/c-${eventId}`;
  const lines = linesOf(order, eventId, refundId);
  if (lines.length === 0) return { amountMinor: 0 };
  const request: RefundRequest = {
    refundId,
    lines,
    to: 'source',
    cause: 'event_cancelled',
    byId: 'desk',
    isUnusedOnly: false,
  };
  const done = await refundOrder(services, order, request);
  if (!done.ok) {
    const { code } = done.failure;
    // Its other events are still being confirmed.
    return { code, mayEnd: passing.has(code) || order.state !== 'completed' };
  }
  const made = done.value.refunds.find((refund) => refund.refundId === refundId);
  if (made?.state === 'done') return { amountMinor: made.amountMinor };
  // Decided, and its desk goes on asking the gateway by itself: here it is only watched.
  return { code: 'gateway_unreachable', mayEnd: true };
}

/** What is left of the event's lines; of a refund that was begun before, the very same lines. */
function linesOf(order: Order, eventId: string, refundId: string): WantedLine[] {
  const begun = order.refunds.find((refund) => refund.refundId === refundId);
  if (begun !== undefined) {
    return begun.lines.map(({ lineId, ticketIds, quantity }) => ({ lineId, ticketIds, quantity, feePercent: 0 }));
  }
  return linesLeft(order)
    .filter(({ section, quantity }) => section.kind === 'event' && section.inventoryId === eventId && quantity > 0)
    .map(({ line: { lineId, kind }, quantity, tickets }) => {
      const ticketIds = kind === 'ticket' ? tickets.map(({ ticketId }) => ticketId) : [];
      return { lineId, ticketIds, quantity, feePercent: 0 };
    });
}
