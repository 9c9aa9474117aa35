import { inArray, sql } from 'drizzle-orm';
import { accountOf, cashAccount, pointsAccount, type AccountId } from '#shared/ledger/accounts.ts';
import type { TransferPhase } from '#shared/ledger/two-phase.ts';
import { availableOf, balanceOf } from '#shared/ledger/trial-balance.ts';
import { currencies, type Currency } from '#shared/money/money.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Database } from '../database.ts';
import { ledgerAccounts, ledgerTransfers } from '../schema/index.ts';

/** `balanceMinor` is the owner's; of it, `availableMinor` is not set aside for an order under way. Points count whole. */
export type Balance = { readonly balanceMinor: number; readonly availableMinor: number };

export type CustomerBalances = {
  /** Currencies the customer ever had money in. */
  readonly cash: readonly ({ readonly currency: Currency } & Balance)[];
  readonly points: { readonly balance: number; readonly available: number };
};

/** What a customer has with us. Five keys are looked up, however many customers and transfers there are. */
export async function balancesOf(db: Database, customerId: string): Promise<CustomerBalances> {
  const ids = [...currencies.map((currency) => cashAccount(customerId, currency)), pointsAccount(customerId)];
  const rows = await db.select().from(ledgerAccounts).where(inArray(ledgerAccounts.id, ids));
  const found = new Map(rows.map((row) => [row.id, row]));
  const points = found.get(pointsAccount(customerId));
  return {
    cash: currencies.flatMap((currency) => {
      const row = found.get(cashAccount(customerId, currency));
      if (row === undefined) return [];
      return [{ currency, balanceMinor: balanceOf('credit', row), availableMinor: availableOf('credit', row) }];
    }),
    points: {
      balance: points === undefined ? 0 : balanceOf('credit', points),
      available: points === undefined ? 0 : availableOf('credit', points),
    },
  };
}

export type StatementLine = {
  readonly seq: number;
  readonly atMs: EpochMs;
  readonly phase: Exclude<TransferPhase, 'pending' | 'void'>;
  readonly cause: string;
  readonly orderId: string | null;
  /** Where it came from or went to. */
  readonly other: string;
  /** Positive: in. */
  readonly changeMinor: number;
  /** What stood after it. */
  readonly balanceMinor: number;
};

/**
 * What moved on an account, newest first, each with the balance after it. Only what was posted: what is set aside has not
 * happened yet. The whole account is read for its running balance: this is for people's accounts, which have hundreds of
 * rows, not for those that every order touches.
 */
export function statementOf(
  db: Database,
  accountId: AccountId,
  { beforeSeq, limit }: { readonly beforeSeq?: number | undefined; readonly limit: number },
): Promise<StatementLine[]> {
  const sign = accountOf(accountId)?.normalSide === 'debit' ? -1 : 1;
  return db.all<StatementLine>(sql`SELECT * FROM (
      SELECT "seq", "at_ms" AS "atMs", "phase", "cause", "order_id" AS "orderId",
        CASE "credit" WHEN ${accountId} THEN "debit" ELSE "credit" END AS "other",
        ${sign} * CASE "credit" WHEN ${accountId} THEN "amount_minor" ELSE -"amount_minor" END AS "changeMinor",
        ${sign} * SUM(CASE "credit" WHEN ${accountId} THEN "amount_minor" ELSE -"amount_minor" END)
          OVER (ORDER BY "seq") AS "balanceMinor"
      FROM ${ledgerTransfers}
      WHERE ("debit" = ${accountId} OR "credit" = ${accountId}) AND "phase" IN ('posted', 'post'))
    WHERE "seq" < ${beforeSeq ?? Number.MAX_SAFE_INTEGER} ORDER BY "seq" DESC LIMIT ${limit}`);
}
