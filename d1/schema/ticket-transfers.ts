import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { people } from './people.ts';

/**
 * Whom to write to about a ticket that is being offered, and what its giver wrote. The offer itself, and whether it still
 * stands, are the event's inventory's to know. A row goes with its offer: nobody keeps the address of somebody who never came.
 */
export const transferContacts = sqliteTable(
  'transfer_contacts',
  {
    transferId: text().primaryKey(),
    eventId: text().notNull(),
    ticketId: text().notNull(),
    fromCustomerId: text().notNull(),
    /** Lower-cased and trimmed; null for a link that its giver hands on. */
    address: text(),
    /** How the giver calls themselves to whoever gets it. */
    giverName: text(),
    message: text(),
    createdAtMs: integer().notNull(),
    /** No offer lasts longer: from then on the row is swept away, if its offer's end did not take it along. */
    endsAtMs: integer().notNull(),
  },
  (t) => [index('transfer_contacts_by_end').on(t.endsAtMs)],
);

/**
 * Tickets that were given to a person, or that they keep in their account: theirs while the ticket's customer is the one
 * named here. By the person and not by an address, which may be somebody else's next year.
 */
export const claimedTickets = sqliteTable(
  'claimed_tickets',
  {
    ticketId: text().notNull(),
    customerId: text().notNull(),
    personId: text()
      .notNull()
      .references(() => people.id),
    claimedAtMs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ticketId, t.customerId] }), index('claimed_tickets_by_person').on(t.personId)],
);
