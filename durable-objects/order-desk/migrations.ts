import type { ObjectMigration } from '../common/migrate.ts';
import initial from './migrations/0001_initial.sql';

/** In order, append-only. */
export const deskMigrations: readonly ObjectMigration[] = [{ name: '0001_initial', sql: initial }];
