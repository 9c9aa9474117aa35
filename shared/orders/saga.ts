import type { Failure } from '../result.ts';
import type { IssuedTicket, Order } from './order.ts';

/**
 * The life of an order as a pure machine. Every state that is not an end names exactly one next step; every outcome of
 * a step names exactly one next state. So whoever wakes up after a crash knows what to do, and steps are safe to
 * repeat: each carries the order's id as its idempotency key.
 */
export type Step = { readonly do: 'hold' } | { readonly do: 'confirm' };

export type StepOutcome =
  | { readonly of: 'hold'; readonly ok: true }
  | { readonly of: 'hold'; readonly ok: false; readonly failure: Failure }
  | { readonly of: 'confirm'; readonly ok: true; readonly tickets: readonly IssuedTicket[] }
  | { readonly of: 'confirm'; readonly ok: false; readonly failure: Failure };

export function nextStep(order: Order): Step | undefined {
  switch (order.state) {
    case 'placed':
      return { do: 'hold' };
    case 'firm':
      return { do: 'confirm' };
    case 'completed':
    case 'refused':
    case 'released':
      return undefined;
  }
}

/** The order after an outcome; undefined when the outcome no longer applies (a repeat, or a late answer). */
export function applyOutcome(order: Order, outcome: StepOutcome): Order | undefined {
  if (nextStep(order)?.do !== outcome.of) return undefined;
  switch (outcome.of) {
    case 'hold':
      return outcome.ok ? { ...order, state: 'firm' } : { ...order, state: 'refused', failure: outcome.failure };
    case 'confirm':
      return outcome.ok
        ? { ...order, state: 'completed', tickets: outcome.tickets }
        : { ...order, state: 'released', failure: outcome.failure };
  }
}
