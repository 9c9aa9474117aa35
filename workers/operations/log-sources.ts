import { changesOfDeskEntry, changesOfInventoryEntry } from '#d1/queries/wallet-changes.ts';
import { projectDeskEntry, projectInventoryEntry, type moveCursor } from '#d1/queries/projection.ts';
import type { DocumentFigures } from '#shared/documents/document.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import type { Transfer } from '#shared/ledger/transfer.ts';
import type { DeskEntry, InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Services } from '#workers/services.ts';

export type ProjectedEntry = LogEntry<InventoryEntry> | LogEntry<DeskEntry>;
export type Statement = ReturnType<typeof moveCursor>;

/** What reading logs into read models needs: the database they are in, the objects, and ways to send what follows. */
export type Reader = Pick<Services, 'db' | 'inventory' | 'desk' | 'clock' | 'queueMessage' | 'tellWallets'>;

/** An object's log as the projection reads it. */
export type LogSource = {
  readonly name: string;
  readonly readAfter: (seq: number) => Promise<{ entries: ProjectedEntry[]; headSeq: number }>;
  /** Throws for an entry this code does not know. */
  readonly project: (entry: ProjectedEntry) => Statement[];
  /** What it says in wallets' change feed. Run after the rows, which these statements read. */
  readonly changes: (entry: ProjectedEntry) => Statement[];
  /** What it asks the ledger for. Throws for an entry that does not add up. */
  readonly postings: (entry: ProjectedEntry) => readonly Transfer[];
  /** What its sellers write about it. */
  readonly documents: (entry: ProjectedEntry) => readonly DocumentFigures[];
  /** Which read-model rows come from it: those of an event, or the orders of a desk. */
  readonly scope: { readonly eventId: string } | { readonly desk: string };
};

/** Sources are named by the object that keeps the log: `inventory:<event id>` or `desk:<desk>`. */
export function openSource(reader: Reader, name: string): LogSource | undefined {
  const [kind, id] = splitOnce(name);
  if (kind === 'inventory') {
    return {
      name,
      readAfter: (seq) => reader.inventory(id).readLog(seq),
      project: (entry) => projectInventoryEntry(reader.db, id, entry as LogEntry<InventoryEntry>),
      changes: (entry) => changesOfInventoryEntry(reader.db, name, entry as LogEntry<InventoryEntry>),
      postings: () => [],
      documents: () => [],
      scope: { eventId: id },
    };
  }
  if (kind === 'desk') {
    return {
      name,
      readAfter: (seq) => reader.desk(id).readLog(seq),
      project: (entry) => projectDeskEntry(reader.db, entry as LogEntry<DeskEntry>),
      changes: (entry) => changesOfDeskEntry(reader.db, name, entry as LogEntry<DeskEntry>),
      postings: (entry) => deskPostings(entry as LogEntry<DeskEntry>),
      documents: (entry) => ('documents' in entry ? (entry.documents ?? []) : []),
      scope: { desk: id },
    };
  }
  return undefined;
}

/** Of a kind this code does not know, nothing: `project` says so. */
function deskPostings(entry: LogEntry<DeskEntry>): readonly Transfer[] {
  return entry.kind === 'order.moved' ? [] : (postingsOf(entry) ?? []);
}

function splitOnce(name: string): [string, string] {
  const at = name.indexOf(':');
  return [name.slice(0, at), name.slice(at + 1)];
}
