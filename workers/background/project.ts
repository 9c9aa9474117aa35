import { moveCursor, projectDeskEntry, projectInventoryEntry, readCursor } from '#d1/queries/projection.ts';
import type { DeskEntry, InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Services } from '#workers/services.ts';

type Entry = LogEntry<InventoryEntry> | LogEntry<DeskEntry>;
type Statement = ReturnType<typeof moveCursor>;

/** An object's log as the projection reads it. */
type Source = {
  readonly readAfter: (seq: number) => Promise<{ entries: Entry[] }>;
  readonly project: (entry: Entry) => Statement[];
};

/** D1 takes a limited number of statements in a batch; a page longer than this is committed in parts. */
const statementsPerBatch = 400;
const pagesPerRing = 50;

/**
 * Pulls what an object decided since D1's cursor and commits rows and cursor together. Called at each ring of the
 * doorbell; rings may be lost, repeated and reordered. True when the object has been read to its end.
 */
export async function project(services: Services, sourceName: string): Promise<boolean> {
  const source = openSource(services, sourceName);
  if (source === undefined) return true;
  let cursor = await readCursor(services.db, sourceName);
  for (let page = 0; page < pagesPerRing; page += 1) {
    const { entries } = await source.readAfter(cursor);
    if (entries.length === 0) return true;
    for (const part of inParts(entries, source.project)) {
      await queueWhatFollows(services, part.entries);
      await services.db.batch([moveCursor(services.db, sourceName, cursor, part.lastSeq), ...part.statements]);
      cursor = part.lastSeq;
    }
  }
  return false;
}

function openSource(services: Services, name: string): Source | undefined {
  const [kind, id] = splitOnce(name);
  if (kind === 'inventory') {
    return {
      readAfter: (seq) => services.inventory(id).readLog(seq),
      project: (entry) => projectInventoryEntry(services.db, id, entry as LogEntry<InventoryEntry>),
    };
  }
  if (kind === 'desk') {
    return {
      readAfter: (seq) => services.desk(id).readLog(seq),
      project: (entry) => projectDeskEntry(services.db, entry as LogEntry<DeskEntry>),
    };
  }
  console.error('doorbell of an unknown kind', kind);
  return undefined;
}

/**
 * Messages that entries give rise to. Queued before the cursor moves, so that a crash in between repeats them instead of
 * losing them; each carries an idempotency key, and a repeat is dropped where it is sent.
 */
async function queueWhatFollows(services: Services, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.kind === 'waitlist.offered' || entry.kind === 'waitlist.lapsed') {
      const { entryId } = entry;
      const offerEndsAtMs = entry.kind === 'waitlist.offered' ? entry.endsAtMs : undefined;
      const kind = entry.kind === 'waitlist.offered' ? 'waitlist_offered' : 'waitlist_lapsed';
      await services.queueMessage({ kind, entryId, offerEndsAtMs });
    }
    if (entry.kind !== 'order.moved') continue;
    const { orderId, state } = entry;
    if (state === 'completed') await services.queueMessage({ kind: 'order_confirmation', orderId });
    if (state === 'refunded') await services.queueMessage({ kind: 'order_refunded', orderId });
  }
}

function* inParts(entries: readonly Entry[], projectEntry: Source['project']) {
  let statements: Statement[] = [];
  let taken: Entry[] = [];
  for (const entry of entries) {
    statements.push(...projectEntry(entry));
    taken.push(entry);
    if (statements.length >= statementsPerBatch || entry === entries.at(-1)) {
      yield { statements, entries: taken, lastSeq: entry.seq };
      statements = [];
      taken = [];
    }
  }
}

function splitOnce(name: string): [string, string] {
  const at = name.indexOf(':');
  return [name.slice(0, at), name.slice(at + 1)];
}
