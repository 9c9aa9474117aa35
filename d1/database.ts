import { drizzle } from 'drizzle-orm/d1';
import * as schema from './schema/index.ts';

/** Column names are derived from property names by one rule, the same that wrote the migrations. */
export function database(binding: D1Database) {
  return drizzle(binding, { schema, casing: 'snake_case' });
}

export type Database = ReturnType<typeof database>;

/** What a batch is made of. */
export type Statement = Parameters<Database['batch']>[0][number];
