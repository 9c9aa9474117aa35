import { sql, type SQL } from 'drizzle-orm';
import { accountOf } from '#shared/ledger/accounts.ts';
import type { Transfer } from '#shared/ledger/transfer.ts';
import type { TransferPhase } from '#shared/ledger/two-phase.ts';
import type { Database, Statement } from '../database.ts';
import { ledgerAccounts, ledgerTransfers } from '../schema/index.ts';

/** A transfer as a row: at once, set aside, or the end of one that was. */
export type LedgerRow = Transfer & {
  readonly phase?: TransferPhase;
  /** Of a `post` or `void`: what it ends. */
  readonly pendingId?: string;
};

/** Of a statement: well within what D1 takes as one bound value (2 MB), and done in some milliseconds. */
const rowsPerStatement = 1_000;

/**
 * Statements that open the accounts and write the rows, set-wise: two for each thousand, whatever they are. A row that stands
 * already is passed over; anything that may never be written makes the database refuse the whole batch.
 */
export function writeTransfers(db: Database, transfers: readonly LedgerRow[]): Statement[] {
  const parts = Array.from({ length: Math.ceil(transfers.length / rowsPerStatement) }, (_, part) =>
    transfers.slice(part * rowsPerStatement, (part + 1) * rowsPerStatement),
  );
  return parts.flatMap((part) => [openAccounts(db, part), insertRows(db, part, sql`TRUE`)]);
}

/** Statement: accounts that these rows name and nobody opened yet. */
export function openAccounts(db: Database, rows: readonly LedgerRow[]): Statement {
  const ids = new Set(rows.flatMap(({ debit, credit }) => [debit, credit]));
  const accounts = [...ids].flatMap((id) => {
    const account = accountOf(id);
    if (account === undefined) return [];
    const { kind, ownerId, unit, normalSide, isNeverNegative, isClearing } = account;
    return [[id, kind, ownerId, unit, normalSide, Number(isNeverNegative), Number(isClearing)]];
  });
  return db.insert(ledgerAccounts)
    .select(sql`SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6,
      0, 0, 0, 0, 0
    FROM json_each(${JSON.stringify(accounts)}) AS account
    WHERE NOT EXISTS (SELECT 1 FROM ${ledgerAccounts} WHERE "id" = account.value->>0)`);
}

/** Statement: all of these rows, or none where the condition does not hold. Accounts must be open. */
export function insertRows(db: Database, rows: readonly LedgerRow[], condition: SQL): Statement {
  const values = rows.map((row) => [
    row.transferId,
    row.phase ?? 'posted',
    row.pendingId ?? null,
    row.debit,
    row.credit,
    row.amountMinor,
    row.unit,
    row.cause,
    row.orderId ?? null,
    row.reference ?? null,
    row.aboutId ?? null,
    row.atMs,
  ]);
  return db.insert(ledgerTransfers)
    .select(sql`SELECT NULL, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5,
      value->>6, value->>7, value->>8, value->>9, value->>10, value->>11
    FROM json_each(${JSON.stringify(values)}) WHERE ${condition} ORDER BY key`);
}

/** Columns of a row but for its place, which only the table knows. */
export const rowColumnNames = [
  ...(['transfer_id', 'phase', 'pending_id', 'debit', 'credit', 'amount_minor', 'unit'] as const),
  ...(['cause', 'order_id', 'reference', 'about_id', 'at_ms'] as const),
] as const;
