import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { events } from './catalogue.ts';

/** Whom to write to about a place on a waitlist. The place itself, and its turn, are the event's inventory's to know. */
export const waitlistContacts = sqliteTable(
  'waitlist_contacts',
  {
    entryId: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    typeId: text().notNull(),
    quantity: integer().notNull(),
    /** Lower-cased and trimmed. Nobody proved it: it is used for this place alone, and goes with it. */
    email: text().notNull(),
    createdAtMs: integer().notNull(),
  },
  (t) => [index('waitlist_contacts_by_email').on(t.email, t.eventId, t.typeId)],
);
