import { eq, sql, type SQL } from 'drizzle-orm';
import type { EpochMs } from '#shared/time.ts';
import type { Database, Statement } from '../database.ts';
import { ledgerAccounts, ledgerRequests, ledgerTransfers } from '../schema/index.ts';
import type { LedgerRow } from './ledger-rows.ts';

/** What was asked for, once: asked again it is answered as it was, and other content under its id is refused. */
export type LedgerRequest = { readonly id: string; readonly content: string; readonly atMs: EpochMs };

/** Condition: nobody was answered under this id yet. */
export function isUnanswered({ id }: Pick<LedgerRequest, 'id'>): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${ledgerRequests} WHERE "id" = ${id})`;
}

/** Condition: it was done, this very request: other content under the id finds nothing to go on from. */
export function wasDone({ id, content }: LedgerRequest): SQL {
  return sql`EXISTS (SELECT 1 FROM ${ledgerRequests}
    WHERE "id" = ${id} AND "content" = ${content} AND "outcome" = 'done')`;
}

/** Condition: each account that these rows debit has what they take of it, over and above what others have set aside. */
export function isAvailable(rows: readonly LedgerRow[]): SQL {
  const taken = rows.map(({ debit, amountMinor }) => [debit, amountMinor]);
  return sql`NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(taken)}) AS taken
    LEFT JOIN ${ledgerAccounts} ON ${ledgerAccounts.id} = taken.value->>0
    WHERE COALESCE(${ledgerAccounts.creditsPosted} - ${ledgerAccounts.debitsPosted} - ${ledgerAccounts.debitsPending}, 0)
      < taken.value->>1)`;
}

/** Condition: some row with one of these ids, or ending one of them, stands in a phase. */
export function standsAs(phase: 'posted' | 'pending' | 'post' | 'void', ids: readonly string[]): SQL {
  const column = phase === 'post' || phase === 'void' ? sql`"pending_id"` : sql`"transfer_id"`;
  return sql`EXISTS (SELECT 1 FROM ${ledgerTransfers} WHERE "phase" = ${phase}
    AND ${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)})))`;
}

/** Statement, right behind the conditional rows in their batch: records whether they stand now. Answered once. */
export function answerRequest(db: Database, { id, content, atMs }: LedgerRequest, isDone: SQL): Statement {
  return db.insert(ledgerRequests)
    .select(sql`SELECT ${id}, ${content}, CASE WHEN ${isDone} THEN 'done' ELSE 'balance_too_low' END, ${atMs}
    WHERE ${isUnanswered({ id })}`);
}

/** Statement: whatever comes under this id later comes too late. */
export function endRequest(db: Database, { id, content, atMs }: LedgerRequest): Statement {
  return db
    .insert(ledgerRequests)
    .select(sql`SELECT ${id}, ${content}, 'ended', ${atMs} WHERE ${isUnanswered({ id })}`);
}

/** What stands under the id, as a statement of the same batch. */
export function readRequest(db: Database, id: string) {
  return db
    .select({ content: ledgerRequests.content, outcome: ledgerRequests.outcome })
    .from(ledgerRequests)
    .where(eq(ledgerRequests.id, id));
}
