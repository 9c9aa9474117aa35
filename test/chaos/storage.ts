import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Segment } from '#objects/common/segment-log.ts';
import type { InventoryStore } from './audit.ts';

export type Stores = {
  readonly inventories: readonly InventoryStore[];
  /** Logs of the other objects. */
  readonly chains: readonly (readonly Segment[])[];
};

const segments = `SELECT first_seq AS firstSeq, last_seq AS lastSeq, previous_hash AS previousHash, entries, hash
  FROM log_segments ORDER BY first_seq`;

/** Every object's database file in a folder nobody serves any more, read without the code that wrote it. */
export function readStores(dataDir: string): Stores {
  const inventories: InventoryStore[] = [];
  const chains: Segment[][] = [];
  for (const path of globSync('**/*.sqlite', { cwd: dataDir })) {
    const db = new DatabaseSync(join(dataDir, path));
    try {
      const all = <Row>(sql: string) => db.prepare(sql).all() as Row[];
      const tables = new Set(all<{ name: string }>('SELECT name FROM sqlite_master').map(({ name }) => name));
      if (!tables.has('log_segments')) continue;
      if (!tables.has('stock')) chains.push(all<Segment>(segments));
      else {
        inventories.push({
          stock: all('SELECT stock_id AS stockId, capacity, held, sold FROM stock'),
          holds: all('SELECT hold_id AS holdId, status, lines FROM holds'),
          tickets: all('SELECT ticket_id AS ticketId, type_id AS typeId, status FROM tickets'),
          segments: all<Segment>(segments),
        });
      }
    } finally {
      db.close();
    }
  }
  return { inventories, chains };
}
