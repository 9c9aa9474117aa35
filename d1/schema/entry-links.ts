import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { entryChannels } from '#shared/entry/channels.ts';
import { events } from './catalogue.ts';

/** Ways in: every poster, post, friend and shop that sends people to an event has a short link of its own. */
export const entryLinks = sqliteTable(
  'entry_links',
  {
    /** The end of `/go/…`: short, because it is printed. */
    code: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    channel: text({ enum: entryChannels }).notNull(),
    /** Where it hangs or who shares it, in the organiser's words. */
    label: text().notNull(),
    createdAtMs: integer().notNull(),
    /** Times it was followed. A rough count: it may lose some when the database is busy. */
    visits: integer().notNull().default(0),
    /** A ticket type that is not for everybody, and how many of it this link is good for; null for an ordinary link. */
    opensTypeId: text(),
    opensCount: integer(),
  },
  (t) => [index('entry_links_by_event').on(t.eventId, t.createdAtMs)],
);
