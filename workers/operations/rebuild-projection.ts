import {
  adoptShadow,
  closeShadow,
  compareShadow,
  openShadow,
  type Shadow,
  type TableDifference,
} from '#d1/queries/shadow-tables.ts';
import { feedKeptMs } from '#d1/queries/wallet-changes.ts';
import { openSource, type LogSource, type Reader } from './log-sources.ts';
import { project } from './project-log.ts';

export type Rebuilt = {
  readonly source: string;
  /** The last entry both sides had read when they were compared. */
  readonly seq: number;
  readonly differences: readonly TableDifference[];
  /** Whether the rebuilt rows now stand. */
  readonly isAdopted: boolean;
};

/** An object that is busy writes while both sides read; after so many looks it is too busy to be compared. */
const looks = 10;

/**
 * Reads a source's log from zero into fresh tables, by the code that reads it every day, and compares with what stands
 * (I9). `adopt` puts the fresh rows in place where they differ: how an entry that was set aside comes back in its right
 * order once the code can read it. Undefined for a source nobody knows.
 */
export async function rebuildProjection(
  reader: Reader,
  sourceName: string,
  { adopt }: { readonly adopt: boolean },
): Promise<Rebuilt | undefined> {
  const source = openSource(reader, sourceName);
  if (source === undefined) return undefined;
  const binding = reader.db.$client;
  const shadow = await openShadow(binding, reader.clock());
  try {
    const { seq, differences } = await compareAtRest(reader, source, shadow);
    const isDifferent = differences.some(({ missing, surplus }) => missing.length + surplus.length > 0);
    // Adopted even without a difference: an entry set aside may have become one that changes nothing.
    const feedSinceMs = reader.clock() - feedKeptMs;
    if (adopt) await adoptShadow(binding, shadow, sourceName, source.scope, { cursor: seq, feedSinceMs });
    return { source: sourceName, seq, differences: isDifferent ? differences : [], isAdopted: adopt };
  } finally {
    await closeShadow(binding, shadow);
  }
}

/** What follows from an entry was sent when it was first read; a second reading sends nothing and tells nobody. */
async function compareAtRest(reader: Reader, source: LogSource, shadow: Shadow) {
  const silent = () => Promise.resolve();
  const again: Reader = { ...reader, db: shadow.db, queueMessage: silent, tellWallets: silent };
  for (let look = 0; look < looks; look += 1) {
    await readToEnd(reader, source.name);
    await readToEnd(again, source.name);
    const { cursors, differences } = await compareShadow(reader.db.$client, shadow, source.name, source.scope);
    if (cursors.standing === cursors.rebuilt) return { seq: cursors.standing, differences };
  }
  throw new Error(`${source.name} never rested long enough to be compared`);
}

async function readToEnd(reader: Reader, name: string): Promise<void> {
  for (;;) if (await project(reader, name)) return;
}
