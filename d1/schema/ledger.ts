import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { currencies } from '#shared/money/money.ts';
import { accountKinds } from '#shared/ledger/accounts.ts';
import { transferPhases } from '#shared/ledger/two-phase.ts';

/**
 * The ledger: a truth of its own (I4). Triggers refuse every edit and every row that may not be, and keep the sums of an
 * account in the statement that writes its transfer; what they say is in the migration.
 */
const units = [...currencies, 'PTS'] as const;

/** Opened by the first transfer that names them; the id says what an account is (`shared/ledger/accounts.ts`). */
export const ledgerAccounts = sqliteTable('ledger_accounts', {
  id: text().primaryKey(),
  kind: text({ enum: accountKinds }).notNull(),
  /** The business, customer or country it is about; empty where there is but one. */
  ownerId: text().notNull(),
  unit: text({ enum: units }).notNull(),
  normalSide: text({ enum: ['debit', 'credit'] }).notNull(),
  isNeverNegative: integer({ mode: 'boolean' }).notNull(),
  isClearing: integer({ mode: 'boolean' }).notNull(),
  debitsPosted: integer().notNull().default(0),
  creditsPosted: integer().notNull().default(0),
  debitsPending: integer().notNull().default(0),
  creditsPending: integer().notNull().default(0),
  /** The transfer that moved it last: sums move only together with one that was not counted before. */
  lastSeq: integer().notNull().default(0),
});

/** A row a transfer, never edited. `post` and `void` rows end the pending one they name, and repeat its sides and amount. */
export const ledgerTransfers = sqliteTable(
  'ledger_transfers',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    transferId: text().notNull(),
    phase: text({ enum: transferPhases }).notNull(),
    pendingId: text(),
    debit: text()
      .notNull()
      .references(() => ledgerAccounts.id),
    credit: text()
      .notNull()
      .references(() => ledgerAccounts.id),
    amountMinor: integer().notNull(),
    unit: text({ enum: units }).notNull(),
    cause: text().notNull(),
    orderId: text(),
    reference: text(),
    aboutId: text(),
    atMs: integer().notNull(),
  },
  (t) => [
    uniqueIndex('ledger_transfers_by_id').on(t.transferId),
    index('ledger_transfers_by_debit').on(t.debit, t.atMs),
    index('ledger_transfers_by_credit').on(t.credit, t.atMs),
    uniqueIndex('ledger_transfers_by_pending')
      .on(t.pendingId)
      .where(sql`pending_id IS NOT NULL`),
    index('ledger_transfers_by_reference')
      .on(t.reference)
      .where(sql`reference IS NOT NULL`),
  ],
);

/** What orders still have on accounts that come back to zero: kept by the same triggers, a row only while it is not zero. */
export const ledgerOpenItems = sqliteTable(
  'ledger_open_items',
  {
    accountId: text().notNull(),
    orderId: text().notNull(),
    /** Credits less debits. */
    balanceMinor: integer().notNull(),
    sinceMs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.orderId] })],
);

/** What events and shops moved on accounts that keep their balance, by cause: what earnings are read from, however many. */
export const ledgerTallies = sqliteTable(
  'ledger_tallies',
  {
    accountId: text().notNull(),
    aboutId: text().notNull(),
    cause: text().notNull(),
    debitsMinor: integer().notNull(),
    creditsMinor: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.aboutId, t.cause] })],
);

/** What is set aside and has not been ended, kept likewise: how those that nobody came back for are found. */
export const ledgerPending = sqliteTable('ledger_pending', {
  transferId: text().primaryKey(),
  atMs: integer().notNull(),
});

/** What was answered to a request that may be refused: asked again, it gets the same answer (I5). */
export const ledgerRequests = sqliteTable('ledger_requests', {
  id: text().primaryKey(),
  /** What was asked for: the same id with other content is refused. */
  content: text().notNull(),
  outcome: text({ enum: ['done', 'balance_too_low', 'ended'] }).notNull(),
  atMs: integer().notNull(),
});

/** Money going out to a business in two steps: proposed sets it aside, paid says that the bank did it. */
export const payouts = sqliteTable(
  'payouts',
  {
    id: text().primaryKey(),
    businessId: text().notNull(),
    currency: text({ enum: currencies }).notNull(),
    amountMinor: integer().notNull(),
    state: text({ enum: ['proposed', 'paid', 'withdrawn'] }).notNull(),
    proposedBy: text().notNull(),
    proposedAtMs: integer().notNull(),
    settledBy: text(),
    settledAtMs: integer(),
    /** As the bank's statement names the payment. */
    reference: text(),
  },
  (t) => [index('payouts_by_business').on(t.businessId, t.proposedAtMs), index('payouts_by_time').on(t.proposedAtMs)],
);
