import type { Currency } from '../money/money.ts';
import type { EpochMs } from '../time.ts';

/** Points and cash never mix: a transfer is in one unit, and an account holds one. */
export type Unit = Currency | 'PTS';

/**
 * An account by what it is for, the unit last: `gateway/stripe/GBP`, `suspense/orders/GBP`, `business/<id>/GBP`,
 * `fees/platform/GBP`, `tax/<country>/GBP`, `promotion/<business|platform>/GBP`, `customer/<id>/cash/GBP`,
 * `customer/<id>/points`, `points/issued`, `refunds/payable/GBP`, `receivable/<customer>/GBP`, `disputes/GBP`,
 * `bank/platform/GBP`.
 */
export type AccountId = string;

/** One row: money that moves. Debit and credit stand in it together, so that an imbalance cannot be written (I4). */
export type Transfer = {
  /** Made of what caused it, so that a replay posts nothing twice. */
  readonly transferId: string;
  readonly debit: AccountId;
  readonly credit: AccountId;
  /** Positive, in the unit's minor units. */
  readonly amountMinor: number;
  readonly unit: Unit;
  readonly cause: string;
  readonly orderId?: string | undefined;
  readonly atMs: EpochMs;
};
