import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Projections of what the objects decided. Nothing here is the truth: each row is rebuilt from an object's log, and no
 * foreign key ties one stream to another, because streams arrive in any order.
 */

/** How far each object's log has been read. Committed in one batch with the rows it accounts for. */
export const projectionCursors = sqliteTable('projection_cursors', {
  source: text().primaryKey(),
  seq: integer().notNull(),
});

export const eventStock = sqliteTable(
  'event_stock',
  {
    eventId: text().notNull(),
    stockId: text().notNull(),
    capacity: integer().notNull(),
    held: integer().notNull(),
    sold: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.stockId] })],
);

export const orders = sqliteTable(
  'orders',
  {
    id: text().primaryKey(),
    eventId: text().notNull(),
    customerId: text().notNull(),
    state: text().notNull(),
    currency: text().notNull(),
    totalMinor: integer().notNull(),
    quantity: integer().notNull(),
    capturedMinor: integer().notNull(),
    /** The entry link that brought the buyer. */
    via: text(),
    failureCode: text(),
    movedAtMs: integer().notNull(),
  },
  (t) => [
    index('orders_by_customer').on(t.customerId, t.movedAtMs),
    // What people read out at a gate is the end of the id. drizzle-kit writes an expression with a comma as two columns:
    // the migration was put right by hand.
    index('orders_by_reference').on(sql`substr(${t.id}, -8)`),
  ],
);

/** What an order is made of: whoever looks for the orders of an event or a business finds them here. */
export const orderLines = sqliteTable(
  'order_lines',
  {
    orderId: text().notNull(),
    lineId: text().notNull(),
    /** Empty unless it is an event's. */
    eventId: text().notNull(),
    businessId: text().notNull(),
    kind: text().notNull(),
    itemId: text().notNull(),
    name: text().notNull(),
    quantity: integer().notNull(),
    totalMinor: integer().notNull(),
    refundedMinor: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.lineId] }),
    index('order_lines_by_event').on(t.eventId),
    index('order_lines_by_business').on(t.businessId),
  ],
);

/** Payments a card's bank asked about, as desks' logs tell them: a read model. Whose lines they were, `order_lines` knows. */
export const disputes = sqliteTable(
  'disputes',
  {
    /** As the gateway names it. */
    id: text().primaryKey(),
    orderId: text().notNull(),
    gateway: text().notNull(),
    currency: text().notNull(),
    amountMinor: integer().notNull(),
    /** Charged for being asked, less what came back of it. */
    feeMinor: integer().notNull().default(0),
    state: text({ enum: ['open', 'won', 'lost'] }).notNull(),
    reason: text().notNull(),
    /** Until when the bank takes evidence, where it said so. */
    answerByMs: integer(),
    openedAtMs: integer().notNull(),
    closedAtMs: integer(),
  },
  (t) => [index('disputes_by_time').on(t.openedAtMs), index('disputes_by_order').on(t.orderId)],
);

export const tickets = sqliteTable(
  'tickets',
  {
    id: text().primaryKey(),
    eventId: text().notNull(),
    orderId: text().notNull(),
    typeId: text().notNull(),
    typeName: text().notNull(),
    /** Whose it is. */
    customerId: text().notNull(),
    /** Who bought it, once it was given to somebody: null until then. Theirs again, if the two are the same. */
    buyerId: text(),
    status: text().notNull(),
    entries: integer().notNull(),
    issuedAtMs: integer().notNull(),
  },
  (t) => [index('tickets_by_customer').on(t.customerId, t.issuedAtMs)],
);

export const scans = sqliteTable(
  'scans',
  {
    eventId: text().notNull(),
    seq: integer().notNull(),
    atMs: integer().notNull(),
    scanId: text().notNull(),
    gateId: text().notNull(),
    deviceId: text().notNull(),
    staffId: text().notNull(),
    method: text().notNull(),
    outcome: text().notNull(),
    reason: text().notNull(),
    ticketId: text(),
    customerId: text(),
    /** What was read before exits were kept says in; its log read anew says which of it went out. */
    direction: text({ enum: ['in', 'out'] })
      .notNull()
      .default('in'),
    /** When it was taken back at the gate. */
    undoneAtMs: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.seq] }),
    // A ticket's history; scans that reached no ticket are in nobody's.
    index('scans_by_ticket')
      .on(t.ticketId, t.seq)
      .where(sql`${t.ticketId} IS NOT NULL`),
  ],
);
