import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { walletChangeKinds } from '#shared/wallet/changes.ts';

/**
 * What happened to wallets, in one order for everybody who reads: phones now, tills and partners by the same cursor. Written
 * in the batch that writes the rows it is about. D1 has one writer, so numbers become visible in their own order, and who has
 * read up to one has missed nothing before it. Ids only; kept for `feedKeptMs`.
 */
export const walletChanges = sqliteTable(
  'wallet_changes',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    /** Whose it was when it happened: a pseudonym. */
    customerId: text().notNull(),
    eventId: text().notNull(),
    atMs: integer().notNull(),
    kind: text({ enum: walletChangeKinds }).notNull(),
    /** Null for what is about the whole order. */
    ticketId: text(),
    /** Empty for a ticket that was given to this customer: the order it came from is not theirs. */
    orderId: text().notNull(),
    /** The log entry that says it, and which of its changes this is: an entry read twice says nothing twice. */
    source: text().notNull(),
    sourceSeq: integer().notNull(),
    n: integer().notNull(),
  },
  (t) => [
    index('wallet_changes_by_customer').on(t.customerId, t.seq),
    uniqueIndex('wallet_changes_once').on(t.source, t.sourceSeq, t.n),
  ],
);
