import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { challenges, memberships, people, sessions } from '../schema/index.ts';

export async function saveChallenge(db: Database, challenge: typeof challenges.$inferInsert): Promise<void> {
  await db.insert(challenges).values(challenge);
}

/** Spends a link: answers its address once, and only while it is fresh. One statement, so two clicks can't both win. */
export async function spendSignInLink(db: Database, tokenHash: string, nowMs: number): Promise<string | undefined> {
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
    .returning({ address: challenges.address });
  return spent?.address;
}

/** The person with this address, made on first sight. */
export async function personByEmail(
  db: Database,
  email: string,
  fresh: { id: string; nowMs: number },
): Promise<string> {
  await db.insert(people).values({ id: fresh.id, email, createdAtMs: fresh.nowMs }).onConflictDoNothing();
  const [person] = await db.select({ id: people.id }).from(people).where(eq(people.email, email)).limit(1);
  if (person === undefined) throw new Error('A person just written is missing');
  return person.id;
}

export async function openSession(db: Database, session: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(session);
}

export async function closeSession(db: Database, tokenHash: string, nowMs: number): Promise<void> {
  await db.update(sessions).set({ revokedAtMs: nowMs }).where(eq(sessions.tokenHash, tokenHash));
}

/** The live session's person with their roles; undefined when it is unknown, over or revoked. */
export async function findSession(db: Database, tokenHash: string, nowMs: number) {
  const rows = await db
    .select({
      id: people.id,
      email: people.email,
      name: people.name,
      businessId: memberships.businessId,
      role: memberships.role,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(memberships, eq(memberships.personId, people.id))
    .where(and(eq(sessions.tokenHash, tokenHash), isNull(sessions.revokedAtMs), gt(sessions.expiresAtMs, nowMs)));
  const [first] = rows;
  if (first === undefined) return undefined;
  return {
    personId: first.id,
    email: first.email ?? '',
    name: first.name ?? '',
    memberships: rows.flatMap(({ businessId, role }) =>
      businessId === null || role === null ? [] : [{ businessId, role }],
    ),
  };
}

export type SignedIn = NonNullable<Awaited<ReturnType<typeof findSession>>>;
