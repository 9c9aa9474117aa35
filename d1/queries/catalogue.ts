import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import {
  businesses,
  events,
  eventRulesVersions,
  eventStock,
  exhibitors,
  products,
  programmeItems,
  reviews,
} from '../schema/index.ts';

export type EventRow = typeof events.$inferSelect;
export type BusinessRow = typeof businesses.$inferSelect;
export type StockRow = typeof eventStock.$inferSelect;

/** Bounds of what one page shows. */
const listLimit = 60;
const reviewLimit = 6;
const programmeLimit = 300;

/** Published events with the rules in force, in order of start. */
export function listEvents(db: Database, where?: { businessId: string }) {
  const published = eq(events.status, 'published');
  return db
    .select({ event: events, document: eventRulesVersions.document })
    .from(events)
    .innerJoin(
      eventRulesVersions,
      and(eq(eventRulesVersions.eventId, events.id), eq(eventRulesVersions.status, 'in_force')),
    )
    .where(where === undefined ? published : and(published, eq(events.businessId, where.businessId)))
    .orderBy(asc(events.startsAtMs))
    .limit(listLimit);
}

/** One event for sale: its row, its organiser, the rules in force and their version. */
export async function findEvent(db: Database, which: { slug: string } | { eventId: string }) {
  const [found] = await db
    .select({
      event: events,
      business: businesses,
      document: eventRulesVersions.document,
      version: eventRulesVersions.version,
    })
    .from(events)
    .innerJoin(businesses, eq(businesses.id, events.businessId))
    .innerJoin(
      eventRulesVersions,
      and(eq(eventRulesVersions.eventId, events.id), eq(eventRulesVersions.status, 'in_force')),
    )
    .where(
      and(
        'slug' in which ? eq(events.slug, which.slug) : eq(events.id, which.eventId),
        inArray(events.status, ['published', 'cancelled']),
      ),
    )
    .limit(1);
  return found;
}

export type EventForSale = NonNullable<Awaited<ReturnType<typeof findEvent>>>;

/** The rest of an event page, in one round trip. */
export async function readEventPage(db: Database, event: EventRow) {
  const [stock, programme, standing, shown, written, [rated]] = await db.batch([
    db.select().from(eventStock).where(eq(eventStock.eventId, event.id)),
    db
      .select()
      .from(programmeItems)
      .where(eq(programmeItems.eventId, event.id))
      .orderBy(asc(programmeItems.startsAtMs))
      .limit(programmeLimit),
    db
      .select({ stand: exhibitors, business: businesses })
      .from(exhibitors)
      .innerJoin(businesses, eq(businesses.id, exhibitors.businessId))
      .where(eq(exhibitors.eventId, event.id))
      .orderBy(asc(exhibitors.hall), asc(exhibitors.stand))
      .limit(listLimit),
    db.select().from(products).where(eq(products.businessId, event.businessId)).limit(listLimit),
    db
      .select()
      .from(reviews)
      .where(eq(reviews.eventId, event.id))
      .orderBy(desc(reviews.writtenAtMs))
      .limit(reviewLimit),
    db
      .select({ average: sql<number | null>`avg(${reviews.rating})`, count: count() })
      .from(reviews)
      .where(eq(reviews.eventId, event.id)),
  ]);
  return { stock, programme, exhibitors: standing, products: shown, reviews: written, rated };
}

export async function findBusiness(db: Database, slug: string): Promise<BusinessRow | undefined> {
  const [business] = await db.select().from(businesses).where(eq(businesses.slug, slug)).limit(1);
  return business;
}
