import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { migrate, type ObjectMigration } from '#objects/common/migrate.ts';
import { inventoryMigrations } from '#objects/event-inventory/migrations.ts';
import { deskMigrations } from '#objects/order-desk/migrations.ts';
import { environment } from '#test/support/environment.ts';
import { emptyInventory } from '#test/support/inventory.ts';

const first: ObjectMigration = { name: '9001_first', sql: 'CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);' };
const second: ObjectMigration = { name: '9002_second', sql: 'ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 2;' };

const withStorage = <Answer>(use: (storage: DurableObjectStorage) => Answer) =>
  runInDurableObject(emptyInventory().stub, (_instance, { storage }) => use(storage));
const rowsOf = ({ sql }: DurableObjectStorage) => sql.exec('SELECT * FROM a').toArray();

describe('an object’s migrations', () => {
  it('run in order, once, and each new one on yesterday’s rows', async () => {
    const rows = await withStorage((storage) => {
      migrate(storage, [first]);
      migrate(storage, [first]);
      migrate(storage, [first, second]);
      return rowsOf(storage);
    });
    expect(rows).toEqual([{ x: 1, y: 2 }]);
  });

  it('refuse to start when one was edited after it was applied', async () => {
    const start = withStorage((storage) => {
      migrate(storage, [first]);
      expect(() => migrate(storage, [{ ...first, sql: `${first.sql} -- harmless?` }, second])).toThrow(
        'Migration 9001_first was edited after it was applied',
      );
      return rowsOf(storage);
    });
    expect(await start).toEqual([{ x: 1 }]);
  });

  it('leave nothing of one that breaks half way, and run it whole the next time', async () => {
    const rows = await withStorage((storage) => {
      migrate(storage, [first]);
      const broken = { ...second, sql: `${second.sql} SELECT x FROM nowhere;` };
      expect(() => migrate(storage, [first, broken])).toThrow('nowhere');
      migrate(storage, [first, second]);
      return rowsOf(storage);
    });
    expect(rows).toEqual([{ x: 1, y: 2 }]);
  });
});

describe('the first schema', () => {
  const objects = [
    ['event inventory', environment.EVENT_INVENTORY, inventoryMigrations],
    ['order desk', environment.ORDER_DESK, deskMigrations],
  ] as const;

  it.each(objects)('of the %s is what a new object opens with', async (_object, namespace, migrations) => {
    const stub = namespace.get(namespace.newUniqueId());
    const applied = await runInDurableObject(stub as DurableObjectStub, (_instance, { storage }) =>
      storage.sql.exec<{ name: string }>('SELECT name FROM applied_migrations ORDER BY name').toArray(),
    );
    expect(applied.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });
});

describe('I1: the table itself', () => {
  it.each([
    ['overselling', 'UPDATE stock SET held = 3, sold = 3'],
    ['a negative count', 'UPDATE stock SET held = -1'],
    ['capacity below what is taken', 'UPDATE stock SET capacity = 1'],
  ])('refuses %s, whatever the code above believes', async (_what, statement) => {
    const start = withStorage(({ sql }) => {
      sql.exec(`INSERT INTO stock (stock_id, capacity, held, sold) VALUES ('type:day', 5, 1, 2)`);
      sql.exec(statement);
    });
    await expect(start).rejects.toThrow(/CHECK/);
  });
});
