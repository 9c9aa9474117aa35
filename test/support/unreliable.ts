import { database, type Database } from '#d1/database.ts';
import { projectionServices } from './read-models.ts';

type Trouble = { readonly before?: () => Promise<void> | void; readonly after?: () => Promise<void> | void };

const { services } = projectionServices();

/** The same database, whose batches meet with trouble before or after they are committed. */
export function troubledDatabase({ before, after }: Trouble): Database {
  const real = services.db.$client;
  const troubled = {
    prepare: (sql: string) => real.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      await before?.();
      const results = await real.batch(statements);
      await after?.();
      return results;
    },
  };
  return database(troubled as unknown as D1Database);
}

/** As D1 says it when it cannot be reached. */
export function outOfReach(): never {
  throw new Error('D1_ERROR: Network connection lost.');
}
