import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { events } from './catalogue.ts';

/**
 * An event that was cancelled or moved, and how far everybody who has tickets for it was looked after. What it decided is in
 * the event's rules, and each order's refund at its desk: losing these rows would lose the progress, never money.
 */
export const eventChanges = sqliteTable(
  'event_changes',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    businessId: text().notNull(),
    kind: text({ enum: ['cancelled', 'postponed'] }).notNull(),
    startedBy: text().notNull(),
    startedAtMs: integer().notNull(),
    /** Of one that was postponed: its new dates, and until when buyers may choose. */
    startsAtMs: integer(),
    endsAtMs: integer(),
    refundUntilMs: integer(),
    /** When the catalogue took the new dates. */
    catalogueMovedAtMs: integer(),
    /** Number of the last ticket whose order is listed. */
    listedAfter: text().notNull().default(''),
    /** When every order was listed. */
    listedAtMs: integer(),
    /** When nothing was left to do but what failed. */
    endedAtMs: integer(),
  },
  (t) => [
    // An event is cancelled once: two who press at once begin one run.
    uniqueIndex('event_cancelled_once')
      .on(t.eventId)
      .where(sql`kind = 'cancelled'`),
    index('event_changes_by_event').on(t.eventId, t.startedAtMs),
    index('event_changes_open')
      .on(t.startedAtMs)
      .where(sql`ended_at_ms IS NULL`),
  ],
);

/** Each order once. */
export const eventChangeOrders = sqliteTable(
  'event_change_orders',
  {
    changeId: text()
      .notNull()
      .references(() => eventChanges.id),
    orderId: text().notNull(),
    state: text({ enum: ['due', 'done', 'failed'] }).notNull(),
    tries: integer().notNull().default(0),
    dueAtMs: integer().notNull(),
    /** Why it failed, or was put off. */
    failureCode: text(),
    amountMinor: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.changeId, t.orderId] }),
    index('event_change_orders_by_state').on(t.changeId, t.state, t.dueAtMs),
  ],
);
