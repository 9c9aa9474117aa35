import type { BookedTable } from './group-sql.ts';

/** How a book's rows are kept in storage. */
export type RowStore<Row> = {
  readonly table: string;
  readonly keyOf: (row: Row) => string;
  /** The rows there are of these keys, all at once. */
  readonly read: (keys: readonly string[]) => readonly Row[];
  /** Writes these rows, none of a key twice. */
  readonly write: (rows: readonly Row[]) => void;
};

/**
 * Rows of one table as a commit group sees and leaves them: those its items will ask for are read at its head with one
 * statement, changed in memory, and written at its end. Within the group the book is the truth, so that an item sees what
 * the one before it did; between groups it knows nothing, because an object may be started anew elsewhere at any moment.
 */
export class RowBook<Row> implements BookedTable {
  readonly #store: RowStore<Row>;
  readonly #known = new Map<string, Row | undefined>();
  readonly #changed = new Map<string, Row>();
  #isOpen = false;

  constructor(store: RowStore<Row>) {
    this.#store = store;
  }

  get table(): string {
    return this.#store.table;
  }

  open(): void {
    this.close();
    this.#isOpen = true;
  }

  /** Reads what the group's items said they would look at. */
  expect(keys: readonly string[]): void {
    const missing = [...new Set(keys)].filter((key) => !this.#known.has(key));
    if (missing.length === 0) return;
    for (const key of missing) this.#known.set(key, undefined);
    for (const row of this.#store.read(missing)) this.#known.set(this.#store.keyOf(row), row);
  }

  /** The row as it stands; outside a group, as storage has it this moment. */
  get(key: string): Row | undefined {
    if (!this.#isOpen) return this.#store.read([key])[0];
    this.expect([key]);
    return this.#known.get(key);
  }

  put(row: Row): void {
    if (!this.#isOpen) throw new Error(`A row of ${this.table} was changed outside a group`);
    const key = this.#store.keyOf(row);
    this.#known.set(key, row);
    this.#changed.set(key, row);
  }

  settle(): void {
    if (this.#changed.size === 0) return;
    const rows = [...this.#changed.values()];
    this.#changed.clear();
    this.#store.write(rows);
  }

  forget(): void {
    this.#known.clear();
    this.#changed.clear();
  }

  close(): void {
    this.forget();
    this.#isOpen = false;
  }
}
