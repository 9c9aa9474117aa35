import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

/** The catalogue: what the public may read. Its truth is here; instants are epoch milliseconds, money is minor units. */

export const businesses = sqliteTable('businesses', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  tagline: text().notNull(),
  /** Two or three paragraphs, plain text, blank line between. */
  story: text().notNull(),
  category: text().notNull(),
  city: text().notNull(),
  countryCode: text().notNull(),
  website: text(),
  supportEmail: text().notNull(),
  logoKey: text(),
  createdAtMs: integer().notNull(),
});

export const events = sqliteTable(
  'events',
  {
    id: text().primaryKey(),
    /** Four bytes in each ticket code; allocated here, never reused. */
    number: integer().notNull().unique(),
    slug: text().notNull().unique(),
    businessId: text()
      .notNull()
      .references(() => businesses.id),
    title: text().notNull(),
    /** One line for cards and search results. */
    summary: text().notNull(),
    /** Paragraphs of plain text, blank line between. */
    description: text().notNull(),
    category: text().notNull(),
    venueName: text().notNull(),
    venueAddress: text().notNull(),
    city: text().notNull(),
    countryCode: text().notNull(),
    latitude: real(),
    longitude: real(),
    timeZone: text().notNull(),
    currency: text().notNull(),
    startsAtMs: integer().notNull(),
    endsAtMs: integer().notNull(),
    /** Keys of pictures in the media bucket. */
    heroKey: text().notNull(),
    posterKey: text().notNull(),
    previewVideoKey: text(),
    /** The organiser's conditions: `[{title, text}]`. */
    terms: text({ mode: 'json' }).$type<{ title: string; text: string }[]>().notNull(),
    /** What coming earns, in words: `[{title, text}]`. */
    rewards: text({ mode: 'json' }).$type<{ title: string; text: string }[]>().notNull(),
    status: text({ enum: ['draft', 'published', 'cancelled'] }).notNull(),
    createdAtMs: integer().notNull(),
  },
  (t) => [
    index('events_by_start')
      .on(t.startsAtMs)
      .where(sql`status = 'published'`),
  ],
);

export const eventRulesVersions = sqliteTable(
  'event_rules_versions',
  {
    eventId: text()
      .notNull()
      .references(() => events.id),
    version: integer().notNull(),
    hash: text().notNull(),
    document: text().notNull(),
    status: text({ enum: ['proposed', 'in_force', 'superseded', 'refused'] }).notNull(),
    proposedAtMs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.version] })],
);

export const products = sqliteTable('products', {
  id: text().primaryKey(),
  businessId: text()
    .notNull()
    .references(() => businesses.id),
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull(),
  kind: text({ enum: ['physical', 'digital', 'service_credit', 'coupon', 'cashback'] }).notNull(),
  priceMinor: integer().notNull(),
  currency: text().notNull(),
  pictureKey: text(),
  /** Where a buyer gets it, in the seller's words; null for what is only handed out with tickets. */
  pickup: text(),
});

/** Which businesses exhibit at an event, and where they stand. */
export const exhibitors = sqliteTable(
  'exhibitors',
  {
    eventId: text()
      .notNull()
      .references(() => events.id),
    businessId: text()
      .notNull()
      .references(() => businesses.id),
    hall: text().notNull(),
    stand: text().notNull(),
    pitch: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.businessId] })],
);

/** Talks, workshops, sets: what happens when and where. */
export const programmeItems = sqliteTable(
  'programme_items',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    title: text().notNull(),
    summary: text().notNull(),
    kind: text({ enum: ['talk', 'workshop', 'panel', 'performance', 'demo', 'meal', 'ceremony'] }).notNull(),
    place: text().notNull(),
    startsAtMs: integer().notNull(),
    endsAtMs: integer().notNull(),
    people: text({ mode: 'json' }).$type<{ name: string; role: string }[]>().notNull(),
    /** The ticket type that admits to it, where entry to the event alone does not. */
    ticketTypeId: text(),
  },
  (t) => [unique('programme_in_order').on(t.eventId, t.startsAtMs, t.id)],
);

export const reviews = sqliteTable(
  'reviews',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    authorName: text().notNull(),
    rating: integer().notNull(),
    text: text().notNull(),
    writtenAtMs: integer().notNull(),
  },
  (t) => [index('reviews_by_event').on(t.eventId, t.writtenAtMs)],
);
