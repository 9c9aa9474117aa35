import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';

type Move = { atMs: number; generation: number; status: string };

/**
 * Notes when tickets became what: a scanner without network may have let somebody in before a refund that was made while it
 * was away, and is not to be blamed for it. Read off the log, which every change of a ticket is written to.
 */
export function noteMoves({ sql }: Pick<InventoryContext, 'sql'>, written: readonly LogEntry<InventoryEntry>[]): void {
  for (const entry of written) {
    if (!isMove(entry)) continue;
    sql.exec(
      'INSERT OR REPLACE INTO ticket_moves (ticket_id, at_ms, generation, status) VALUES (?, ?, ?, ?)',
      entry.ticketId,
      entry.atMs,
      entry.generation,
      entry.status,
    );
  }
}

type Moved = Extract<InventoryEntry, { kind: 'ticket.moved' | 'ticket.transferred' | 'ticket.reissued' }>;

/** Codes end by being given and made anew as well, each under a generation of its own. */
function isMove(entry: LogEntry<InventoryEntry>): entry is LogEntry<Moved> {
  return entry.kind === 'ticket.moved' || entry.kind === 'ticket.transferred' || entry.kind === 'ticket.reissued';
}

/** Whether a ticket was worth nothing at an instant, or its code of that generation was. */
export function wasVoidAt(
  { sql }: Pick<InventoryContext, 'sql'>,
  ticketId: string,
  atMs: EpochMs,
  generation: number | undefined,
): boolean {
  const moves = sql
    .exec<Move>(
      'SELECT at_ms AS atMs, generation, status FROM ticket_moves WHERE ticket_id = ? AND at_ms <= ? ORDER BY at_ms',
      ticketId,
      atMs,
    )
    .toArray();
  const last = moves.at(-1);
  if (last === undefined) return false;
  const isReplaced = generation !== undefined && last.generation > generation;
  return isReplaced || last.status === 'refunded' || last.status === 'suspended';
}
