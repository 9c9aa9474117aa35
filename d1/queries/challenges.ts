import { and, eq, gt, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { challenges } from '../schema/index.ts';

export type Challenge = typeof challenges.$inferSelect;

export async function saveChallenge(db: Database, challenge: typeof challenges.$inferInsert): Promise<void> {
  await db.insert(challenges).values(challenge);
}

/** A challenge as the browser that asked for it may see it. */
export async function findChallenge(
  db: Database,
  { id, browserHash }: { id: string; browserHash: string },
): Promise<Challenge | undefined> {
  const [found] = await db
    .select()
    .from(challenges)
    .where(and(eq(challenges.id, id), eq(challenges.browserHash, browserHash)))
    .limit(1);
  return found;
}

export type CodeTry = {
  readonly id: string;
  readonly purpose: Challenge['purpose'];
  readonly browserHash: string;
  readonly codeDigest: string;
  readonly nowMs: number;
  readonly triesMax: number;
};

/**
 * Tries a code: one statement spends the challenge or a try of it, so that a hundred guesses at once are still five.
 * Undefined when there was nothing to try: unknown, another browser's, over, spent or tried too often.
 */
export async function tryCode(db: Database, { id, purpose, browserHash, codeDigest, nowMs, triesMax }: CodeTry) {
  const isRight = sql`${challenges.codeDigest} = ${codeDigest}`;
  const [tried] = await db
    .update(challenges)
    .set({
      spentAtMs: sql`CASE WHEN ${isRight} THEN ${nowMs} END`,
      wrongTries: sql`${challenges.wrongTries} + CASE WHEN ${isRight} THEN 0 ELSE 1 END`,
    })
    .where(
      and(
        eq(challenges.id, id),
        eq(challenges.purpose, purpose),
        eq(challenges.browserHash, browserHash),
        isNull(challenges.spentAtMs),
        gt(challenges.expiresAtMs, nowMs),
        lt(challenges.wrongTries, triesMax),
      ),
    )
    .returning();
  return tried;
}

/** Spends a link: answers its challenge once, and only while it is fresh. One statement, so two clicks can't both win. */
export async function spendLink(db: Database, tokenHash: string, nowMs: number): Promise<Challenge | undefined> {
  const [spent] = await db
    .update(challenges)
    .set({ spentAtMs: nowMs })
    .where(
      and(
        eq(challenges.tokenHash, tokenHash),
        eq(challenges.purpose, 'sign_in'),
        isNull(challenges.spentAtMs),
        gt(challenges.expiresAtMs, nowMs),
      ),
    )
    .returning();
  return spent;
}

/** Deletes at most `limit` challenges that ended before `endedMs`. Answers how many. */
export async function deleteOldChallenges(db: Database, endedMs: number, limit: number): Promise<number> {
  const old = db
    .select({ id: challenges.id })
    .from(challenges)
    .where(lte(challenges.expiresAtMs, endedMs))
    .limit(limit);
  return (await db.delete(challenges).where(inArray(challenges.id, old)).returning({ id: challenges.id })).length;
}
