import type { Failure } from '../result.ts';
import { learn, type Attempt } from './attempt.ts';
import { move } from './moves.ts';
import { currentAttempt, type Order } from './order.ts';
import { isDisputed } from './dispute.ts';
import { isDecided, type RefundStatus } from './refund.ts';
import { legPaid } from './refund-moves.ts';
import type { MoneyStatus, MoneyStep } from './steps.ts';
import { onward, renewed, withoutStock } from './stock-moves.ts';

/** The order after news of an attempt; undefined when there is nothing new in it. */
export function applyMoney(order: Order, attemptId: string, status: MoneyStatus): Order | undefined {
  if ('refundId' in status) return legPaid(order, status);
  const index = order.attempts.findIndex((attempt) => attempt.attemptId === attemptId);
  const known = order.attempts[index];
  if (known === undefined) return undefined;
  const isCurrent = index === order.attempts.length - 1;
  const learnt = learn(known, isCurrent ? asWaitedFor(order, status) : status);
  const next = learnt && { ...order, attempts: order.attempts.with(index, learnt) };
  // News of an earlier attempt changes only that attempt; money on it is surplus and goes back.
  return next && isCurrent ? moneyMoved(next, learnt) : next;
}

/** Its tickets are being made, and nothing but its stock decides whether it gets them. */
const toTickets = new Set<Order['state']>(['securing', 'firm', 'authorised', 'captured']);

/**
 * Somebody gave all of it back in the dashboard while tickets are on their way: it was captured, and what went back is a fact
 * beside that. With tickets, they are refunded; without, the refund that follows finds it done.
 */
function asWaitedFor({ state }: Order, status: Exclude<MoneyStatus, RefundStatus>): Exclude<MoneyStatus, RefundStatus> {
  const isEarly = 'state' in status && status.state === 'refunded' && toTickets.has(state);
  return isEarly ? { ...status, state: 'captured' } : status;
}

function moneyMoved(order: Order, attempt: Attempt): Order {
  const { state: money } = attempt;
  const isIn = money === 'authorised' || money === 'captured';
  switch (order.state) {
    case 'reserving':
      return reserved(order, attempt);
    case 'firm':
      if (isIn) return onward(move(order, money));
      return money === 'new' || money === 'open' ? order : letGo(order, { code: 'payment_abandoned' });
    case 'authorised':
      if (money === 'captured') return onward(move(order, money));
      return money === 'voided' ? letGo(order, { code: 'payment_declined' }) : order;
    case 'released':
      // The bank said yes after we had given up: the buyer gets the tickets if there is room, else the money back.
      if (!isIn) return order;
      // What was set aside beside the card was let go of, or is about to be: the card alone does not pay for it.
      if (attempt.method === 'card' && attempt.balance !== undefined) {
        return withoutStock(order, order.failure ?? { code: 'payment_abandoned' });
      }
      return onward(move(order, 'securing', renewed(order)));
    case 'voiding':
      if (money === 'captured') return move(order, 'refunding');
      return money === 'voided' ? move(order, 'released') : order;
    case 'refunding':
      return money === 'refunded' ? move(order, 'refunded') : order;
    default:
      return order;
  }
}

function letGo(order: Order, failure: Failure): Order {
  return onward(move(order, 'releasing', { failure }));
}

/** The ledger said whether there is enough: on to the stock, or back to where another way to pay can be chosen. */
function reserved(order: Order, { balance }: Attempt): Order {
  if (balance === 'new') return order;
  if (balance === 'reserved') return onward(move(order, 'securing'));
  const failure: Failure = { code: balance === 'refused' ? 'balance_too_low' : 'payment_abandoned' };
  // The clock of the hold never stopped: what is left of its time is the buyer's.
  return move(order, order.holdExpiresAtMs === undefined ? 'released' : 'held', { failure });
}

/**
 * What is left to do about money beside what the order's state asks for: on an attempt that is not the current one it belongs
 * to nobody's tickets and goes back, whatever the order does; what was set aside is posted once its order has its tickets,
 * and let go of once it will have none; refunds are paid out.
 */
export function trailingStep(order: Order): MoneyStep | undefined {
  const attempt = currentAttempt(order);
  if (attempt === undefined) return undefined;
  const [surplus] = order.attempts.slice(0, -1).flatMap((older) => surplusStep(older) ?? []);
  return balanceStep(order, attempt) ?? surplus ?? payBackStep(order, attempt);
}

/** An older try that may still keep something aside. */
export function setAsideBefore({ attempts }: Order): Attempt | undefined {
  return attempts.slice(0, -1).find(isSetAside);
}

function surplusStep(attempt: Attempt): MoneyStep | undefined {
  const isCard = attempt.method === 'card';
  if (isCard && attempt.state === 'authorised') return { do: 'void', attempt };
  if (isCard && attempt.state === 'captured') return { do: 'refund', attempt };
  if (isSetAside(attempt)) return { do: 'unreserve', attempt };
  return attempt.balance === 'posted' ? { do: 'give_back', attempt } : undefined;
}

function balanceStep({ state }: Order, attempt: Attempt): MoneyStep | undefined {
  if (!isSetAside(attempt)) return undefined;
  if (state === 'completed') return { do: 'post', attempt };
  const isOver = state === 'refused' || state === 'released' || state === 'refunded';
  return isOver ? { do: 'unreserve', attempt } : undefined;
}

/** Or may be: nobody knows before the ledger has answered. */
function isSetAside({ balance }: Attempt): boolean {
  return balance === 'new' || balance === 'reserved';
}

function payBackStep({ refunds, disputes }: Order, attempt: Attempt): MoneyStep | undefined {
  // A bank that is asked about the payment gives nothing back meanwhile.
  if (isDisputed({ disputes })) return undefined;
  for (const { refundId, legs } of refunds.filter(isDecided)) {
    const due = legs.find(({ to, state }) => to === 'card' && state === 'new');
    if (due !== undefined) return { do: 'pay_back', attempt, refundId, amountMinor: due.amountMinor };
  }
  return undefined;
}
