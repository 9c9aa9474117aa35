import type { Failure } from '../result.ts';
import { move } from './moves.ts';
import { currentAttempt, isFree, type Order, type StockProgress, type StockState } from './order.ts';
import { refundSections } from './refund-moves.ts';

/** The order with one inventory's progress changed. */
export function withStock(order: Order, changed: StockProgress, state: StockState): Order {
  const stock = order.stock.map((known) => {
    return known.inventoryId === changed.inventoryId ? { ...changed, state } : known;
  });
  return { ...order, stock };
}

/** Everything is asked for anew, under the next numbers: late words about the holds before fit no more. */
export function renewed({ stock }: Order): Pick<Order, 'stock' | 'failure'> {
  return {
    stock: stock.map(({ inventoryId, holdNo }) => ({ inventoryId, state: 'none', holdNo: holdNo + 1 })),
    failure: undefined,
  };
}

/** Moves on when every inventory is where the order's state waits for it to be. */
export function onward(order: Order): Order {
  const are = (...states: StockState[]) => order.stock.every(({ state }) => states.includes(state));
  switch (order.state) {
    case 'placed':
      if (!isFree(order)) return are('held') ? move(order, 'held') : order;
      if (are('confirmed')) return move(order, 'completed');
      return are('firm') ? move(order, 'firm') : order;
    case 'securing':
      return are('firm') ? stockIsFirm(order) : order;
    case 'firm':
      return currentAttempt(order) === undefined && are('confirmed', 'released') ? delivered(order) : order;
    case 'captured':
      return are('confirmed', 'released') ? delivered(order) : order;
    case 'refusing':
      return are('released') ? move(order, 'refused', neverBegun(order)) : order;
    case 'releasing':
      return are('released') ? withoutStock(order, order.failure ?? { code: 'hold_released' }) : order;
    default:
      return order;
  }
}

/** Stock is firm: on to whatever the money says, which may have arrived while the stock was being fetched. */
function stockIsFirm(order: Order): Order {
  const money = currentAttempt(order)?.state;
  const changes = { holdExpiresAtMs: undefined, failure: undefined };
  if (money === 'authorised') return move(order, money, changes);
  if (money === 'captured') return onward(move(order, money, changes));
  // An attempt that ended meanwhile will never pay: waiting for it would keep the stock for ever.
  const hasEnded = money === 'dead' || money === 'voided' || money === 'refunded';
  return hasEnded
    ? onward(move(order, 'releasing', { ...changes, failure: { code: 'payment_abandoned' } }))
    : move(order, 'firm', changes);
}

/** Every inventory has said its last word. What a cancelled event would not deliver goes back, and the rest stands. */
function delivered(order: Order): Order {
  const confirmed = new Set(
    order.stock.flatMap(({ inventoryId, state }) => (state === 'confirmed' ? inventoryId : [])),
  );
  const { sections } = order.snapshot;
  const missing = sections.filter(({ kind, inventoryId }) => kind !== 'wallet' && !confirmed.has(inventoryId));
  if (missing.length === 0) return move(order, 'completed');
  if (missing.length === sections.length) return withoutStock(order, order.failure ?? { code: 'event_cancelled' });
  const refund = refundSections(order, missing);
  const refunds = refund === undefined ? order.refunds : [...order.refunds, refund];
  return move(order, 'completed', { refunds, failure: undefined });
}

/** No tickets can be had: money that was reserved or taken goes back, and an attempt that never began is dead. */
export function withoutStock(order: Order, failure: Failure): Order {
  const attempt = currentAttempt(order);
  const changes = { failure, holdExpiresAtMs: undefined };
  // Nothing was to be paid: there is no second try.
  if (attempt === undefined && isFree(order)) return move(order, 'refused', changes);
  if (attempt?.state === 'authorised') return move(order, 'voiding', changes);
  if (attempt?.state === 'captured') return move(order, 'refunding', changes);
  return move(order, 'released', { ...changes, ...neverBegun(order) });
}

function neverBegun({ attempts }: Order): Pick<Order, 'attempts'> {
  const attempt = attempts.at(-1);
  return attempt?.state === 'new'
    ? { attempts: [...attempts.slice(0, -1), { ...attempt, state: 'dead' }] }
    : { attempts };
}
