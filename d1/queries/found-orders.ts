import { and, desc, eq, exists, ne, or, sql, sum } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderLines, orders, tickets } from '../schema/index.ts';

/** Most orders a look-up lists: more than that and it was not a look-up. */
const foundLimit = 12;

const completed = eq(orders.state, 'completed');

/** Orders that have something of the event in them. Those from before orders had lines name their one event themselves. */
function isForEvent(db: Database, eventId: string) {
  return or(
    eq(orders.eventId, eventId),
    exists(db.select({ lineId: orderLines.lineId }).from(orderLines).where(ofEvent(eventId))),
  );
}

function ofEvent(eventId: string) {
  return and(eq(orderLines.orderId, orders.id), eq(orderLines.eventId, eventId));
}

/** How much of the order is for the event. */
function found(db: Database, eventId: string) {
  const here = db
    .select({ quantity: sum(orderLines.quantity) })
    .from(orderLines)
    .where(ofEvent(eventId));
  const quantity = sql`COALESCE((${here}), ${orders.quantity})`.mapWith(Number);
  return { orderId: orders.id, quantity };
}

/** Orders of an event that one buyer holds tickets from, newest first. */
export function ordersOfCustomer(db: Database, eventId: string, customerId: string) {
  return db
    .select(found(db, eventId))
    .from(orders)
    .where(and(eq(orders.customerId, customerId), isForEvent(db, eventId), completed))
    .orderBy(desc(orders.movedAtMs))
    .limit(foundLimit);
}

/** Orders of an event by what people read out: the last eight digits of the id. */
export function ordersByReference(db: Database, eventId: string, lastDigits: string) {
  return db
    .select(found(db, eventId))
    .from(orders)
    .where(and(sql`substr(${orders.id}, -8) = ${lastDigits}`, isForEvent(db, eventId), completed))
    .limit(foundLimit);
}

/** Tickets of an event that a customer has out of somebody else's order. */
export function ticketsGivenTo(db: Database, eventId: string, customerId: string) {
  return db
    .select({ ticketId: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.customerId, customerId), eq(tickets.eventId, eventId), ne(tickets.buyerId, customerId)))
    .limit(foundLimit);
}
