import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { velocity } from '../schema/index.ts';

export type Tick = { readonly key: string; readonly windowEndsAtMs: number };

/** Counts one more try under each key, in one batch. Answers each count, this try included, and when its window ends. */
export async function countTries(db: Database, ticks: readonly Tick[], nowMs: number) {
  const [first, ...rest] = ticks.map(({ key, windowEndsAtMs }) =>
    db
      .insert(velocity)
      .values({ key, windowEndsAtMs, count: 1 })
      .onConflictDoUpdate({
        target: velocity.key,
        set: {
          count: sql`CASE WHEN ${velocity.windowEndsAtMs} <= ${nowMs} THEN 1 ELSE ${velocity.count} + 1 END`,
          windowEndsAtMs: sql`CASE WHEN ${velocity.windowEndsAtMs} <= ${nowMs} THEN ${windowEndsAtMs} ELSE ${velocity.windowEndsAtMs} END`,
        },
      })
      .returning({ count: velocity.count, windowEndsAtMs: velocity.windowEndsAtMs }),
  );
  if (first === undefined) return [];
  return (await db.batch([first, ...rest])).flatMap(([counted]) => counted ?? []);
}

/** Takes a try back: it turned out to be none. */
export async function forgetTry(db: Database, key: string): Promise<void> {
  await db
    .update(velocity)
    .set({ count: sql`${velocity.count} - 1` })
    .where(and(eq(velocity.key, key), gt(velocity.count, 0)));
}

/** Deletes at most `limit` rows whose window is over. Answers how many. */
export async function deleteOldTries(db: Database, nowMs: number, limit: number): Promise<number> {
  const old = db.select({ key: velocity.key }).from(velocity).where(lte(velocity.windowEndsAtMs, nowMs)).limit(limit);
  return (await db.delete(velocity).where(inArray(velocity.key, old)).returning({ key: velocity.key })).length;
}
