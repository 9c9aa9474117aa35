import { sql } from 'drizzle-orm';
import type { AccountId } from '#shared/ledger/accounts.ts';
import type { GatewayMovement } from '#shared/ledger/reconcile.ts';
import type { Unit } from '#shared/ledger/transfer.ts';
import { trialLine, type TrialLine } from '#shared/ledger/trial-balance.ts';
import { currencies } from '#shared/money/money.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Database } from '../database.ts';
import { ledgerAccounts, ledgerOpenItems, ledgerPending, ledgerTransfers, orders } from '../schema/index.ts';

/** Every account by its id, but customers' by kind: there are as many of those as customers. */
export async function trialLines(db: Database): Promise<TrialLine[]> {
  const rows = await db.all<{ account: string; unit: Unit; debitsPosted: number; creditsPosted: number }>(sql`SELECT
      CASE "kind" WHEN 'cash' THEN 'customer/*/cash/' || "unit" WHEN 'points' THEN 'customer/*/points'
        WHEN 'receivable' THEN 'receivable/*/' || "unit" ELSE "id" END AS "account", "unit",
      SUM("debits_posted") AS "debitsPosted", SUM("credits_posted") AS "creditsPosted"
    FROM ${ledgerAccounts} GROUP BY 1, 2 HAVING SUM("debits_posted" + "credits_posted") > 0
    ORDER BY "unit" = 'PTS', "unit", "kind", 1`);
  return rows.map(({ account, unit, ...sums }) => trialLine(account, unit, sums));
}

/** Accounts whose kept sums are not those of their transfers: each transfer is read, so this is for a command, not a page. */
export function driftedAccounts(db: Database): Promise<{ id: AccountId }[]> {
  const side = (column: 'debit' | 'credit') => sql`SELECT ${sql.raw(`"${column}"`)} AS "account",
    SUM(CASE WHEN "phase" IN ('posted', 'post') THEN "amount_minor" ELSE 0 END) AS "posted",
    SUM(CASE "phase" WHEN 'posted' THEN 0 WHEN 'pending' THEN "amount_minor" ELSE -"amount_minor" END) AS "pending"
    FROM ${ledgerTransfers} GROUP BY 1`;
  return db.all<{ id: AccountId }>(sql`SELECT "id" FROM ${ledgerAccounts}
    LEFT JOIN (${side('debit')}) AS d ON d."account" = "id" LEFT JOIN (${side('credit')}) AS c ON c."account" = "id"
    WHERE "debits_posted" <> COALESCE(d."posted", 0) OR "debits_pending" <> COALESCE(d."pending", 0)
      OR "credits_posted" <> COALESCE(c."posted", 0) OR "credits_pending" <> COALESCE(c."pending", 0)`);
}

export type OpenItem = {
  readonly accountId: AccountId;
  readonly orderId: string;
  readonly balanceMinor: number;
  readonly sinceMs: EpochMs;
  /** As the read model knows it; null before the order was read. */
  readonly state: string | null;
};

/** What orders still have on accounts that come back to zero, oldest first. */
export function openItems(db: Database, limit: number): Promise<OpenItem[]> {
  return db.all<OpenItem>(sql`SELECT "account_id" AS "accountId", "order_id" AS "orderId", "balance_minor" AS "balanceMinor",
      "since_ms" AS "sinceMs", ${orders.state} AS "state"
    FROM ${ledgerOpenItems} LEFT JOIN ${orders} ON ${orders.id} = "order_id" ORDER BY "since_ms" LIMIT ${limit}`);
}

export type PendingItem = {
  readonly transferId: string;
  readonly orderId: string | null;
  readonly amountMinor: number;
  readonly unit: Unit;
  readonly atMs: EpochMs;
};

/** What was set aside for an order before an instant and never ended. A payout waits for a bank, as long as that takes. */
export function pendingSince(db: Database, beforeMs: EpochMs, limit: number): Promise<PendingItem[]> {
  return db.all<PendingItem>(sql`SELECT ${ledgerTransfers.transferId} AS "transferId", "order_id" AS "orderId",
      "amount_minor" AS "amountMinor", "unit", ${ledgerPending.atMs} AS "atMs"
    FROM ${ledgerPending} JOIN ${ledgerTransfers} ON ${ledgerTransfers.transferId} = ${ledgerPending.transferId}
    WHERE ${ledgerPending.atMs} < ${beforeMs} AND "order_id" IS NOT NULL ORDER BY ${ledgerPending.atMs} LIMIT ${limit}`);
}

/** What the ledger says moved at a gateway, by order. */
export async function gatewayMovements(
  db: Database,
  gateway: string,
  { fromMs, untilMs }: { readonly fromMs: EpochMs; readonly untilMs: EpochMs },
): Promise<GatewayMovement[]> {
  const lists = await Promise.all(
    currencies.map((currency) => {
      const account = `gateway/${gateway}/${currency}`;
      return db.all<GatewayMovement>(sql`SELECT COALESCE("order_id", "transfer_id") AS "ref", "unit" AS "currency",
          "amount_minor" AS "amountMinor", "at_ms" AS "atMs",
          CASE "cause" WHEN 'money.captured' THEN 'captured' WHEN 'dispute.opened' THEN 'disputed'
            WHEN 'dispute.won' THEN 'dispute_returned' WHEN 'dispute.fee' THEN 'dispute_fee'
            WHEN 'dispute.fee_returned' THEN 'fee_returned' ELSE 'returned' END AS "kind"
        FROM ${ledgerTransfers}
        WHERE ("debit" = ${account} OR "credit" = ${account}) AND "at_ms" >= ${fromMs} AND "at_ms" < ${untilMs}
          AND "phase" IN ('posted', 'post')`);
    }),
  );
  return lists.flat();
}

/** Orders that payments at a gateway were captured for, by the gateway's names of them. */
export async function ordersOfPayments(db: Database, references: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.all<{
    reference: string;
    orderId: string;
  }>(sql`SELECT DISTINCT "reference", "order_id" AS "orderId"
    FROM ${ledgerTransfers} WHERE "cause" = 'money.captured' AND "order_id" IS NOT NULL
      AND "reference" IN (SELECT value FROM json_each(${JSON.stringify(references)}))`);
  return new Map(rows.map(({ reference, orderId }) => [reference, orderId]));
}
