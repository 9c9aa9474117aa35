import type { Currency } from '../money/money.ts';
import type { EpochMs } from '../time.ts';
import { accountOf, type AccountId } from './accounts.ts';

/** What an account counts. Points and cash never mix, nor do two currencies. */
export type Unit = Currency | 'PTS';

/**
 * Money, or points, moving from one account to another: one row for both sides, so that imbalance cannot be written (I4).
 * `amountMinor` is positive and whole: minor units of a currency, or points.
 */
export type Transfer = {
  /** Made from what caused it (`ord_…/earned/0/net`), so that a replay posts nothing twice (I5). */
  readonly transferId: string;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amountMinor: number;
  readonly unit: Unit;
  readonly cause: string;
  readonly orderId?: string | undefined;
  /** The gateway's or the bank's name of it, by which it is found in their own lists. */
  readonly reference?: string | undefined;
  /** The event or shop that earned it: what a business's earnings are listed by. */
  readonly aboutId?: string | undefined;
  readonly atMs: EpochMs;
};

export type TransferFault = 'amount' | 'same_account' | 'unknown_account' | 'unit';

/** Why a transfer may never be written; undefined when it may. The database asks the same again, of every row. */
export function transferFault({ debit, credit, amountMinor, unit }: Transfer): TransferFault | undefined {
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return 'amount';
  if (debit === credit) return 'same_account';
  const [from, to] = [accountOf(debit), accountOf(credit)];
  if (from === undefined || to === undefined) return 'unknown_account';
  return from.unit === unit && to.unit === unit ? undefined : 'unit';
}
