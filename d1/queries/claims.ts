import { and, eq, exists, isNotNull, ne, or, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { auditEntries, claimedOrders, orders, people } from '../schema/index.ts';

/** Who keeps an order in their account. The erased keep theirs too. */
export async function claimantOf(db: Database, orderId: string): Promise<string | undefined> {
  const [claimed] = await db
    .select({ personId: claimedOrders.personId })
    .from(claimedOrders)
    .where(eq(claimedOrders.orderId, orderId))
    .limit(1);
  return claimed?.personId;
}

/** Statement: claims an order unless somebody has. The key decides between two who claim at once; ask who it was. */
export function claim(db: Database, orderId: string, personId: string, nowMs: number) {
  return db.insert(claimedOrders).values({ orderId, personId, claimedAtMs: nowMs }).onConflictDoNothing();
}

/** Statement: claims everything bought under a pseudonym, except what others claimed. */
export function claimAllOf(db: Database, customerId: string, personId: string, nowMs: number) {
  const bought = db
    .select({
      orderId: orders.id,
      personId: sql<string>`${personId}`.as('person_id'),
      claimedAtMs: sql<number>`${nowMs}`.as('claimed_at_ms'),
    })
    .from(orders)
    .where(eq(orders.customerId, customerId));
  return db.insert(claimedOrders).select(bought).onConflictDoNothing();
}

/**
 * Condition: an order was bought with an address by somebody who has left that address since, by changing it or by being
 * erased, and is not the one who asks. A mailbox passes on, or is the reason for changing it: who reads it now must not
 * find the tickets of who read it then. The claim made at that time tells; the log says which address was left.
 */
export function tookAlong(db: Database, order: { id: SQLWrapper; customerId: SQLWrapper }, personId: string) {
  const left = db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.actorId, claimedOrders.personId),
        eq(auditEntries.action, 'address.changed'),
        sql`json_extract(${auditEntries.facts}, '$.former') = ${order.customerId}`,
      ),
    );
  return exists(
    db
      .select({ orderId: claimedOrders.orderId })
      .from(claimedOrders)
      .innerJoin(people, eq(people.id, claimedOrders.personId))
      .where(
        and(
          sql`${claimedOrders.orderId} = ${order.id}`,
          ne(claimedOrders.personId, personId),
          or(isNotNull(people.erasedAtMs), exists(left)),
        ),
      ),
  );
}

/** The same for one order, whose buyer's pseudonym is known. */
export async function isTakenAlong(db: Database, order: { id: string; customerId: string }, personId: string) {
  const [id, customerId] = [sql`${order.id}`, sql`${order.customerId}`];
  const [row] = await db.all<{ taken: number }>(sql`SELECT ${tookAlong(db, { id, customerId }, personId)} AS taken`);
  return row?.taken === 1;
}
