import { and, desc, eq, gt, min, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { events, waitlistContacts } from '../schema/index.ts';

export type WaitlistContact = typeof waitlistContacts.$inferSelect;

/** False when this place has its contact already: a form sent twice. */
export async function addWaitlistContact(db: Database, contact: WaitlistContact): Promise<boolean> {
  const added = await db.insert(waitlistContacts).values(contact).onConflictDoNothing().returning();
  return added.length > 0;
}

/** A place with the event it is at; undefined once given up, taken or erased. */
export async function findWaitlistContact(db: Database, entryId: string) {
  const [found] = await db
    .select({ contact: waitlistContacts, slug: events.slug })
    .from(waitlistContacts)
    .innerJoin(events, eq(events.id, waitlistContacts.eventId))
    .where(eq(waitlistContacts.entryId, entryId))
    .limit(1);
  return found;
}

/** The newest place somebody took for a type. */
export async function waitlistContactOf(
  db: Database,
  { email, eventId, typeId }: Pick<WaitlistContact, 'email' | 'eventId' | 'typeId'>,
): Promise<WaitlistContact | undefined> {
  const [found] = await db
    .select()
    .from(waitlistContacts)
    .where(
      and(
        eq(waitlistContacts.email, email),
        eq(waitlistContacts.eventId, eventId),
        eq(waitlistContacts.typeId, typeId),
      ),
    )
    .orderBy(desc(waitlistContacts.createdAtMs))
    .limit(1);
  return found;
}

/** One place of each address that waits for an event, in the order of their ids, after this one. */
export function onePlaceEach(db: Database, eventId: string, after: string, limit: number) {
  const entryId = min(waitlistContacts.entryId);
  return db
    .select({ entryId: sql<string>`${entryId}` })
    .from(waitlistContacts)
    .where(eq(waitlistContacts.eventId, eventId))
    .groupBy(waitlistContacts.email)
    .having(gt(entryId, after))
    .orderBy(entryId)
    .limit(limit);
}

/** Every place an address has at an event. */
export async function removeWaitlistContactsOf(
  db: Database,
  { email, eventId }: Pick<WaitlistContact, 'email' | 'eventId'>,
): Promise<void> {
  await db
    .delete(waitlistContacts)
    .where(and(eq(waitlistContacts.email, email), eq(waitlistContacts.eventId, eventId)));
}

/** As a statement: run by itself, or in the batch of whatever ended the place. */
export function removeWaitlistContact(db: Database, entryId: string) {
  return db.delete(waitlistContacts).where(eq(waitlistContacts.entryId, entryId));
}
