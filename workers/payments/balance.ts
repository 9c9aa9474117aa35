import type { Database } from '#d1/database.ts';
import { stepTender, type TenderStep } from '#d1/queries/ledger-tender.ts';
import type { BalanceState, Tender } from '#shared/orders/attempt.ts';
import type { Currency } from '#shared/money/money.ts';
import type { EpochMs } from '#shared/time.ts';

/** One attempt's part from wallet and points. */
export type BalanceCall = {
  /** The idempotency key: whatever was asked under it before counts. */
  readonly attemptId: string;
  readonly orderId: string;
  /** Whose balance. */
  readonly customerId: string;
  readonly currency: Currency;
  /** Only `walletMinor`, `points` and `pointsMinor` are the ledger's; never all nothing. */
  readonly tender: Tender;
};

/**
 * The ledger as a way to pay. Each operation answers how the attempt's part stands afterwards, whatever it was asked before,
 * so that a repeat or a lost answer is mended by asking again. Throws when the ledger does not answer: then nothing is known.
 */
export type BalancePort = {
  /** Sets it aside, all or nothing: `refused` when there is not enough. Posted, void and returned ones stay so. */
  readonly reserve: (call: BalanceCall) => Promise<BalanceState>;
  /** Takes what was set aside. */
  readonly post: (call: BalanceCall) => Promise<BalanceState>;
  /**
   * Lets go of what was set aside: `void`. Asked before the reserving arrived, it leaves a mark that refuses it. What is posted
   * stays so.
   */
  readonly unreserve: (call: BalanceCall) => Promise<BalanceState>;
  /** Gives back what was posted to an attempt that got no tickets. */
  readonly giveBack: (call: BalanceCall) => Promise<BalanceState>;
};

/** Balances by the ledger in D1: a step is one batch, which decides by what stands and answers how it stands afterwards. */
export function ledgerBalance(db: Database, clock: () => EpochMs): BalancePort {
  const take = (step: TenderStep) => (call: BalanceCall) => stepTender(db, step, call, clock());
  return { reserve: take('reserve'), post: take('post'), unreserve: take('unreserve'), giveBack: take('giveBack') };
}
