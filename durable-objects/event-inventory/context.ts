import type { EventRules } from '#shared/inventory/rules.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryEntry } from '#shared/trail/entries.ts';
import type { Sql } from '../common/group-sql.ts';
import type { SegmentLog } from '../common/segment-log.ts';
import type { InventoryBooks } from './books.ts';
import type { CounterBook } from './counter-book.ts';
import type { KeyRingBook } from './key-rings.ts';
import type { StockBook } from './stock-book.ts';

/** What every concern of the inventory works with inside one commit group. */
export type InventoryContext = {
  /** For all that is not kept in a book. A statement on a booked table is right here too, only slower. */
  readonly sql: Sql;
  readonly books: InventoryBooks;
  readonly log: SegmentLog<InventoryEntry>;
  readonly stock: StockBook;
  readonly counters: CounterBook;
  readonly keyRing: KeyRingBook;
  readonly now: () => EpochMs;
  readonly randomBytes: (length: number) => Uint8Array;
  /** The rules in force, as storage has them; undefined before the first publication. */
  readonly rules: () => EventRules | undefined;
};
