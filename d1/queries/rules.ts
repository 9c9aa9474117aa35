import { and, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { eventRulesVersions } from '../schema/index.ts';

export async function latestRules(db: Database, eventId: string) {
  const [latest] = await db
    .select({ version: eventRulesVersions.version, hash: eventRulesVersions.hash, status: eventRulesVersions.status })
    .from(eventRulesVersions)
    .where(eq(eventRulesVersions.eventId, eventId))
    .orderBy(sql`${eventRulesVersions.version} DESC`)
    .limit(1);
  return latest;
}

/** Records a version before the inventory is asked: a crash in between leaves a proposal, never unrecorded rules. */
export async function proposeRules(
  db: Database,
  proposal: { eventId: string; version: number; hash: string; document: string; nowMs: number },
): Promise<void> {
  const { nowMs, ...row } = proposal;
  await db
    .insert(eventRulesVersions)
    .values({ ...row, status: 'proposed', proposedAtMs: nowMs })
    .onConflictDoNothing();
}

/** Marks what the inventory decided. What was in force before is superseded in the same batch. */
export async function settleRules(
  db: Database,
  { eventId, version, accepted }: { eventId: string; version: number; accepted: boolean },
): Promise<void> {
  const settled = db
    .update(eventRulesVersions)
    .set({ status: accepted ? 'in_force' : 'refused' })
    .where(and(eq(eventRulesVersions.eventId, eventId), eq(eventRulesVersions.version, version)));
  if (!accepted) {
    await settled;
    return;
  }
  await db.batch([
    db
      .update(eventRulesVersions)
      .set({ status: 'superseded' })
      .where(
        and(
          eq(eventRulesVersions.eventId, eventId),
          eq(eventRulesVersions.status, 'in_force'),
          ne(eventRulesVersions.version, version),
        ),
      ),
    settled,
  ]);
}
