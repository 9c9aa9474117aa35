export type Rows = { readonly read: number; readonly written: number };

/**
 * Counts the rows that an object's statements read and write, as SQLite bills them. `of` says what happened meanwhile; a
 * statement's figures are final only once its rows were taken, so they are summed up at the end.
 */
export function meterRows({ sql }: DurableObjectStorage) {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  const exec = sql.exec.bind(sql);
  Object.defineProperty(sql, 'exec', {
    configurable: true,
    value: (statement: string, ...bindings: unknown[]) => {
      const cursor = exec(statement, ...bindings);
      cursors.push(cursor);
      return cursor;
    },
  });
  return async function of(act: () => Promise<unknown>): Promise<Rows> {
    cursors.length = 0;
    await act();
    return {
      read: cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
      written: cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
    };
  };
}
