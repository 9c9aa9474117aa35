import { and, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { devices, memberships, people, sessions } from '../schema/index.ts';

export type SessionMethod = (typeof sessions.$inferSelect)['method'];

export async function openSession(db: Database, session: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(session);
}

/**
 * The session behind a token, or behind the one before its last rotation, with its person, roles and device; undefined
 * when it is unknown or revoked. Whether it is over, the rules say.
 */
export async function findSession(db: Database, tokenHash: string) {
  const rows = await db
    .select({
      session: sessions,
      device: devices,
      personId: people.id,
      email: people.email,
      phone: people.phone,
      name: people.name,
      businessId: memberships.businessId,
      role: memberships.role,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(devices, eq(devices.id, sessions.deviceId))
    .leftJoin(memberships, eq(memberships.personId, people.id))
    .where(
      and(
        or(eq(sessions.tokenHash, tokenHash), eq(sessions.previousTokenHash, tokenHash)),
        isNull(sessions.revokedAtMs),
        isNull(devices.revokedAtMs),
      ),
    );
  const [first] = rows;
  if (first === undefined) return undefined;
  const { session, device } = first;
  const person = {
    personId: first.personId,
    email: first.email ?? '',
    phone: first.phone ?? '',
    name: first.name ?? '',
    memberships: rows.flatMap(({ businessId, role }) =>
      businessId === null || role === null ? [] : [{ businessId, role }],
    ),
  };
  return { session, device, person };
}

export type FoundSession = NonNullable<Awaited<ReturnType<typeof findSession>>>;
/** Who is signed in. `email` or `phone` is empty where the person has none. */
export type SignedIn = FoundSession['person'];

/** Puts a new token in the place of an old one; false when another request was faster. */
export async function rotateToken(
  db: Database,
  { from, to, nowMs }: { from: string; to: string; nowMs: number },
): Promise<boolean> {
  const moved = await db
    .update(sessions)
    .set({ tokenHash: to, previousTokenHash: from, rotatedAtMs: nowMs })
    .where(and(eq(sessions.tokenHash, from), isNull(sessions.revokedAtMs)))
    .returning({ id: sessions.id });
  return moved.length > 0;
}

export async function noteSeen(db: Database, sessionId: string, nowMs: number): Promise<void> {
  await db.update(sessions).set({ lastSeenAtMs: nowMs }).where(eq(sessions.id, sessionId));
}

/** Ends the session of a token, current or just rotated away. Answers its id and person, if it was alive. */
export async function closeSession(db: Database, tokenHash: string, nowMs: number) {
  const [closed] = await db
    .update(sessions)
    .set({ revokedAtMs: nowMs })
    .where(
      and(
        or(eq(sessions.tokenHash, tokenHash), eq(sessions.previousTokenHash, tokenHash)),
        isNull(sessions.revokedAtMs),
      ),
    )
    .returning({ id: sessions.id, personId: sessions.personId });
  return closed;
}

/** A statement; it answers the id when the person's session was alive until now. */
export function revokeSession(db: Database, owner: { sessionId: string; personId: string }, nowMs: number) {
  return db
    .update(sessions)
    .set({ revokedAtMs: nowMs })
    .where(and(eq(sessions.id, owner.sessionId), eq(sessions.personId, owner.personId), isNull(sessions.revokedAtMs)))
    .returning({ id: sessions.id });
}

/** Ends every session of a person but one. */
export function revokeOtherSessions(db: Database, owner: { sessionId: string; personId: string }, nowMs: number) {
  return db
    .update(sessions)
    .set({ revokedAtMs: nowMs })
    .where(and(ne(sessions.id, owner.sessionId), eq(sessions.personId, owner.personId), isNull(sessions.revokedAtMs)))
    .returning({ id: sessions.id });
}

const listLimit = 50;

/** A person's sessions that are alive, last seen first. */
export function sessionsOf(db: Database, personId: string, nowMs: number) {
  return db
    .select({
      id: sessions.id,
      deviceId: sessions.deviceId,
      deviceName: devices.name,
      userAgent: sessions.userAgent,
      method: sessions.method,
      createdAtMs: sessions.createdAtMs,
      lastSeenAtMs: sessions.lastSeenAtMs,
    })
    .from(sessions)
    .leftJoin(devices, eq(devices.id, sessions.deviceId))
    .where(and(eq(sessions.personId, personId), isNull(sessions.revokedAtMs), gt(sessions.expiresAtMs, nowMs)))
    .orderBy(desc(sessions.lastSeenAtMs))
    .limit(listLimit);
}

/** The person proved again who they are. */
export async function noteProof(
  db: Database,
  proof: { sessionId: string; method: SessionMethod; nowMs: number },
): Promise<void> {
  await db
    .update(sessions)
    .set({ provedAtMs: proof.nowMs, method: proof.method })
    .where(eq(sessions.id, proof.sessionId));
}

/** Moves a session to another row of devices. */
export async function moveSession(db: Database, sessionId: string, deviceId: string): Promise<void> {
  await db.update(sessions).set({ deviceId }).where(eq(sessions.id, sessionId));
}

/** Makes a session end early: it can be shortened, never prolonged. */
export async function shortenSession(db: Database, sessionId: string, expiresAtMs: number): Promise<void> {
  await db
    .update(sessions)
    .set({ expiresAtMs: sql`min(${sessions.expiresAtMs}, ${expiresAtMs})` })
    .where(eq(sessions.id, sessionId));
}

/** Deletes at most `limit` sessions that ended before `endedMs`, by their clock or by a revocation. Answers how many. */
export async function deleteOldSessions(db: Database, endedMs: number, limit: number): Promise<number> {
  const old = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(or(lte(sessions.expiresAtMs, endedMs), lte(sessions.revokedAtMs, endedMs)))
    .limit(limit);
  return (await db.delete(sessions).where(inArray(sessions.id, old)).returning({ id: sessions.id })).length;
}
