import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { BatchItem } from 'drizzle-orm/batch';
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from '#d1/database.ts';

/** D1 binds at most a hundred values to a statement. */
const maxBoundValues = 100;

/** Statements that insert the rows or, where a row's key is there already, bring it up to date. */
export function upserts<Table extends SQLiteTable>(
  db: Database,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): BatchItem<'sqlite'>[] {
  const columns: Record<string, SQLiteColumn> = getTableColumns(table);
  const key = keyOf(table);
  const isKey = new Set(key);
  const set: Record<string, SQL> = {};
  for (const [property, column] of Object.entries(columns)) {
    if (!isKey.has(column)) set[property] = sql.raw(`excluded.${toSnakeCase(property)}`);
  }
  const perStatement = Math.floor(maxBoundValues / Object.keys(columns).length);
  return chunks(rows, perStatement).map((chunk) => {
    const insert = db.insert(table as SQLiteTable).values(chunk);
    return Object.keys(set).length > 0
      ? insert.onConflictDoUpdate({ target: key, set: moved(set) })
      : insert.onConflictDoNothing();
  });
}

/** When something was created is a fact of its first writing. */
function moved(set: Record<string, SQL>): Record<string, SQL> {
  const { createdAtMs: _kept, ...rest } = set;
  return Object.keys(rest).length > 0 ? rest : set;
}

function keyOf(table: SQLiteTable): SQLiteColumn[] {
  const { columns, primaryKeys } = getTableConfig(table);
  return primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
