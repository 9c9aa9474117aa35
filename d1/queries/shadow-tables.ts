import { streamCauses } from '#shared/ledger/postings.ts';
import { database, type Database } from '../database.ts';
import { numberedSql, toldColumns } from './documents.ts';
import { rowColumnNames } from './ledger-rows.ts';

/** Tables that hold what an object's log was read into; `id` of a row is what `keys` name. */
export const readModelTables = ['event_stock', 'orders', 'order_lines', 'disputes', 'tickets', 'scans'] as const;
export type ReadModelTable = (typeof readModelTables)[number];

/** Those read from desks' logs, with the column that names the order, and so its desk. */
const ofDesks: ReadonlyMap<ReadModelTable, string> = new Map([
  ['orders', 'id'],
  ['order_lines', 'order_id'],
  ['disputes', 'order_id'],
]);

/**
 * Written by a reading of a desk's log too, and no read model: the ledger is a truth. What the log asks for is compared with
 * what stands; what is missing may be posted, and no row that stands is ever touched.
 */
const ledgerTables = ['ledger_accounts', 'ledger_transfers'] as const;

/**
 * Also written by a reading of a log: where it stands, what it could not read, and what it tells wallets. The feed's numbers
 * depend on when each log was read, so it is no read model and not compared.
 */
const readingTables = ['projection_cursors', 'projection_lag', 'poison_entries', 'wallet_changes'] as const;

/** Which rows come from a log: those of an event, or the orders whose id names a desk. */
export type LogScope = { readonly eventId: string } | { readonly desk: string };

/** Another truth: what the log says of a document is compared, and one that is missing may be issued, under the next number. */
const documentsTable = 'documents';

const shadowed = [...readModelTables, ...readingTables, ...ledgerTables, documentsTable];
const isLedger: ReadonlySet<string> = new Set(ledgerTables);
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
      binding.prepare(
        // Columns alone: a key of theirs would point at the ledger itself, and its rules are about what may be written there.
        isLedger.has(name)
          ? `CREATE TABLE "${nameOf(name)}" AS SELECT * FROM "${name}" WHERE FALSE`
          : sql.replace(/^CREATE TABLE\s+\S+/i, `CREATE TABLE "${nameOf(name)}"`),
      ),
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
  readonly table: ReadModelTable | 'ledger_transfers' | typeof documentsTable;
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
  const compared = comparisons(scope, nameOf);
  const cursor = (table: string) =>
    binding.prepare(`SELECT COALESCE(MAX(seq), 0) AS seq FROM "${table}" WHERE source = ?`).bind(source);
  const results = await binding.batch<Record<string, unknown>>([
    cursor('projection_cursors'),
    cursor(nameOf('projection_cursors')),
    ...compared.flatMap(({ standing, rebuilt, value }) => [
      binding.prepare(`${rebuilt} EXCEPT ${standing} LIMIT ${listedDifferences}`).bind(value),
      binding.prepare(`${standing} EXCEPT ${rebuilt} LIMIT ${listedDifferences}`).bind(value),
    ]),
  ]);
  const seqOf = (index: number) => Number(results[index]?.results[0]?.['seq'] ?? 0);
  const differences = compared.map(({ table }, index) => {
    return { table, missing: results[2 + 2 * index]?.results ?? [], surplus: results[3 + 2 * index]?.results ?? [] };
  });
  return { cursors: { standing: seqOf(0), rebuilt: seqOf(1) }, differences };
}

/**
 * Puts the rebuilt rows in the place of those that stand, in one batch, and only while the cursor is where both were
 * read to: somebody who read on meanwhile makes the column refuse it all. So does the ledger, should it refuse a posting
 * that is missing: then its entry stays on the list of those set aside.
 */
export async function adoptShadow(
  binding: D1Database,
  { nameOf }: Shadow,
  source: string,
  scope: LogScope,
  { cursor, feedSinceMs }: { readonly cursor: number; readonly feedSinceMs: number },
): Promise<void> {
  const said = 'customer_id, event_id, at_ms, kind, ticket_id, order_id, source, source_seq, n';
  await binding.batch([
    binding
      .prepare('UPDATE projection_cursors SET seq = CASE WHEN seq = ?1 THEN seq ELSE NULL END WHERE source = ?2')
      .bind(cursor, source),
    ...tablesOf(scope).flatMap((table) => {
      const { where, value } = condition(scope, table);
      return [
        binding.prepare(`DELETE FROM "${table}" WHERE ${where}`).bind(value),
        binding.prepare(`INSERT INTO "${table}" SELECT * FROM "${nameOf(table)}"`),
      ];
    }),
    ...('desk' in scope ? postMissing(binding, nameOf) : []),
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

type Comparison = {
  readonly table: TableDifference['table'];
  /** Queries of the same columns; `value` is bound in the first. */
  readonly standing: string;
  readonly rebuilt: string;
  readonly value: string;
};

function comparisons(scope: LogScope, nameOf: Shadow['nameOf']): Comparison[] {
  const readModels = tablesOf(scope).map((table): Comparison => {
    const { where, value } = condition(scope, table);
    const standing = `SELECT * FROM "${table}" WHERE ${where}`;
    return { table, standing, rebuilt: `SELECT * FROM "${nameOf(table)}"`, value };
  });
  if (!('desk' in scope)) return readModels;
  const table = 'ledger_transfers';
  const standing = `SELECT ${columns} FROM "${table}" WHERE transfer_id GLOB ? AND cause IN (${causes})`;
  const rebuilt = `SELECT ${columns} FROM "${nameOf(table)}"`;
  const value = `ord_${scope.desk}_*`;
  const issued = {
    table: documentsTable,
    standing: `SELECT ${toldColumns} FROM "${documentsTable}" WHERE order_id GLOB ?`,
    rebuilt: `SELECT ${toldColumns} FROM "${nameOf(documentsTable)}"`,
    value,
  } as const;
  return [...readModels, { table, standing, rebuilt, value }, issued];
}

const columns = rowColumnNames.join(', ');
const causes = streamCauses.map((cause) => `'${cause}'`).join(', ');

/** Appends what the log asks for and nobody posted. A row that stands is passed over; one that differs stays as it is. */
function postMissing(binding: D1Database, nameOf: Shadow['nameOf']): D1PreparedStatement[] {
  const [accounts, transfers] = ['ledger_accounts', 'ledger_transfers'] as const;
  return [
    binding.prepare(`INSERT INTO "${accounts}" SELECT * FROM "${nameOf(accounts)}"`),
    binding.prepare(`INSERT INTO "${transfers}" (${columns}) SELECT ${columns} FROM "${nameOf(transfers)}" AS asked
      WHERE NOT EXISTS (SELECT 1 FROM "${transfers}" WHERE transfer_id = asked.transfer_id)`),
    // Credit notes after what they take from.
    ...['NULL', 'NOT NULL'].map((refersTo) => {
      const rows = `SELECT rowid AS "place", * FROM "${nameOf(documentsTable)}" WHERE refers_to IS ${refersTo}`;
      return binding.prepare(`INSERT INTO "${documentsTable}" ${numberedSql(rows, `"${documentsTable}"`)}`);
    }),
  ];
}

function tablesOf(scope: LogScope): ReadModelTable[] {
  return readModelTables.filter((table) => ofDesks.has(table) === 'desk' in scope);
}

function condition(scope: LogScope, table: ReadModelTable): { where: string; value: string } {
  return 'desk' in scope
    ? { where: `${ofDesks.get(table)} GLOB ?`, value: `ord_${scope.desk}_*` }
    : { where: 'event_id = ?', value: scope.eventId };
}
