import type { ObjectMigration } from '../common/migrate.ts';
import initial from './migrations/0001_initial.sql';
import gifts from './migrations/0002_gifts.sql';

/** In order, append-only. */
export const deskMigrations: readonly ObjectMigration[] = [
  { name: '0001_initial', sql: initial },
  { name: '0002_gifts', sql: gifts },
];
