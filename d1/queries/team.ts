import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { platformBusinessId, type Membership, type Role } from '#shared/access/permissions.ts';
import type { Database, Statement } from '../database.ts';
import { businesses, invitations, memberships, people, staffPins } from '../schema/index.ts';

/** Most members and invitations one team page shows. */
export const teamLimit = 500;

export function membersOf(db: Database, businessId: string) {
  return db
    .select({ personId: people.id, name: people.name, email: people.email, role: memberships.role })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.businessId, businessId))
    .orderBy(asc(memberships.createdAtMs), asc(memberships.personId))
    .limit(teamLimit);
}

export async function membershipsOf(db: Database, personId: string): Promise<Membership[]> {
  return db
    .select({ businessId: memberships.businessId, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.personId, personId));
}

/** All of them when `ids` is left out; of those asked for, the ones that exist. */
export function businessNames(db: Database, ids?: readonly string[]) {
  return db
    .select({ id: businesses.id, name: businesses.name })
    .from(businesses)
    .where(ids === undefined ? undefined : inArray(businesses.id, [...ids].slice(0, idsMax)))
    .orderBy(asc(businesses.name))
    .limit(teamLimit);
}

/** D1 binds at most a hundred parameters a statement. */
export const idsMax = 90;

/** Names of people by id: empty for the erased; ids that are no person's are left out. */
export async function namesOf(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const unique = [...new Set(ids)].slice(0, idsMax);
  if (unique.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(inArray(people.id, unique));
  return new Map(rows.map(({ id, name, email }) => [id, name ?? email ?? '']));
}

/** Who decides, with every role that decision rests on: the statement looks whether they still hold them all. */
export type Decider = { readonly personId: string; readonly memberships: readonly Membership[] };

export type RoleMove = {
  readonly actor: Decider;
  readonly businessId: string;
  readonly personId: string;
  readonly from: Role;
  /** Undefined takes the role away. */
  readonly to: Role | undefined;
  readonly nowMs: number;
};

/**
 * Moves a role. One condition decides every race: the last owner stays, and whoever lost their own role a moment ago
 * decides nothing any more, so two owners removing each other end with one owner. What hung on the role goes in the same
 * batch: the PIN of somebody who left, and invitations they had sent. `trace` is written only if the role moved.
 */
export async function moveRole(db: Database, move: RoleMove, trace: Statement): Promise<boolean> {
  const { actor, businessId, personId, from, to, nowMs } = move;
  const isTop = from === 'owner' || from === 'platform_admin';
  const condition = sql`person_id = ${personId} AND business_id = ${businessId} AND role = ${from}
    AND (${isTop ? 0 : 1} OR EXISTS (SELECT 1 FROM memberships AS other
      WHERE other.business_id = ${businessId} AND other.role = ${from} AND other.person_id <> ${personId}))
    AND ${stillHolds(actor, businessId)}`;
  const taken = db.delete(memberships).where(condition).returning({ personId: memberships.personId });
  // First the new role and then the old one's end, on the same conditions, which the first does not touch.
  const given =
    to === undefined
      ? []
      : [
          db
            .insert(memberships)
            .select(sql`SELECT person_id, business_id, ${to}, ${nowMs} FROM memberships WHERE ${condition}`)
            .onConflictDoNothing(),
        ];
  const [first, ...others] = [...given, taken] as const;
  const results = await db.batch([
    first ?? taken,
    ...others,
    trace,
    db
      .delete(staffPins)
      .where(
        and(
          eq(staffPins.personId, personId),
          eq(staffPins.businessId, businessId),
          sql`NOT EXISTS (SELECT 1 FROM memberships WHERE person_id = ${personId} AND business_id = ${businessId})`,
        ),
      ),
    db
      .update(invitations)
      .set({ revokedAtMs: nowMs, email: null })
      .where(
        and(
          eq(invitations.invitedBy, personId),
          sql`(business_id = ${businessId} OR ${businessId} = ${platformBusinessId})`,
          isNull(invitations.acceptedAtMs),
          isNull(invitations.revokedAtMs),
          sql`NOT EXISTS (SELECT 1 FROM memberships
            WHERE person_id = ${personId} AND business_id = ${businessId} AND role = ${from})`,
        ),
      ),
  ]);
  const gone = results[given.length] as { personId: string }[];
  return gone.length > 0;
}

/** Whether a role is held for a business by somebody now. */
export async function holdsRole(db: Database, { personId, businessId, role }: Membership & { personId: string }) {
  const [row] = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.personId, personId), eq(memberships.businessId, businessId), eq(memberships.role, role)))
    .limit(1);
  return row !== undefined;
}

export function stillHolds({ personId, memberships: held }: Decider, businessId: string) {
  const counted = held.filter((one) => one.businessId === businessId || one.businessId === platformBusinessId);
  const rows = counted.map((one) => sql`(business_id = ${one.businessId} AND role = ${one.role})`);
  return sql`${counted.length} > 0 AND ${counted.length} = (SELECT count(*) FROM memberships
    WHERE person_id = ${personId} AND (${sql.join(rows.length === 0 ? [sql`0`] : rows, sql` OR `)}))`;
}
