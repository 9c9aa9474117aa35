import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { GroupScope } from '../common/commit-group.ts';
import type { InventoryContext } from './context.ts';
import { expireDue } from './holds.ts';

type Hooks = {
  /** A group begins: the instant all its decisions bear. */
  readonly takeInstant: () => void;
  /** What memory says of storage may be wrong: it is read anew. */
  readonly forget: () => void;
  /** After the commit, with what was appended to the log. */
  readonly committed: (written: readonly LogEntry<InventoryEntry>[]) => void;
};

/** What a commit group of the inventory keeps beside its items' own rows: log, stock, counters, and how to take each back. */
export function inventoryScope(context: InventoryContext, { takeInstant, forget, committed }: Hooks): GroupScope {
  const { log, stock, counters } = context;
  let written: readonly LogEntry<InventoryEntry>[] = [];
  return {
    begin() {
      takeInstant();
      log.begin();
      stock.begin();
      counters.begin();
      forget();
      expireDue(context);
    },
    mark() {
      const undos = [log.mark(), stock.mark(), counters.mark(), forget];
      return () => {
        for (const undo of undos) undo();
      };
    },
    finish() {
      counters.write();
      const stocks = stock.write();
      if (stocks.length > 0) log.append({ kind: 'stock.stands', stocks });
      written = log.write();
    },
    failed: forget,
    committed: () => committed(written),
  };
}
