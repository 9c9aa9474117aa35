import { and, eq, exists, lte, ne, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { claimedTickets, transferContacts, tickets } from '../schema/index.ts';

export type TransferContact = typeof transferContacts.$inferSelect;

/** False when this offer has its contact already: a form sent twice. */
export async function addTransferContact(db: Database, contact: TransferContact): Promise<boolean> {
  const added = await db.insert(transferContacts).values(contact).onConflictDoNothing().returning();
  return added.length > 0;
}

/** As a statement: how long the offer really stands, which its inventory decided. */
export function endTransferContactBy(db: Database, transferId: string, endsAtMs: number) {
  return db.update(transferContacts).set({ endsAtMs }).where(eq(transferContacts.transferId, transferId));
}

/** Undefined once the offer is over, or its giver or its receiver was erased. */
export async function findTransferContact(db: Database, transferId: string): Promise<TransferContact | undefined> {
  const [found] = await db.select().from(transferContacts).where(eq(transferContacts.transferId, transferId)).limit(1);
  return found;
}

/** As a statement: run by itself, or in the batch of whatever ended the offer. */
export function removeTransferContact(db: Database, transferId: string) {
  return db.delete(transferContacts).where(eq(transferContacts.transferId, transferId));
}

/** Contacts of offers that ran out: their givers are told before they are removed. */
export function endedTransferContacts(db: Database, nowMs: number, limit: number) {
  return db
    .select({ transferId: transferContacts.transferId, eventId: transferContacts.eventId })
    .from(transferContacts)
    .where(lte(transferContacts.endsAtMs, nowMs))
    .limit(limit);
}

/** Which event and order a ticket belongs to, as the read model has it. */
export async function placeOfTicket(db: Database, ticketId: string) {
  const [found] = await db
    .select({ eventId: tickets.eventId, orderId: tickets.orderId })
    .from(tickets)
    .where(eq(tickets.id, ticketId))
    .limit(1);
  return found;
}

/** Statement: keeps a ticket in an account while its customer is this one. The key decides between two who try at once. */
export function claimTicket(
  db: Database,
  claim: { ticketId: string; customerId: string; personId: string; nowMs: number },
) {
  const { nowMs: claimedAtMs, ...row } = claim;
  return db
    .insert(claimedTickets)
    .values({ ...row, claimedAtMs })
    .onConflictDoNothing();
}

/** Who keeps a ticket that is this customer's. The erased keep theirs too. */
export async function ticketClaimantOf(
  db: Database,
  { ticketId, customerId }: { ticketId: string; customerId: string },
): Promise<string | undefined> {
  const [claimed] = await db
    .select({ personId: claimedTickets.personId })
    .from(claimedTickets)
    .where(and(eq(claimedTickets.ticketId, ticketId), eq(claimedTickets.customerId, customerId)))
    .limit(1);
  return claimed?.personId;
}

/** Condition: whoever was given a ticket under this pseudonym is another person; the address may have passed on since. */
export function keptByAnother(db: Database, ticket: { id: SQLWrapper; customerId: SQLWrapper }, personId: string) {
  return exists(
    db
      .select({ ticketId: claimedTickets.ticketId })
      .from(claimedTickets)
      .where(
        and(
          sql`${claimedTickets.ticketId} = ${ticket.id}`,
          sql`${claimedTickets.customerId} = ${ticket.customerId}`,
          ne(claimedTickets.personId, personId),
        ),
      ),
  );
}
