import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { businesses } from './catalogue.ts';

/** What a business sells itself, by version: proposed here, in force once its own inventory accepted it. */
export const shopRulesVersions = sqliteTable(
  'shop_rules_versions',
  {
    businessId: text()
      .notNull()
      .references(() => businesses.id),
    version: integer().notNull(),
    hash: text().notNull(),
    document: text().notNull(),
    status: text({ enum: ['proposed', 'in_force', 'superseded', 'refused'] }).notNull(),
    proposedAtMs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.businessId, t.version] })],
);

/** What people chose and have not ordered yet. Things and numbers only: no price, no name, no address. */
export const carts = sqliteTable(
  'carts',
  {
    /** `person/<id>`, or `guest/` and the digest of a random cookie. */
    owner: text().primaryKey(),
    /** JSON of `cartSchema`. */
    content: text().notNull(),
    /** Counts changes: a change is written only over the version that it was made from. */
    version: integer().notNull(),
    updatedAtMs: integer().notNull(),
  },
  (t) => [index('carts_by_age').on(t.updatedAtMs)],
);

/** Tickets bought for somebody else, whose mail waits for its day. Who that is, only the order's desk knows. */
export const giftDeliveries = sqliteTable(
  'gift_deliveries',
  {
    orderId: text().primaryKey(),
    deliverAtMs: integer().notNull(),
    /** When its message was last queued; a message that got lost is queued again. */
    queuedAtMs: integer(),
    sentAtMs: integer(),
  },
  (t) => [
    index('gifts_to_send')
      .on(t.deliverAtMs)
      .where(sql`sent_at_ms IS NULL`),
  ],
);
