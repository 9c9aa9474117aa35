import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orders } from '../schema/index.ts';

/** Most orders a look-up lists: more than that and it was not a look-up. */
const foundLimit = 12;

const completed = eq(orders.state, 'completed');

/** Orders of an event that one buyer holds tickets from, newest first. */
export function ordersOfCustomer(db: Database, eventId: string, customerId: string) {
  return db
    .select({ orderId: orders.id, quantity: orders.quantity })
    .from(orders)
    .where(and(eq(orders.customerId, customerId), eq(orders.eventId, eventId), completed))
    .orderBy(desc(orders.movedAtMs))
    .limit(foundLimit);
}

/** Orders of an event by what people read out: the last eight digits of the id. */
export function ordersByReference(db: Database, eventId: string, lastDigits: string) {
  return db
    .select({ orderId: orders.id, quantity: orders.quantity })
    .from(orders)
    .where(and(sql`substr(${orders.id}, -8) = ${lastDigits}`, eq(orders.eventId, eventId), completed))
    .limit(foundLimit);
}
