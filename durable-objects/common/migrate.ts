import { createHash } from 'node:crypto';

/** One step of an object's schema: its number and name, and its SQL as it was first shipped. */
export type ObjectMigration = { readonly name: string; readonly sql: string };

/**
 * Brings an object's storage up to date, synchronously, before it answers anything. Append-only: an applied step whose
 * text has changed since is a bug that would leave objects with different schemas, so it throws.
 */
export function migrate(storage: DurableObjectStorage, migrations: readonly ObjectMigration[]): void {
  const { sql } = storage;
  sql.exec('CREATE TABLE IF NOT EXISTS applied_migrations (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID');
  const applied = new Map(
    sql
      .exec<{ name: string; digest: string }>('SELECT name, digest FROM applied_migrations')
      .toArray()
      .map(({ name, digest }) => [name, digest]),
  );
  for (const migration of migrations) {
    const digest = createHash('sha256').update(migration.sql).digest('hex');
    const known = applied.get(migration.name);
    if (known === digest) continue;
    if (known !== undefined) throw new Error(`Migration ${migration.name} was edited after it was applied`);
    storage.transactionSync(() => {
      sql.exec(migration.sql);
      sql.exec('INSERT INTO applied_migrations (name, digest) VALUES (?, ?)', migration.name, digest);
    });
  }
}
