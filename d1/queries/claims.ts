import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { claimedOrders, orders } from '../schema/index.ts';

/** Who keeps an order in their account. The erased keep theirs too. */
export async function claimantOf(db: Database, orderId: string): Promise<string | undefined> {
  const [claim] = await db
    .select({ personId: claimedOrders.personId })
    .from(claimedOrders)
    .where(eq(claimedOrders.orderId, orderId))
    .limit(1);
  return claim?.personId;
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
