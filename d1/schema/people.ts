import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { roles } from '#shared/access/permissions.ts';

/** Names and addresses live only here, so that erasing a person erases them everywhere; all else holds the id. */
export const people = sqliteTable('people', {
  id: text().primaryKey(),
  /** Lower-cased and trimmed; null once erased. */
  email: text().unique(),
  name: text(),
  createdAtMs: integer().notNull(),
});

/** Only a digest of the cookie's token is stored: a stolen database opens no session. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id),
    userAgent: text().notNull(),
    createdAtMs: integer().notNull(),
    expiresAtMs: integer().notNull(),
    revokedAtMs: integer(),
  },
  (t) => [index('sessions_by_person').on(t.personId)],
);

export const signInLinks = sqliteTable('sign_in_links', {
  tokenHash: text().primaryKey(),
  email: text().notNull(),
  createdAtMs: integer().notNull(),
  expiresAtMs: integer().notNull(),
  spentAtMs: integer(),
});

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
