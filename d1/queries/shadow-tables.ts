import { database, type Database } from '../database.ts';

/** Tables that hold what an object's log was read into; `id` of a row is what `keys` name. */
export const readModelTables = ['event_stock', 'orders', 'tickets', 'scans'] as const;
export type ReadModelTable = (typeof readModelTables)[number];

/**
 * Also written by a reading of a log: where it stands, what it could not read, and what it tells wallets. The feed's numbers
 * depend on when each log was read, so it is no read model and not compared.
 */
const readingTables = ['projection_cursors', 'projection_lag', 'poison_entries', 'wallet_changes'] as const;

/** Which rows come from a log: those of an event, or the orders whose id names a desk. */
export type LogScope = { readonly eventId: string } | { readonly desk: string };

const shadowed = [...readModelTables, ...readingTables];
const tablePattern = new RegExp(`"(${shadowed.join('|')})"`, 'g');
const prefix = 'rebuild_';

/** Empty copies of the tables, and a database that reads and writes those instead, by the very same statements. */
export type Shadow = { readonly db: Database; readonly nameOf: (table: string) => string };

/**
 * Makes fresh tables beside those that stand, with the same columns and keys. Indexes are left out: nothing searches
 * there. What an earlier run left behind when it was cut short goes first.
 */
export async function openShadow(binding: D1Database, nowMs: number): Promise<Shadow> {
  await dropTables(binding, await leftovers(binding, nowMs));
  const run = `${prefix}${nowMs}_${crypto.randomUUID().slice(0, 8)}_`;
  const nameOf = (table: string) => run + table;
  const { results } = await binding
    .prepare(
      `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name IN (${shadowed.map(() => '?').join(', ')})`,
    )
    .bind(...shadowed)
    .all<{ name: string; sql: string }>();
  if (results.length !== shadowed.length) throw new Error('A read model has no table');
  await binding.batch(
    results.map(({ name, sql }) =>
      binding.prepare(sql.replace(/^CREATE TABLE\s+\S+/i, `CREATE TABLE "${nameOf(name)}"`)),
    ),
  );
  return { db: database(renaming(binding, nameOf)), nameOf };
}

export async function closeShadow(binding: D1Database, { nameOf }: Shadow): Promise<void> {
  await dropTables(binding, shadowed.map(nameOf));
}

/** Statements are written by one hand, which quotes each table's name; values never stand in them. */
function renaming(binding: D1Database, nameOf: (table: string) => string): D1Database {
  return {
    prepare: (sql: string) =>
      binding.prepare(sql.replaceAll(tablePattern, (_quoted, table: string) => `"${nameOf(table)}"`)),
    batch: (statements: D1PreparedStatement[]) => binding.batch(statements),
  } as unknown as D1Database;
}

const keptMs = 3_600_000;

async function leftovers(binding: D1Database, nowMs: number): Promise<string[]> {
  const { results } = await binding
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ?`)
    .bind(`${prefix}*`)
    .all<{ name: string }>();
  return results.map(({ name }) => name).filter((name) => Number(name.split('_')[1]) < nowMs - keptMs);
}

async function dropTables(binding: D1Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await binding.batch(names.map((name) => binding.prepare(`DROP TABLE IF EXISTS "${name}"`)));
}

/** Rows of one table that only one side has. A row that differs is on both lists, as each side has it. */
export type TableDifference = {
  readonly table: ReadModelTable;
  /** What the log says and D1 lacks. */
  readonly missing: readonly Record<string, unknown>[];
  /** What D1 has and the log does not say. */
  readonly surplus: readonly Record<string, unknown>[];
};

/** Differences listed a table and side: enough to see what went wrong. */
export const listedDifferences = 20;

/** Compares at one instant, which the cursors tell: equal ones have read the same entries. */
export async function compareShadow(
  binding: D1Database,
  { nameOf }: Shadow,
  source: string,
  scope: LogScope,
): Promise<{ cursors: { standing: number; rebuilt: number }; differences: TableDifference[] }> {
  const tables = tablesOf(scope);
  const { where, value } = condition(scope);
  const cursor = (table: string) =>
    binding.prepare(`SELECT COALESCE(MAX(seq), 0) AS seq FROM "${table}" WHERE source = ?`).bind(source);
  const results = await binding.batch<Record<string, unknown>>([
    cursor('projection_cursors'),
    cursor(nameOf('projection_cursors')),
    ...tables.flatMap((table) => {
      const [standing, rebuilt] = [`SELECT * FROM "${table}" WHERE ${where}`, `SELECT * FROM "${nameOf(table)}"`];
      return [
        binding.prepare(`${rebuilt} EXCEPT ${standing} LIMIT ${listedDifferences}`).bind(value),
        binding.prepare(`${standing} EXCEPT ${rebuilt} LIMIT ${listedDifferences}`).bind(value),
      ];
    }),
  ]);
  const seqOf = (index: number) => Number(results[index]?.results[0]?.['seq'] ?? 0);
  const differences = tables.map((table, index) => {
    return { table, missing: results[2 + 2 * index]?.results ?? [], surplus: results[3 + 2 * index]?.results ?? [] };
  });
  return { cursors: { standing: seqOf(0), rebuilt: seqOf(1) }, differences };
}

/**
 * Puts the rebuilt rows in the place of those that stand, in one batch, and only while the cursor is where both were
 * read to: somebody who read on meanwhile makes the column refuse it all.
 */
export async function adoptShadow(
  binding: D1Database,
  { nameOf }: Shadow,
  source: string,
  scope: LogScope,
  { cursor, feedSinceMs }: { readonly cursor: number; readonly feedSinceMs: number },
): Promise<void> {
  const { where, value } = condition(scope);
  const said = 'customer_id, event_id, at_ms, kind, ticket_id, order_id, source, source_seq, n';
  await binding.batch([
    binding
      .prepare('UPDATE projection_cursors SET seq = CASE WHEN seq = ?1 THEN seq ELSE NULL END WHERE source = ?2')
      .bind(cursor, source),
    ...tablesOf(scope).flatMap((table) => [
      binding.prepare(`DELETE FROM "${table}" WHERE ${where}`).bind(value),
      binding.prepare(`INSERT INTO "${table}" SELECT * FROM "${nameOf(table)}"`),
    ]),
    binding.prepare('DELETE FROM poison_entries WHERE source = ?').bind(source),
    binding.prepare(`INSERT INTO poison_entries SELECT * FROM "${nameOf('poison_entries')}"`),
    // What was set aside and can be read now is news; the rest was told when it happened, or is too old to be.
    binding
      .prepare(
        `INSERT OR IGNORE INTO wallet_changes (${said})
         SELECT ${said} FROM "${nameOf('wallet_changes')}" WHERE at_ms > ? ORDER BY seq`,
      )
      .bind(feedSinceMs),
  ]);
}

function tablesOf(scope: LogScope): ReadModelTable[] {
  return readModelTables.filter((table) => (table === 'orders') === 'desk' in scope);
}

function condition(scope: LogScope): { where: string; value: string } {
  return 'desk' in scope
    ? { where: 'id GLOB ?', value: `ord_${scope.desk}_*` }
    : { where: 'event_id = ?', value: scope.eventId };
}
