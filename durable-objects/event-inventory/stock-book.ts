import type { Draw, Stock, StockId } from '#shared/inventory/stock.ts';

type Counter = 'held' | 'sold';

const none: Stock = { capacity: 0, held: 0, sold: 0 };

/**
 * The counters of one event, read once and written once a group: a thousand holds in a group cost one written row for
 * each stock they draw from. Counters are kept, never counted, so their cost does not grow with the event.
 */
export class StockBook {
  readonly #sql: SqlStorage;
  readonly #known = new Map<StockId, Stock>();
  readonly #changed = new Set<StockId>();
  #journal: { stockId: StockId; before: Stock; wasChanged: boolean }[] = [];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  begin(): void {
    this.#known.clear();
    this.#changed.clear();
    this.#journal = [];
  }

  mark(): () => void {
    const length = this.#journal.length;
    return () => {
      for (const { stockId, before, wasChanged } of this.#journal.splice(length).toReversed()) {
        this.#known.set(stockId, before);
        if (wasChanged) this.#changed.add(stockId);
        else this.#changed.delete(stockId);
      }
    };
  }

  of(stockId: StockId): Stock {
    const known = this.#known.get(stockId);
    if (known !== undefined) return known;
    const [row] = this.#sql.exec<Stock>('SELECT capacity, held, sold FROM stock WHERE stock_id = ?', stockId).toArray();
    const stock = row ?? none;
    this.#known.set(stockId, stock);
    return stock;
  }

  add(counter: Counter, draws: readonly Draw[], sign: 1 | -1): void {
    for (const { stockId, quantity } of draws) {
      const stock = this.of(stockId);
      this.#put(stockId, { ...stock, [counter]: stock[counter] + sign * quantity });
    }
  }

  setCapacity(stockId: StockId, capacity: number): void {
    this.#put(stockId, { ...this.of(stockId), capacity });
  }

  remove(stockId: StockId): void {
    this.#note(stockId);
    this.#sql.exec('DELETE FROM stock WHERE stock_id = ?', stockId);
    this.#known.set(stockId, none);
    this.#changed.delete(stockId);
  }

  /** Every counter as last committed. Needs no turn in a group. */
  all(): Map<StockId, Stock> {
    return new Map(
      this.#sql
        .exec<Stock & { stockId: StockId }>('SELECT stock_id AS stockId, capacity, held, sold FROM stock')
        .toArray()
        .map(({ stockId, ...stock }) => [stockId, stock]),
    );
  }

  /** Every counter as the group stands: what storage has, and what the group's earlier items did to it. */
  standing(): Map<StockId, Stock> {
    const stocks = this.all();
    for (const stockId of this.#changed) stocks.set(stockId, this.of(stockId));
    return stocks;
  }

  /** Writes the changed counters and answers how they stand now. The table's CHECKs refuse what I1 forbids. */
  write(): { stockId: StockId; capacity: number; held: number; sold: number }[] {
    return [...this.#changed].map((stockId) => {
      const { capacity, held, sold } = this.of(stockId);
      this.#sql.exec(
        `INSERT INTO stock (stock_id, capacity, held, sold) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (stock_id) DO UPDATE SET capacity = ?2, held = ?3, sold = ?4`,
        stockId,
        capacity,
        held,
        sold,
      );
      return { stockId, capacity, held, sold };
    });
  }

  #put(stockId: StockId, next: Stock): void {
    this.#note(stockId);
    this.#known.set(stockId, next);
    this.#changed.add(stockId);
  }

  #note(stockId: StockId): void {
    this.#journal.push({ stockId, before: this.of(stockId), wasChanged: this.#changed.has(stockId) });
  }
}
