import type { TicketUse } from '#shared/admission/admit.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import { rowInserter } from '../common/insert-rows.ts';
import { smallRowReader } from '../common/read-rows.ts';
import { RowBook } from '../common/row-book.ts';
import type { InventoryContext } from './context.ts';

/** What taking a scan back restores. */
export type Undo = {
  readonly ticketId: string;
  readonly typeId: string;
  readonly deviceId: string;
  readonly gateId: string;
  readonly before: TicketUse;
  readonly moved: Readonly<Record<string, number>>;
  /** The ticket's passage before this one; absent in those from before they named each other. */
  readonly previousScanId?: string | null;
};

type Kept = {
  readonly scanId: string;
  readonly digest: string;
  readonly verdict: Verdict;
  /** Undefined when nothing was changed. */
  readonly undo?: Undo | undefined;
  /** When it was; now, unless a scanner told of it later. */
  readonly atMs?: EpochMs;
};

/** A kept answer; what only an undo needs is written with it and not read again with it. */
export type AnswerRow = {
  readonly scanId: string;
  readonly digest: string;
  readonly verdict: string;
  readonly ticketId?: string | null;
  readonly before?: string | null;
  readonly atMs?: EpochMs;
};

const readAnswers = smallRowReader<{ scanId: string; digest: string; verdict: string }>({
  table: 'scans',
  key: 'scan_id',
  columns: { scanId: 'scan_id', digest: 'request_digest', verdict: 'verdict' },
});
const insertAnswers = rowInserter('scans', ['scan_id', 'request_digest', 'verdict', 'ticket_id', 'before', 'at_ms']);

/** Answers given before, and those of one group. */
export function answerBook(sql: Sql): RowBook<AnswerRow> {
  return new RowBook<AnswerRow>({
    table: 'scans',
    keyOf: ({ scanId }) => scanId,
    read: (scanIds) => readAnswers(sql, scanIds),
    write: (rows) => {
      insertAnswers(
        sql,
        rows.map(({ scanId, digest, verdict, ticketId = null, before = null, atMs = null }) => {
          return [scanId, digest, verdict, ticketId, before, atMs];
        }),
      );
    },
  });
}

type UndoRow = { verdict: string; before: string | null; atMs: number | null; undoneBy: string | null };

/** The answer this key was given before; refused when it comes with another payload (I5). */
export function knownAnswer(
  { books }: InventoryContext,
  scanId: string,
  isSame: (digest: string) => boolean,
): Result<Verdict, 'idempotency_key_reused'> | undefined {
  const row = books.answers.get(scanId);
  if (row === undefined) return undefined;
  return isSame(row.digest) ? ok(JSON.parse(row.verdict) as Verdict) : fail('idempotency_key_reused');
}

export function keepAnswer(
  { books, now }: InventoryContext,
  { scanId, digest, verdict, undo, atMs = now() }: Kept,
): void {
  books.answers.put({
    scanId,
    digest,
    verdict: JSON.stringify(verdict),
    ticketId: undo?.ticketId ?? null,
    before: undo === undefined ? null : JSON.stringify(undo),
    atMs,
  });
}

/** A kept answer with what taking it back takes; undefined for an unknown scan. */
export function readUndo({ sql }: InventoryContext, scanId: string) {
  const [row] = sql
    .exec<UndoRow>('SELECT verdict, before, at_ms AS atMs, undone_by AS undoneBy FROM scans WHERE scan_id = ?', scanId)
    .toArray();
  if (row === undefined) return undefined;
  const undo = row.before === null ? undefined : (JSON.parse(row.before) as Undo);
  return { verdict: JSON.parse(row.verdict) as Verdict, undo, atMs: row.atMs ?? 0, undoneBy: row.undoneBy };
}

export function markUndone({ sql }: InventoryContext, scanId: string, deviceId: string): void {
  sql.exec('UPDATE scans SET undone_by = ? WHERE scan_id = ?', deviceId, scanId);
}
