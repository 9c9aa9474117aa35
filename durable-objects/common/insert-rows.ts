import type { Sql } from './group-sql.ts';

/** SQLite in an object takes so many bound values a statement. */
const valuesPerStatement = 100;

/** Rows a statement may carry: few sizes, so that few statements are ever prepared. */
const sizes = [64, 32, 16, 8, 4, 2, 1] as const;

/**
 * A function that inserts rows, as many a statement as its values allow: half the cost of one by one, and unlike a list in
 * JSON it reads no row. `ending` is what follows the rows, such as what to do about a conflict.
 */
export function rowInserter(table: string, columns: readonly string[], ending = '') {
  const usable = sizes.filter((size) => size * columns.length <= valuesPerStatement || size === 1);
  const row = `(${columns.map(() => '?').join(', ')})`;
  const statements = new Map<number, string>(
    usable.map((size) => [
      size,
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: size }, () => row).join(', ')} ${ending}`,
    ]),
  );
  return (sql: Sql, rows: readonly (readonly SqlStorageValue[])[]): void => {
    let at = 0;
    for (const size of usable) {
      for (; rows.length - at >= size; at += size) {
        sql.exec(statements.get(size) ?? '', ...rows.slice(at, at + size).flat());
      }
    }
  };
}
