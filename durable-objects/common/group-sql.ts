/** What statements are run through: storage itself, or a view of it. */
export type Sql = Pick<SqlStorage, 'exec'>;

/** A table's rows that a group holds in memory: what storage says of that table may be behind them. */
export type BookedTable = {
  readonly table: string;
  /** Writes what was changed in memory. */
  settle(): void;
  /** What memory says may be wrong from here on: it is read anew. */
  forget(): void;
};

/**
 * Storage as those see it who know nothing of books. Before a statement that names a book's table the book is written, and
 * after one that may change the table it is read anew: so a concern may keep its rows with plain statements, beside others
 * that keep the same rows in a book, and both see the same. It costs speed, never truth.
 */
export class GroupSql implements Sql {
  readonly #sql: Sql;
  readonly #books: readonly BookedTable[];
  /** By statement: texts are constants, so there are as many as the code has. */
  readonly #concerned = new Map<string, readonly BookedTable[]>();

  constructor(sql: Sql, books: readonly BookedTable[]) {
    this.#sql = sql;
    this.#books = books;
  }

  exec<Row extends Record<string, SqlStorageValue>>(
    statement: string,
    ...bindings: SqlStorageValue[]
  ): SqlStorageCursor<Row> {
    const concerned = this.#booksOf(statement);
    for (const book of concerned) book.settle();
    if (concerned.length > 0 && !isRead(statement)) for (const book of concerned) book.forget();
    return this.#sql.exec<Row>(statement, ...bindings);
  }

  #booksOf(statement: string): readonly BookedTable[] {
    const known = this.#concerned.get(statement);
    if (known !== undefined) return known;
    // A column of that name is mistaken for the table, at the price of a settling too many.
    const concerned = this.#books.filter(({ table }) => new RegExp(`\\b${table}\\b`, 'i').test(statement));
    this.#concerned.set(statement, concerned);
    return concerned;
  }
}

function isRead(statement: string): boolean {
  return /^\s*SELECT\b/i.test(statement);
}
