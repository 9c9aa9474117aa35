import type { BalanceState } from '#shared/orders/attempt.ts';
import type { BalanceCall, BalancePort } from '#workers/payments/balance.ts';

/** What a ledger knows of one purse, kept in memory: each attempt's part, and what is left. */
export class Purse implements BalancePort {
  leftMinor: number;
  readonly #states = new Map<string, BalanceState>();

  constructor(leftMinor: number) {
    this.leftMinor = leftMinor;
  }

  reserve = (call: BalanceCall) => {
    return this.#step(call, ['new'], this.leftMinor < amountOf(call) ? 'refused' : 'reserved', -1);
  };

  post = (call: BalanceCall) => this.#step(call, ['reserved'], 'posted', 0);

  unreserve = (call: BalanceCall) => this.#step(call, ['new', 'reserved'], 'void', 1);

  giveBack = (call: BalanceCall) => this.#step(call, ['posted'], 'returned', 1);

  #step(call: BalanceCall, from: readonly BalanceState[], to: BalanceState, sign: 1 | 0 | -1): Promise<BalanceState> {
    const state = this.#states.get(call.attemptId) ?? 'new';
    if (!from.includes(state)) return Promise.resolve(state);
    const moves = to === 'reserved' || state === 'reserved' || state === 'posted';
    if (moves) this.leftMinor += sign * amountOf(call);
    this.#states.set(call.attemptId, to);
    return Promise.resolve(to);
  }
}

function amountOf({ tender }: BalanceCall): number {
  return tender.walletMinor + tender.pointsMinor;
}
