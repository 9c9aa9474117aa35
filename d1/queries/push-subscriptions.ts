import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { pushSubscriptions } from '../schema/index.ts';

/** Browsers of one person that get push messages; the one that subscribed first makes room. */
export const subscriptionsPerPerson = 10;

type Row = typeof pushSubscriptions.$inferSelect;

/** Keeps a browser's subscription; one that another person left in this browser becomes this person's. */
export async function savePushSubscription(db: Database, row: Row): Promise<void> {
  const { personId, p256dh, auth } = row;
  const tooMany = db
    .select({ endpoint: pushSubscriptions.endpoint })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.personId, personId))
    .orderBy(desc(pushSubscriptions.createdAtMs), desc(pushSubscriptions.endpoint))
    .limit(subscriptionsPerPerson)
    .offset(subscriptionsPerPerson);
  await db.batch([
    db
      .insert(pushSubscriptions)
      .values(row)
      .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: { personId, p256dh, auth } }),
    db.delete(pushSubscriptions).where(inArray(pushSubscriptions.endpoint, tooMany)),
  ]);
}

export async function pushSubscriptionsOf(db: Database, personId: string): Promise<Row[]> {
  return db
    .select()
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.personId, personId))
    .orderBy(asc(pushSubscriptions.createdAtMs))
    .limit(subscriptionsPerPerson);
}

/** Forgets a browser, if it is this person's. */
export async function dropPushSubscription(db: Database, personId: string, endpoint: string): Promise<void> {
  await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.endpoint, endpoint), eq(pushSubscriptions.personId, personId)));
}

/** Forgets a browser that its push service says is gone. */
export async function forgetPushSubscription(db: Database, endpoint: string): Promise<void> {
  await db.delete(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint));
}
