import { and, eq, sql } from 'drizzle-orm';
import type { Membership } from '#shared/access/permissions.ts';
import type { Database, Statement } from '../database.ts';
import { staffPins } from '../schema/index.ts';
import { membershipsOf } from './team.ts';

/**
 * Sets somebody's PIN, unless a colleague of the same business has it. One statement decides, so that two people
 * choosing the same one at the same moment can't both have it.
 */
export async function setPin(
  db: Database,
  { personId, businessId, digest, nowMs }: { personId: string; businessId: string; digest: string; nowMs: number },
  trace: Statement,
): Promise<boolean> {
  const set = db
    .insert(staffPins)
    .select(
      sql`SELECT ${personId}, ${businessId}, ${digest}, ${nowMs} WHERE NOT EXISTS (SELECT 1 FROM staff_pins
        WHERE business_id = ${businessId} AND pin_digest = ${digest} AND person_id <> ${personId})`,
    )
    .onConflictDoUpdate({
      target: [staffPins.personId, staffPins.businessId],
      set: { pinDigest: digest, setAtMs: nowMs },
    })
    .returning({ personId: staffPins.personId });
  const [rows] = await db.batch([set, trace]);
  return rows.length > 0;
}

/** Whose PIN this is in a business, with what they may do. */
export async function findByPin(
  db: Database,
  businessId: string,
  digest: string,
): Promise<{ personId: string; memberships: Membership[] } | undefined> {
  const [row] = await db
    .select({ personId: staffPins.personId })
    .from(staffPins)
    .where(and(eq(staffPins.businessId, businessId), eq(staffPins.pinDigest, digest)))
    .limit(1);
  return row && { personId: row.personId, memberships: await membershipsOf(db, row.personId) };
}

/** When somebody set their PIN, by business. */
export async function pinsOf(db: Database, personId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ businessId: staffPins.businessId, setAtMs: staffPins.setAtMs })
    .from(staffPins)
    .where(eq(staffPins.personId, personId));
  return new Map(rows.map(({ businessId, setAtMs }) => [businessId, setAtMs]));
}
