import { asc, eq, sql } from 'drizzle-orm';
import type { EntryChannel } from '#shared/entry/channels.ts';
import type { Database } from '../database.ts';
import { entryLinks, events } from '../schema/index.ts';

/** Most links an event may have: all of them fit its page. */
export const linkLimit = 200;

/** Where a link leads, for a published event. */
export async function findEntryLink(db: Database, code: string) {
  const [found] = await db
    .select({
      code: entryLinks.code,
      eventId: events.id,
      slug: events.slug,
      status: events.status,
      opensTypeId: entryLinks.opensTypeId,
    })
    .from(entryLinks)
    .innerJoin(events, eq(events.id, entryLinks.eventId))
    .where(eq(entryLinks.code, code))
    .limit(1);
  return found?.status === 'published' ? found : undefined;
}

export async function countVisit(db: Database, code: string): Promise<void> {
  await db
    .update(entryLinks)
    .set({ visits: sql`${entryLinks.visits} + 1` })
    .where(eq(entryLinks.code, code));
}

export function entryLinksOf(db: Database, eventId: string) {
  return db
    .select()
    .from(entryLinks)
    .where(eq(entryLinks.eventId, eventId))
    .orderBy(asc(entryLinks.createdAtMs))
    .limit(linkLimit);
}

export async function addEntryLink(
  db: Database,
  link: {
    code: string;
    eventId: string;
    channel: EntryChannel;
    label: string;
    createdAtMs: number;
    /** What it lets take, of a type that is not for everybody. */
    opens: { typeId: string; count: number } | undefined;
  },
): Promise<void> {
  const { opens, ...row } = link;
  await db.insert(entryLinks).values({ ...row, opensTypeId: opens?.typeId ?? null, opensCount: opens?.count ?? null });
}
