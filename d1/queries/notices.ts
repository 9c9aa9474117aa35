import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { businesses, invitations, people } from '../schema/index.ts';

/** Where a person can be reached, and what they are called; undefined for nobody. An erased person has none of it. */
export async function contactOf(db: Database, personId: string) {
  const [person] = await db
    .select({ email: people.email, phone: people.phone, name: people.name })
    .from(people)
    .where(eq(people.id, personId));
  return person;
}

/** What the mail of an invitation tells; undefined once it was answered, taken back or is over. */
export async function invitationToWrite(db: Database, invitationId: string, nowMs: number) {
  const [invitation] = await db
    .select({
      email: invitations.email,
      role: invitations.role,
      expiresAtMs: invitations.expiresAtMs,
      businessName: businesses.name,
      inviterName: people.name,
    })
    .from(invitations)
    .leftJoin(businesses, eq(businesses.id, invitations.businessId))
    .leftJoin(people, eq(people.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.id, invitationId),
        isNull(invitations.acceptedAtMs),
        isNull(invitations.revokedAtMs),
        gt(invitations.expiresAtMs, nowMs),
      ),
    );
  return invitation;
}
