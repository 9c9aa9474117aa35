import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { deadLetters } from '../schema/index.ts';

export type DeadLetter = typeof deadLetters.$inferSelect;

/** As many as a page shows; settling them brings up the next. */
export const shownDeadLetters = 50;

/** Once for each id: what the queue delivers twice fails once. */
export async function addDeadLetter(
  db: Database,
  letter: Pick<DeadLetter, 'id' | 'kind' | 'message' | 'why' | 'failedAtMs'>,
): Promise<void> {
  await db.insert(deadLetters).values(letter).onConflictDoNothing();
}

/** What nobody has settled yet, newest first. */
export function openDeadLetters(db: Database): Promise<DeadLetter[]> {
  return db
    .select()
    .from(deadLetters)
    .where(isNull(deadLetters.settledAtMs))
    .orderBy(desc(deadLetters.failedAtMs), desc(deadLetters.id))
    .limit(shownDeadLetters)
    .execute();
}

export async function findDeadLetter(db: Database, id: string): Promise<DeadLetter | undefined> {
  const [letter] = await db.select().from(deadLetters).where(eq(deadLetters.id, id));
  return letter;
}

type Settlement = { readonly by: string; readonly as: 'sent_again' | 'let_go'; readonly atMs: number };

/** True for the one who settles it: two people pressing at once cannot both. */
export async function settleDeadLetter(db: Database, id: string, { by, as, atMs }: Settlement): Promise<boolean> {
  const settled = await db
    .update(deadLetters)
    .set({ settledAtMs: atMs, settledBy: by, settledAs: as })
    .where(and(eq(deadLetters.id, id), isNull(deadLetters.settledAtMs)))
    .returning({ id: deadLetters.id });
  return settled.length > 0;
}

/** Takes back a settlement whose message could not be queued after all. */
export async function unsettleDeadLetter(db: Database, id: string, { by, atMs }: Settlement): Promise<void> {
  await db
    .update(deadLetters)
    .set({ settledAtMs: null, settledBy: null, settledAs: null })
    .where(and(eq(deadLetters.id, id), eq(deadLetters.settledBy, by), eq(deadLetters.settledAtMs, atMs)));
}

/** Deletes up to `limit` letters that were settled before `beforeMs`; the audit log goes on telling by whom. How many. */
export async function deleteSettledLetters(db: Database, beforeMs: number, limit: number): Promise<number> {
  const old = db
    .select({ id: deadLetters.id })
    .from(deadLetters)
    .where(lt(deadLetters.settledAtMs, beforeMs))
    .limit(limit);
  const { meta } = await db.delete(deadLetters).where(inArray(deadLetters.id, old)).run();
  return meta.changes;
}
