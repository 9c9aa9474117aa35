import type { ObjectMigration } from '../common/migrate.ts';
import initial from './migrations/0001_initial.sql';
import wholeTickets from './migrations/0002_whole_tickets.sql';
import countTakes from './migrations/0003_count_takes.sql';
import liveCodes from './migrations/0004_live_codes.sql';
import shop from './migrations/0005_shop.sql';
import mergedLogs from './migrations/0006_merged_logs.sql';
import disputes from './migrations/0007_disputes.sql';
import shopReturns from './migrations/0008_shop_returns.sql';
import transfers from './migrations/0009_transfers.sql';

/** In order, append-only. */
export const inventoryMigrations: readonly ObjectMigration[] = [
  { name: '0001_initial', sql: initial },
  { name: '0002_whole_tickets', sql: wholeTickets },
  { name: '0003_count_takes', sql: countTakes },
  { name: '0004_live_codes', sql: liveCodes },
  { name: '0005_shop', sql: shop },
  { name: '0006_merged_logs', sql: mergedLogs },
  { name: '0007_disputes', sql: disputes },
  { name: '0008_shop_returns', sql: shopReturns },
  { name: '0009_transfers', sql: transfers },
];
