import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { GroupScope } from '../common/commit-group.ts';
import { allBooks, expectRows, type InventoryLookup } from './books.ts';
import type { InventoryContext } from './context.ts';
import { expireDue } from './holds.ts';
import { expireGoods } from './shop-holds.ts';
import { noteMoves } from './ticket-moves.ts';

type Hooks = {
  /** A group begins: the instant all its decisions bear. */
  readonly takeInstant: () => void;
  /** What memory says of storage may be wrong: it is read anew. */
  readonly forget: () => void;
  /** After the commit, with what was appended to the log. */
  readonly committed: (written: readonly LogEntry<InventoryEntry>[]) => void;
};

/** What a commit group of the inventory keeps beside its items' own rows: log, stock, counters, books, and how to take each back. */
export function inventoryScope(
  context: InventoryContext,
  { takeInstant, forget, committed }: Hooks,
): GroupScope<InventoryLookup> {
  const { log, stock, counters } = context;
  const books = allBooks(context.books);
  let written: readonly LogEntry<InventoryEntry>[] = [];
  return {
    begin(lookups) {
      takeInstant();
      log.begin();
      stock.begin();
      counters.begin();
      forget();
      for (const book of books) book.open();
      expireDue(context);
      if (context.shop.isShop()) expireGoods(context);
      expectRows(context.books, lookups);
    },
    mark() {
      const undos = [log.mark(), stock.mark(), counters.mark(), forget, ...books.map((book) => () => book.forget())];
      return () => {
        for (const undo of undos) undo();
      };
    },
    settle() {
      for (const book of books) book.settle();
    },
    finish() {
      for (const book of books) book.settle();
      for (const book of books) book.close();
      counters.write();
      const stocks = stock.write();
      if (stocks.length > 0) log.append({ kind: 'stock.stands', stocks });
      written = log.write();
      noteMoves(context, written);
    },
    failed() {
      forget();
      for (const book of books) book.close();
    },
    committed: () => committed(written),
  };
}
