import { desc } from 'drizzle-orm';
import type { DeskEntry, InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Database } from '../database.ts';
import { poisonEntries, projectionCursors, projectionLag } from '../schema/index.ts';

/** What a pull saw of a source: its newest entry, and how old the oldest one was that had not been read. */
export type Reading = {
  readonly source: string;
  readonly headSeq: number;
  readonly lagMs: number;
  readonly measuredAtMs: number;
};

/** As a statement of the batch that moves the cursor, so that both always agree. */
export function noteReading(db: Database, reading: Reading & { readonly cursorSeq: number }) {
  const { source: _key, ...seen } = reading;
  return db.insert(projectionLag).values(reading).onConflictDoUpdate({ target: projectionLag.source, set: seen });
}

type Aside = {
  readonly source: string;
  readonly entry: LogEntry<InventoryEntry> | LogEntry<DeskEntry>;
  readonly why: string;
  readonly nowMs: number;
};

export function setAside(db: Database, { source, entry, why, nowMs }: Aside) {
  const { seq } = entry;
  const row = { id: `${source}/${seq}`, source, seq, entry: JSON.stringify(entry), why, setAsideAtMs: nowMs };
  return db.insert(poisonEntries).values(row).onConflictDoNothing();
}

/** More than a page shows is not read: somebody is then needed at the cause, not at the list. */
export const shownPoison = 50;
const shownSources = 500;

export async function readProjectionHealth(db: Database) {
  const [sources, poison] = await db.batch([
    db.select().from(projectionLag).orderBy(desc(projectionLag.measuredAtMs)).limit(shownSources),
    db.select().from(poisonEntries).orderBy(desc(poisonEntries.setAsideAtMs)).limit(shownPoison),
  ]);
  return { sources, poison };
}

/** Every log that was ever read. */
export async function projectionSources(db: Database): Promise<string[]> {
  const rows = await db.select({ source: projectionCursors.source }).from(projectionCursors);
  return rows.map(({ source }) => source).toSorted();
}
