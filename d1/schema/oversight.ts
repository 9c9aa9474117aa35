import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { people } from './people.ts';

/**
 * Who did what that others must be able to ask about later. Append-only: the database itself refuses an edit or a
 * deletion. Ids only, so that erasing a person leaves it whole.
 */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    id: text().primaryKey(),
    atMs: integer().notNull(),
    action: text().notNull(),
    /** A person's or a gate device's id; null for what nobody signed in did. */
    actorId: text(),
    businessId: text(),
    /** What it was done to: an id. */
    subjectId: text(),
    /** JSON of ids, codes and numbers. */
    facts: text().notNull(),
  },
  (t) => [
    index('audit_entries_by_time').on(t.atMs),
    index('audit_entries_by_business').on(t.businessId, t.atMs),
    index('audit_entries_by_actor').on(t.actorId, t.atMs),
  ],
);

/** Messages that could not be delivered, until somebody sends them again or lets them go. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    /** The queued message, secrets struck out: a code that was not delivered is never delivered late. */
    message: text().notNull(),
    why: text().notNull(),
    failedAtMs: integer().notNull(),
    settledAtMs: integer(),
    settledBy: text(),
    settledAs: text({ enum: ['sent_again', 'let_go'] }),
  },
  (t) => [index('dead_letters_open').on(t.settledAtMs, t.failedAtMs)],
);

/** Where a browser takes push messages (RFC 8030), with the keys they are sealed to (RFC 8291). */
export const pushSubscriptions = sqliteTable(
  'push_subscriptions',
  {
    endpoint: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id),
    p256dh: text().notNull(),
    auth: text().notNull(),
    createdAtMs: integer().notNull(),
  },
  (t) => [index('push_subscriptions_by_person').on(t.personId)],
);

/** Log entries that could not be projected, set aside so that those behind them go on. */
export const poisonEntries = sqliteTable('poison_entries', {
  /** Source and sequence number, such as `inventory:evt_expo/812`. */
  id: text().primaryKey(),
  source: text().notNull(),
  seq: integer().notNull(),
  entry: text().notNull(),
  why: text().notNull(),
  setAsideAtMs: integer().notNull(),
});

/** How far behind a source was when it was last read: what the operations page shows. */
export const projectionLag = sqliteTable('projection_lag', {
  source: text().primaryKey(),
  headSeq: integer().notNull(),
  cursorSeq: integer().notNull(),
  /** Age of the oldest entry that was read in the last pull. */
  lagMs: integer().notNull(),
  measuredAtMs: integer().notNull(),
});
