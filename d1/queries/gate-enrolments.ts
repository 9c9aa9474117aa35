import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Database, Statement } from '../database.ts';
import { businesses, events, gateEnrolments, people } from '../schema/index.ts';

export async function saveEnrolment(
  db: Database,
  enrolment: typeof gateEnrolments.$inferInsert,
  trace: Statement,
): Promise<void> {
  await db.batch([db.insert(gateEnrolments).values(enrolment), trace]);
}

/** What a code offers, spent or not, with the event it is for. */
export async function findEnrolment(db: Database, tokenHash: string) {
  const [found] = await db
    .select({ enrolment: gateEnrolments, event: events, businessName: businesses.name })
    .from(gateEnrolments)
    .innerJoin(events, eq(events.id, gateEnrolments.eventId))
    .innerJoin(businesses, eq(businesses.id, events.businessId))
    .where(eq(gateEnrolments.tokenHash, tokenHash))
    .limit(1);
  return found;
}

/**
 * Spends a code for one device: whoever comes second finds it spent. The same device may ask again, because the first
 * answer may have been lost on its way. One statement, so two phones can't both win.
 */
export async function spendEnrolment(
  db: Database,
  { tokenHash, deviceId, nowMs }: { tokenHash: string; deviceId: string; nowMs: number },
): Promise<boolean> {
  const spent = await db
    .update(gateEnrolments)
    .set({ spentAtMs: nowMs, deviceId })
    .where(
      and(
        eq(gateEnrolments.tokenHash, tokenHash),
        gt(gateEnrolments.expiresAtMs, nowMs),
        or(isNull(gateEnrolments.spentAtMs), eq(gateEnrolments.deviceId, deviceId)),
      ),
    )
    .returning({ deviceId: gateEnrolments.deviceId });
  return spent.length > 0;
}

/** Who let each device of an event in, by device. */
export async function enrolledBy(db: Database, eventId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ deviceId: gateEnrolments.deviceId, createdBy: gateEnrolments.createdBy })
    .from(gateEnrolments)
    .where(eq(gateEnrolments.eventId, eventId));
  return new Map(
    rows.flatMap(({ deviceId, createdBy }) => (deviceId === null ? [] : [[deviceId, createdBy] as const])),
  );
}

/** Somebody who helps for a day: a name, and no way to sign in. */
export async function addSteward(
  db: Database,
  steward: { id: string; name: string; createdAtMs: number },
): Promise<void> {
  await db.insert(people).values(steward).onConflictDoNothing();
}
