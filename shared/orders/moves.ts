import type { Order, OrderState } from './order.ts';

/**
 * Every move an order may make. One that is not in the table is a bug of the saga, not news from outside: it throws, the
 * transaction it was made in leaves nothing, and the order stays where it was, to be looked after.
 */
export const legalMoves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  placed: ['held', 'reserving', 'securing', 'firm', 'completed', 'refusing'],
  held: ['reserving', 'securing', 'releasing'],
  // Refused by the ledger: back to where another way to pay can be chosen.
  reserving: ['securing', 'held', 'released'],
  securing: ['firm', 'authorised', 'captured', 'refusing', 'releasing'],
  firm: ['authorised', 'captured', 'completed', 'refused', 'releasing'],
  authorised: ['captured', 'releasing'],
  captured: ['completed', 'refunding', 'released'],
  completed: [],
  refusing: ['refused'],
  refused: [],
  releasing: ['released', 'voiding', 'refunding'],
  // Its buyer tries again, or money came that nobody waited for any more.
  released: ['reserving', 'securing', 'voiding', 'refunding'],
  voiding: ['released', 'refunding'],
  refunding: ['refunded'],
  refunded: [],
};

export function move(order: Order, state: OrderState, changes: Partial<Order> = {}): Order {
  if (!legalMoves[order.state].includes(state)) throw new Error(`An order cannot move from ${order.state} to ${state}`);
  return { ...order, ...changes, state };
}
