import type { FailureCode } from '../failures.ts';
import type { EpochMs } from '../time.ts';
import { isTenderOf, type Attempt } from './attempt.ts';
import { disputeSteps, ticketsSuspended } from './dispute-moves.ts';
import { explained } from './explained.ts';
import { applyMoney, setAsideBefore, trailingStep } from './money.ts';
import { move } from './moves.ts';
import {
  currentAttempt,
  holdIdOf,
  isEndState,
  isEventOf,
  isFree,
  stockOf,
  type Order,
  type OrderSnapshot,
  type StockProgress,
} from './order.ts';
import type { MoneyStep, Outcome, Step, StockOutcome, StockStep } from './steps.ts';
import { revokeSteps, ticketsRevoked } from './refund-moves.ts';
import { returnSteps, tookBack } from './returns.ts';
import { onward, renewed, withStock } from './stock-moves.ts';

/**
 * The life of an order as a pure machine. A state that is not an end names its next steps, or waits for somebody until a
 * stated time; every outcome leads to one next order. So whoever wakes up after a crash knows what to do, and each step
 * is safe to repeat: it carries an idempotency key made from the order's id.
 *
 * Every inventory is firm before any step that can move money: opening a card, posting a balance. Setting a balance aside
 * comes before, while the clock still runs, because it can be refused: then nothing has to be undone.
 */
export function newOrder(orderId: string, snapshot: OrderSnapshot, placedAtMs: EpochMs): Order {
  const stock = stockOf(snapshot);
  const order: Order = {
    orderId,
    state: 'placed',
    placedAtMs,
    snapshot,
    stock,
    attempts: [],
    tickets: [],
    refunds: [],
  };
  if (stock.length > 0) return order;
  // Nothing to hold: it waits for its buyer as long as stock would.
  const ttlMs = Math.min(...snapshot.sections.map(({ holdTtlMs }) => holdTtlMs));
  return onward({ ...order, holdExpiresAtMs: placedAtMs + ttlMs });
}

/** What to do now, all at once: one step of money, or one at each of several inventories. None: it has ended, or waits. */
export function nextSteps(order: Order, now: EpochMs): readonly Step[] {
  // Tickets first: a gateway that does not answer about an older attempt must not keep a buyer waiting.
  const steps = [...stateSteps(order, now), ...ticketSteps(order)];
  if (steps.length > 0) return steps;
  const trailing = trailingStep(order);
  return trailing === undefined ? returnSteps(order) : [trailing];
}

function stateSteps(order: Order, now: EpochMs): readonly Step[] {
  const attempt = currentAttempt(order);
  switch (order.state) {
    case 'placed':
      return order.stock.filter(({ state }) => state === 'none').map((stock) => placingStep(order, stock));
    case 'securing':
      return order.stock.flatMap((stock) => securingStep(order, stock) ?? []);
    case 'reserving':
      return attempt === undefined ? [] : [reservingStep(order, attempt, now)];
    case 'firm':
      return attempt === undefined ? confirmSteps(order) : payingSteps(attempt, now);
    case 'authorised':
      return attempt === undefined ? [] : [{ do: 'capture', attempt }];
    case 'captured':
      return confirmSteps(order);
    case 'refusing':
    case 'releasing':
      // Those that never answered too: a hold on its way is refused by the mark that releasing it leaves.
      return order.stock.filter(({ state }) => state !== 'released').map((stock) => step(order, 'release', stock));
    case 'voiding':
      return attempt === undefined ? [] : [{ do: 'void', attempt }];
    case 'refunding':
      return attempt === undefined ? [] : [{ do: attempt.method === 'card' ? 'refund' : 'give_back', attempt }];
    case 'held':
    case 'completed':
    case 'refused':
    case 'released':
    case 'refunded':
      return [];
  }
}

/** Tickets that were made, and are to be worth nothing any more, or nothing for now: before any money moves for them. */
function ticketSteps(order: Order): readonly Step[] {
  if (order.state !== 'completed') return [];
  const revoking = revokeSteps(order);
  return revoking.length > 0 ? revoking : disputeSteps(order);
}

/** When the order wants to be looked at by itself, if ever: a hold lapses, a buyer's patience ends. */
export function waitsUntilMs(order: Order): EpochMs | undefined {
  if (order.state === 'held') return order.holdExpiresAtMs;
  return order.state === 'firm' ? currentAttempt(order)?.deadlineMs : undefined;
}

/** A time it waited for has come, and nobody else will tell. */
export function isOverdue(order: Order, now: EpochMs): boolean {
  return order.state === 'held' && (order.holdExpiresAtMs ?? 0) <= now;
}

/** No money and no stock of it is under way. */
export function isSettled(order: Order): boolean {
  const isDone = ticketSteps(order).length === 0 && returnSteps(order).length === 0;
  return isEndState(order.state) && isDone && trailingStep(order) === undefined;
}

/** The buyer presses pay. The order to store, or why not: an attempt is under way, or nothing can be paid. */
export function beginPayment(
  order: Order,
  attempt: Attempt,
): Order | 'under_way' | 'order_not_open' | 'tender_invalid' {
  switch (order.state) {
    case 'held':
      return begin(order, attempt);
    case 'released':
      return begin({ ...order, ...renewed(order) }, attempt);
    case 'placed':
    case 'reserving':
    case 'securing':
    case 'firm':
    case 'authorised':
    case 'captured':
    case 'completed':
      return 'under_way';
    case 'refusing':
    case 'refused':
    case 'releasing':
    case 'voiding':
    case 'refunding':
    case 'refunded':
      return 'order_not_open';
  }
}

/**
 * Placed and paid in one: nothing is held by the clock first. Only for an order nobody has been asked about yet: a hold that is
 * on its way waits by the clock, and must not be asked for again as a firm one.
 */
export function beginAtOnce(placed: Order, attempt: Attempt): Order | 'order_not_open' | 'tender_invalid' {
  return begin(placed, attempt);
}

function begin(order: Order, attempt: Attempt): Order | 'order_not_open' | 'tender_invalid' {
  if (isFree(order)) return 'order_not_open';
  if (!isTenderOf(attempt.tender, order.snapshot.totalMinor)) return 'tender_invalid';
  const begins = attempt.balance === undefined ? 'securing' : 'reserving';
  return onward(move(order, begins, { attempts: [...order.attempts, attempt], failure: undefined }));
}

/** The order after an outcome; undefined when the outcome no longer applies: a repeat, a late answer, old news. */
export function applyOutcome(order: Order, outcome: Outcome): Order | undefined {
  const next = moved(order, outcome);
  return next && explained(next);
}

function moved(order: Order, outcome: Outcome): Order | undefined {
  if (outcome.of === 'money') return applyMoney(order, outcome.attemptId, outcome.status);
  if (outcome.of === 'take_back') return tookBack(order, outcome);
  if (outcome.of === 'revoke') return ticketsRevoked(order, outcome);
  if ('disputeId' in outcome) return ticketsSuspended(order, outcome);
  if (outcome.of === 'time') {
    if (!isOverdue(order, outcome.now)) return undefined;
    return onward(move(order, 'releasing', { failure: { code: 'hold_expired' } }));
  }
  const stock = order.stock.find(({ inventoryId }) => inventoryId === outcome.inventoryId);
  if (stock === undefined || holdIdOf(order, stock) !== outcome.holdId) return undefined;
  const next = outcome.of === 'refusal' ? refused(order, stock, outcome) : granted(order, stock, outcome);
  return next && onward(next);
}

function granted(
  order: Order,
  stock: StockProgress,
  outcome: Exclude<StockOutcome, { of: 'refusal' }>,
): Order | undefined {
  const { state } = order;
  switch (outcome.of) {
    case 'hold': {
      if (stock.state !== 'none') return undefined;
      if (state === 'securing' || (state === 'placed' && isFree(order))) return withStock(order, stock, 'firm');
      if (state !== 'placed') return undefined;
      // All of it lapses with the first that does.
      const expiresAtMs = Math.min(order.holdExpiresAtMs ?? Infinity, outcome.expiresAtMs ?? Infinity);
      return { ...withStock(order, stock, 'held'), holdExpiresAtMs: expiresAtMs };
    }
    case 'issue':
      if (state !== 'placed' || stock.state !== 'none') return undefined;
      return { ...withStock(order, stock, 'confirmed'), tickets: outcome.tickets };
    case 'firm':
      return state === 'securing' && stock.state === 'held' ? withStock(order, stock, 'firm') : undefined;
    case 'confirm':
      if (!isConfirming(order) || stock.state !== 'firm') return undefined;
      return { ...withStock(order, stock, 'confirmed'), tickets: [...order.tickets, ...outcome.tickets] };
    case 'release': {
      const isLetGo = state === 'refusing' || state === 'releasing' || isConfirming(order);
      return isLetGo && stock.state !== 'released' ? withStock(order, stock, 'released') : undefined;
    }
  }
}

/** Holds that ended without their order's doing: another is asked for, under the next number. */
const overHolds: ReadonlySet<FailureCode> = new Set(['hold_expired', 'hold_unknown', 'hold_released']);

function refused(
  order: Order,
  stock: StockProgress,
  { from, failure }: Extract<StockOutcome, { of: 'refusal' }>,
): Order | undefined {
  switch (order.state) {
    case 'placed':
      if (stock.state !== 'none' || (from !== 'hold' && from !== 'issue')) return undefined;
      return move(withStock(order, stock, 'released'), 'refusing', { failure, holdExpiresAtMs: undefined });
    case 'securing': {
      if (from === 'firm' && stock.state === 'held') {
        // The hold lapsed before the buyer pressed pay: take a new one if there is room.
        if (overHolds.has(failure.code)) return withStock(order, { ...stock, holdNo: stock.holdNo + 1 }, 'none');
        return move(order, 'releasing', { failure });
      }
      if (from !== 'hold' || stock.state !== 'none') return undefined;
      const wasNeverHeld = stock.holdNo === 1;
      return move(withStock(order, stock, 'released'), wasNeverHeld ? 'refusing' : 'releasing', { failure });
    }
    case 'firm':
    case 'captured':
      if (from !== 'confirm' || stock.state !== 'firm' || !isConfirming(order)) return undefined;
      return { ...withStock(order, stock, 'refused'), failure };
    default:
      return undefined;
  }
}

/** Nothing can stop its tickets any more but a cancelled event. */
function isConfirming(order: Order): boolean {
  return order.state === 'captured' || (order.state === 'firm' && currentAttempt(order) === undefined);
}

function step(order: Order, what: 'issue' | 'firm' | 'confirm' | 'release', stock: StockProgress): StockStep {
  return { do: what, inventoryId: stock.inventoryId, holdId: holdIdOf(order, stock) };
}

function holdStep(order: Order, stock: StockProgress, isFirm: boolean): StockStep {
  return { do: 'hold', inventoryId: stock.inventoryId, holdId: holdIdOf(order, stock), firm: isFirm };
}

function placingStep(order: Order, stock: StockProgress): StockStep {
  if (!isFree(order)) return holdStep(order, stock, false);
  return order.stock.length === 1 ? step(order, 'issue', stock) : holdStep(order, stock, true);
}

function securingStep(order: Order, stock: StockProgress): StockStep | undefined {
  if (stock.state === 'none') return holdStep(order, stock, true);
  return stock.state === 'held' ? step(order, 'firm', stock) : undefined;
}

/**
 * Events first: if none of them makes tickets, promotions that were used on them are let go of again instead of counted.
 */
function confirmSteps(order: Order): StockStep[] {
  const refusing = order.stock.filter(({ state }) => state === 'refused').map((stock) => step(order, 'release', stock));
  const firm = order.stock.filter(({ state }) => state === 'firm');
  const events = firm.filter(({ inventoryId }) => isEventOf(order.snapshot, inventoryId));
  const next = events.length > 0 ? events : firm;
  return [...refusing, ...next.map((stock) => step(order, isOfUse(order, stock) ? 'confirm' : 'release', stock))];
}

function isOfUse({ snapshot, stock }: Order, { inventoryId }: StockProgress): boolean {
  const isOwn = snapshot.sections.some((section) => section.inventoryId === inventoryId);
  return isOwn || stock.some(({ state }) => state === 'confirmed');
}

/** What is set aside for an older try is let go of first: the same money may be asked for again. */
function reservingStep(order: Order, attempt: Attempt, now: EpochMs): MoneyStep {
  const older = setAsideBefore(order);
  if (older !== undefined) return { do: 'unreserve', attempt: older };
  return { do: attempt.deadlineMs <= now ? 'unreserve' : 'reserve', attempt };
}

function payingSteps(attempt: Attempt, now: EpochMs): MoneyStep[] {
  const isOver = attempt.deadlineMs <= now;
  if (attempt.method === 'balance') return [{ do: isOver ? 'unreserve' : 'post', attempt }];
  if (isOver) return [{ do: 'abandon', attempt }];
  return attempt.state === 'new' ? [{ do: 'open', attempt }] : [];
}
