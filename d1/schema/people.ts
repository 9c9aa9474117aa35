import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { roles } from '#shared/access/permissions.ts';

/** Names and addresses live only here, so that erasing a person erases them everywhere; all else holds the id. */
export const people = sqliteTable('people', {
  id: text().primaryKey(),
  /** Lower-cased and trimmed, and proved by a code or link; null when none was, and once erased. */
  email: text().unique(),
  /** E.164, and proved by a code. */
  phone: text().unique(),
  name: text(),
  /** BCP 47; null follows the browser. */
  locale: text(),
  /** ISO 4217, in which prices are compared and statements drawn. */
  currency: text(),
  /** What they agreed to hear, by channel: JSON of `contactPreferencesSchema`; null until they chose. */
  contactPreferences: text(),
  createdAtMs: integer().notNull(),
  erasedAtMs: integer(),
});

/** Orders that were bought as a guest and then kept in an account by whoever held their signed link or browser. */
export const claimedOrders = sqliteTable(
  'claimed_orders',
  {
    orderId: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id),
    claimedAtMs: integer().notNull(),
  },
  (t) => [index('claimed_orders_by_person').on(t.personId)],
);

/** What a person may do for a business. The platform itself is a business of its own. */
export const memberships = sqliteTable(
  'memberships',
  {
    personId: text()
      .notNull()
      .references(() => people.id),
    businessId: text().notNull(),
    role: text({ enum: roles }).notNull(),
    createdAtMs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.businessId, t.role] })],
);

/** A role offered by mail: spent once, by whoever proves the address it was sent to. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    tokenHash: text().notNull().unique(),
    businessId: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** Null once answered or erased. */
    email: text(),
    invitedBy: text()
      .notNull()
      .references(() => people.id),
    createdAtMs: integer().notNull(),
    expiresAtMs: integer().notNull(),
    acceptedAtMs: integer(),
    revokedAtMs: integer(),
  },
  (t) => [index('invitations_by_business').on(t.businessId, t.createdAtMs)],
);

/** What a steward types on a device that several share. Only a keyed digest: four digits are soon guessed from any other. */
export const staffPins = sqliteTable(
  'staff_pins',
  {
    personId: text()
      .notNull()
      .references(() => people.id),
    businessId: text().notNull(),
    pinDigest: text().notNull(),
    setAtMs: integer().notNull(),
  },
  // The digest too: a PIN names its person, so no two people of a business may share one.
  (t) => [
    primaryKey({ columns: [t.personId, t.businessId] }),
    index('staff_pins_by_digest').on(t.businessId, t.pinDigest),
  ],
);
