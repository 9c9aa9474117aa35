import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { Role } from '#shared/access/permissions.ts';
import type { Database, Statement } from '../database.ts';
import { businesses, invitations, memberships } from '../schema/index.ts';
import { stillHolds, type Decider } from './team.ts';

/** Open at once for one business: more than any team hires in a week, and too few to mail strangers with. */
export const openInvitationsMax = 60;

export type NewInvitation = {
  readonly id: string;
  readonly tokenHash: string;
  readonly businessId: string;
  readonly role: Role;
  readonly email: string;
  readonly nowMs: number;
  readonly expiresAtMs: number;
};

function isOpen(nowMs: number) {
  return and(isNull(invitations.acceptedAtMs), isNull(invitations.revokedAtMs), gt(invitations.expiresAtMs, nowMs));
}

export function openInvitations(db: Database, businessId: string, nowMs: number) {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: invitations.invitedBy,
      expiresAtMs: invitations.expiresAtMs,
    })
    .from(invitations)
    .where(and(eq(invitations.businessId, businessId), isOpen(nowMs)))
    .orderBy(desc(invitations.createdAtMs))
    .limit(openInvitationsMax);
}

/**
 * Writes an invitation in place of those still open for the same address, if whoever invites may still do so and there
 * is room. One batch, so that at no moment two links to one address work.
 */
export async function saveInvitation(
  db: Database,
  actor: Decider,
  { id, tokenHash, businessId, role, email, nowMs, expiresAtMs }: NewInvitation,
  trace: Statement,
): Promise<boolean> {
  const nobody = sql`NULL, NULL`;
  const written = db
    .insert(invitations)
    .select(
      sql`SELECT ${id}, ${tokenHash}, ${businessId}, ${role}, ${email}, ${actor.personId}, ${nowMs}, ${expiresAtMs}, ${nobody}
        WHERE ${stillHolds(actor, businessId)} AND ${openInvitationsMax} > (SELECT count(*) FROM invitations
          WHERE business_id = ${businessId} AND accepted_at_ms IS NULL AND revoked_at_ms IS NULL
            AND expires_at_ms > ${nowMs} AND email <> ${email})`,
    )
    .returning({ id: invitations.id });
  const replaced = db
    .update(invitations)
    .set({ revokedAtMs: nowMs, email: null })
    .where(
      and(
        eq(invitations.businessId, businessId),
        eq(invitations.email, email),
        ne(invitations.id, id),
        isNull(invitations.acceptedAtMs),
        isNull(invitations.revokedAtMs),
        sql`EXISTS (SELECT 1 FROM invitations AS fresh WHERE fresh.id = ${id})`,
      ),
    );
  const [rows] = await db.batch([written, trace, replaced]);
  return rows.length > 0;
}

/** Takes an open invitation back. Nothing happens to one that was answered meanwhile. */
export async function revokeInvitation(
  db: Database,
  { id, businessId, nowMs }: { id: string; businessId: string; nowMs: number },
  trace: Statement,
): Promise<void> {
  await db.batch([
    db
      .update(invitations)
      .set({ revokedAtMs: nowMs, email: null })
      .where(and(eq(invitations.id, id), eq(invitations.businessId, businessId), isOpen(nowMs))),
    trace,
  ]);
}

/** What a link says, as long as it can be accepted. */
export async function findOpenInvitation(db: Database, tokenHash: string, nowMs: number) {
  const [found] = await db
    .select({
      id: invitations.id,
      businessId: invitations.businessId,
      businessName: businesses.name,
      role: invitations.role,
      email: invitations.email,
      expiresAtMs: invitations.expiresAtMs,
    })
    .from(invitations)
    .leftJoin(businesses, eq(businesses.id, invitations.businessId))
    .where(and(eq(invitations.tokenHash, tokenHash), isOpen(nowMs)))
    .limit(1);
  return found;
}

/**
 * Gives the role and spends the invitation, both or neither: each statement stands on the same conditions, and nothing
 * comes between the statements of a batch.
 */
export async function acceptInvitation(
  db: Database,
  { id, email, personId, nowMs }: { id: string; email: string; personId: string; nowMs: number },
  trace: Statement,
): Promise<boolean> {
  const open = and(eq(invitations.id, id), eq(invitations.email, email), isOpen(nowMs));
  const given = db
    .insert(memberships)
    .select(sql`SELECT ${personId}, business_id, role, ${nowMs} FROM invitations WHERE ${open}`)
    .onConflictDoNothing();
  const spent = db
    .update(invitations)
    .set({ acceptedAtMs: nowMs, email: null })
    .where(open)
    .returning({ id: invitations.id });
  const [, rows] = await db.batch([given, spent, trace]);
  return rows.length > 0;
}
