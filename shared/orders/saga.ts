import type { FailureCode } from '../failures.ts';
import type { Failure } from '../result.ts';
import type { EpochMs } from '../time.ts';
import { learn, type Attempt, type GatewayStatus } from './attempt.ts';
import { holdIdOf, type IssuedTicket, type Order } from './order.ts';

/**
 * The life of an order as a pure machine. A state that is not an end names one next step, or waits for somebody until a
 * stated time; every outcome leads to one next order. So whoever wakes up after a crash knows what to do, and each step
 * is safe to repeat: it carries an idempotency key made from the order's id.
 */
export type StockStep =
  | { readonly do: 'hold'; readonly holdId: string; readonly firm: boolean }
  | { readonly do: 'firm' | 'confirm' | 'release'; readonly holdId: string };

export type GatewayOperation = 'open' | 'inquire' | 'abandon' | 'capture' | 'void' | 'refund';
export type GatewayStep = { readonly do: GatewayOperation; readonly attempt: Attempt };

export type Step = StockStep | GatewayStep;

export type Outcome =
  | { readonly of: 'hold'; readonly holdId: string; readonly expiresAtMs?: EpochMs | undefined }
  | { readonly of: 'firm' | 'release'; readonly holdId: string }
  | { readonly of: 'confirm'; readonly holdId: string; readonly tickets: readonly IssuedTicket[] }
  | { readonly of: 'refusal'; readonly from: StockStep['do']; readonly holdId: string; readonly failure: Failure }
  | { readonly of: 'gateway'; readonly attemptId: string; readonly status: GatewayStatus };

export function isGatewayStep(step: Step): step is GatewayStep {
  return 'attempt' in step;
}

export function currentAttempt(order: Order): Attempt | undefined {
  return order.attempts.at(-1);
}

/** What to do now; undefined when the order has ended, or waits. */
export function nextStep(order: Order, now: EpochMs): Step | undefined {
  // Tickets first: a gateway that does not answer about an older attempt must not keep a buyer waiting.
  return stateStep(order, now) ?? surplusStep(order);
}

function stateStep(order: Order, now: EpochMs): Step | undefined {
  const holdId = holdIdOf(order);
  const attempt = currentAttempt(order);
  switch (order.state) {
    case 'placed':
      return { do: 'hold', holdId, firm: order.snapshot.totalMinor === 0 };
    case 'held':
      return (order.holdExpiresAtMs ?? 0) <= now ? { do: 'release', holdId } : undefined;
    case 'securing':
      return { do: 'firm', holdId };
    case 'reholding':
      return { do: 'hold', holdId, firm: true };
    case 'firm':
      return attempt === undefined ? { do: 'confirm', holdId } : waitingStep(attempt, now);
    case 'authorised':
      return attempt && { do: 'capture', attempt };
    case 'captured':
      return { do: 'confirm', holdId };
    case 'releasing':
      return { do: 'release', holdId };
    case 'voiding':
      return attempt && { do: 'void', attempt };
    case 'refunding':
      return attempt && { do: 'refund', attempt };
    case 'completed':
    case 'refused':
    case 'released':
    case 'refunded':
      return undefined;
  }
}

/** When the order wants to be looked at by itself, if ever: a hold lapses, a buyer's patience ends. */
export function waitsUntilMs(order: Order): EpochMs | undefined {
  if (order.state === 'held') return order.holdExpiresAtMs;
  return order.state === 'firm' ? currentAttempt(order)?.deadlineMs : undefined;
}

/** The buyer presses pay. The order to store; undefined when there is nothing to change: an attempt is under way. */
export function beginPayment(order: Order, attempt: Attempt): Order | 'under_way' | FailureCode {
  if (order.state === 'held') return { ...order, state: 'securing', attempts: [...order.attempts, attempt] };
  if (order.state === 'released') {
    const attempts = [...order.attempts, attempt];
    return { ...order, state: 'reholding', holdNo: order.holdNo + 1, attempts, failure: undefined };
  }
  const isUnderWay = ['securing', 'reholding', 'firm', 'authorised', 'captured', 'completed'].includes(order.state);
  return isUnderWay ? 'under_way' : 'order_not_open';
}

/** The order after an outcome; undefined when the outcome no longer applies: a repeat, a late answer, old news. */
export function applyOutcome(order: Order, outcome: Outcome): Order | undefined {
  if (outcome.of === 'gateway') return applyStatus(order, outcome.attemptId, outcome.status);
  if (outcome.holdId !== holdIdOf(order)) return undefined;
  switch (outcome.of) {
    case 'hold':
      if (order.state === 'placed' && order.snapshot.totalMinor > 0) {
        return { ...order, state: 'held', holdExpiresAtMs: outcome.expiresAtMs };
      }
      return order.state === 'placed' || order.state === 'reholding' ? stockIsFirm(order) : undefined;
    case 'firm':
      return order.state === 'securing' ? stockIsFirm(order) : undefined;
    case 'confirm': {
      const { tickets } = outcome;
      return order.state === 'firm' || order.state === 'captured'
        ? { ...order, state: 'completed', tickets }
        : undefined;
    }
    case 'release':
      return released(order);
    case 'refusal':
      return refused(order, outcome);
  }
}

/** Stock is firm: on to whatever the money says, which may have arrived while the stock was being fetched. */
function stockIsFirm(order: Order): Order {
  const money = currentAttempt(order)?.state;
  const firm = { ...order, holdExpiresAtMs: undefined, failure: undefined };
  if (money === 'authorised' || money === 'captured') return { ...firm, state: money };
  // An attempt that ended meanwhile will never pay: waiting for it would keep the stock for ever.
  const hasEnded = money === 'dead' || money === 'voided' || money === 'refunded';
  return hasEnded
    ? { ...firm, state: 'releasing', failure: { code: 'payment_abandoned' } }
    : { ...firm, state: 'firm' };
}

function released(order: Order): Order | undefined {
  if (order.state === 'held') return { ...order, state: 'released', failure: { code: 'hold_expired' } };
  return order.state === 'releasing' ? withoutStock(order, order.failure ?? { code: 'hold_released' }) : undefined;
}

function refused(order: Order, { from, failure }: Extract<Outcome, { of: 'refusal' }>): Order | undefined {
  switch (order.state) {
    case 'placed':
      return from === 'hold' ? { ...order, state: 'refused', failure } : undefined;
    case 'securing':
      // The hold lapsed before the buyer pressed pay: take a new one if there is room.
      return from === 'firm' ? { ...order, state: 'reholding', holdNo: order.holdNo + 1 } : undefined;
    case 'reholding':
      return from === 'hold' ? withoutStock(order, failure) : undefined;
    case 'firm':
    case 'captured':
      return from === 'confirm' ? { ...order, state: 'releasing', failure } : undefined;
    default:
      return undefined;
  }
}

/** No tickets can be had: money that was reserved or taken goes back, and an attempt that never began is dead. */
function withoutStock(order: Order, failure: Failure): Order {
  const attempt = currentAttempt(order);
  if (attempt?.state === 'authorised') return { ...order, state: 'voiding', failure };
  if (attempt?.state === 'captured') return { ...order, state: 'refunding', failure };
  if (attempt?.state !== 'new') return { ...order, state: 'released', failure };
  const attempts = [...order.attempts.slice(0, -1), { ...attempt, state: 'dead' as const }];
  return { ...order, state: 'released', attempts, failure };
}

function applyStatus(order: Order, attemptId: string, status: GatewayStatus): Order | undefined {
  const index = order.attempts.findIndex((attempt) => attempt.attemptId === attemptId);
  const known = order.attempts[index];
  const learnt = known && learn(known, status);
  if (learnt === undefined) return undefined;
  const next = { ...order, attempts: order.attempts.with(index, learnt) };
  // News of an earlier attempt changes only that attempt; money on it is surplus and goes back.
  return index === order.attempts.length - 1 ? moneyMoved(next, learnt) : next;
}

function moneyMoved(order: Order, { state: money }: Attempt): Order {
  switch (order.state) {
    case 'firm':
      if (money === 'authorised' || money === 'captured') return { ...order, state: money };
      if (money === 'open') return order;
      return { ...order, state: 'releasing', failure: { code: 'payment_abandoned' } };
    case 'authorised':
      if (money === 'captured') return { ...order, state: 'captured' };
      return money === 'voided' ? { ...order, state: 'releasing', failure: { code: 'payment_declined' } } : order;
    case 'released':
      // The bank said yes after we had given up: the buyer gets the tickets if there is room, else the money back.
      if (money !== 'authorised' && money !== 'captured') return order;
      return { ...order, state: 'reholding', holdNo: order.holdNo + 1 };
    case 'voiding':
      if (money === 'captured') return { ...order, state: 'refunding' };
      return money === 'voided' ? { ...order, state: 'released' } : order;
    case 'refunding':
      return money === 'refunded' ? { ...order, state: 'refunded' } : order;
    default:
      return order;
  }
}

/** Money on an attempt that is not the current one belongs to nobody's tickets: it goes back, whatever the order does. */
function surplusStep(order: Order): GatewayStep | undefined {
  for (const attempt of order.attempts.slice(0, -1)) {
    if (attempt.state === 'authorised') return { do: 'void', attempt };
    if (attempt.state === 'captured') return { do: 'refund', attempt };
  }
  return undefined;
}

function waitingStep(attempt: Attempt, now: EpochMs): GatewayStep | undefined {
  if (attempt.state === 'new') return { do: attempt.deadlineMs <= now ? 'abandon' : 'open', attempt };
  return attempt.deadlineMs <= now ? { do: 'abandon', attempt } : undefined;
}
