import { byCard, newAttempt, type Attempt, type BalanceState } from '#shared/orders/attempt.ts';
import type { Order, StockState } from '#shared/orders/order.ts';
import { applyOutcome, nextSteps } from '#shared/orders/saga.ts';
import type { Outcome, StockOutcome, StockStep } from '#shared/orders/steps.ts';
import { minuteMs } from '#shared/time.ts';
import { order, pricedSnapshot } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';

/** What is said to orders, and how they stand when it is. */
export const { orderId } = order();
export const price = 5_000;
export const attempt: Attempt = newAttempt({ attemptId: 'ord/1', tender: byCard(price) }, noon);

/** An order of one event with a card attempt under way. */
export function paid(overrides: Partial<Order> = {}, money: Attempt['state'] = 'open'): Order {
  const attempts = [{ ...attempt, state: money }];
  return order({ snapshot: pricedSnapshot(price), attempts, holdExpiresAtMs: noon + 10 * minuteMs, ...overrides });
}

export function standing(state: StockState, holdNo = 1): Pick<Order, 'stock'> {
  return { stock: [{ inventoryId: 'evt_test', state, holdNo }] };
}

export const ticket = { ticketId: 'tkt_0000000000000', typeId: 'day', handle: '7KQ2MX9TBD', eventId: 'evt_test' };
export const soldOut = { code: 'sold_out', facts: { left: 1 } } as const;
export const at = (inventoryId = 'evt_test', no = 1) => ({ inventoryId, holdId: `${orderId}/${no}` });
export const held: Outcome = { of: 'hold', ...at(), expiresAtMs: noon + minuteMs };
export const firmed: Outcome = { of: 'firm', ...at() };
export const confirmed: Outcome = { of: 'confirm', ...at(), tickets: [ticket] };
export const released = (inventoryId?: string): Outcome => ({ of: 'release', ...at(inventoryId) });
export const refusal = (from: StockStep['do'], inventoryId?: string, code = 'sold_out' as const): StockOutcome => {
  return { of: 'refusal', from, ...at(inventoryId), failure: { ...soldOut, code } };
};
export const lapsed: Outcome = { of: 'refusal', from: 'firm', ...at(), failure: { code: 'hold_expired' } };
export const says = (state: Exclude<Attempt['state'], 'new'>): Outcome => {
  return { of: 'money', attemptId: 'ord/1', status: { state } };
};
export const ledgerSays = (balance: BalanceState): Outcome => ({
  of: 'money',
  attemptId: 'ord/1',
  status: { balance },
});

export function after(from: Order, ...outcomes: Outcome[]): Order {
  return outcomes.reduce((now, outcome) => {
    const next = applyOutcome(now, outcome);
    if (next === undefined) throw new Error(`${outcome.of} changes nothing when ${now.state}`);
    return next;
  }, from);
}

export const stepsOf = (from: Order, now = noon) =>
  nextSteps(from, now).map((step) => [step.do, 'inventoryId' in step && step.inventoryId]);
