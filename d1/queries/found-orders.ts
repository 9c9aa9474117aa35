import { and, desc, eq, exists, ne, or, sql, sum } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { events, orderLines, orders, tickets } from '../schema/index.ts';

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

/** Which order is meant: by its buyer, by what people read out, or by its whole id. */
export type OrderWanted =
  | { readonly customerId: string }
  | { readonly lastDigits: string }
  | { readonly orderId: string };

/** Orders in which these businesses sold something, newest first, whatever became of them, and what their own part of it came to. */
export function ordersOfSellers(
  db: Database,
  reach: { readonly everywhere: boolean; readonly businessIds: readonly string[] },
  wanted: OrderWanted,
) {
  const sellers = sql`(SELECT value FROM json_each(${JSON.stringify(reach.businessIds)}))`;
  const isSold = or(
    sql`EXISTS (SELECT 1 FROM ${orderLines} WHERE ${orderLines.orderId} = ${orders.id}
      AND ${orderLines.businessId} IN ${sellers})`,
    // Orders from before they had lines.
    sql`EXISTS (SELECT 1 FROM ${events} WHERE ${events.id} = ${orders.eventId} AND ${events.businessId} IN ${sellers})`,
  );
  // What others took in the same order is none of their business; one from before orders had lines is all of one seller.
  const own = sql`(SELECT SUM(${orderLines.totalMinor}) FROM ${orderLines} WHERE ${orderLines.orderId} = ${orders.id}
    AND ${orderLines.businessId} IN ${sellers})`;
  return db
    .select({
      orderId: orders.id,
      state: orders.state,
      currency: orders.currency,
      totalMinor: reach.everywhere ? orders.totalMinor : sql`COALESCE(${own}, ${orders.totalMinor})`.mapWith(Number),
      quantity: orders.quantity,
    })
    .from(orders)
    .where(and(isWanted(wanted), reach.everywhere ? undefined : isSold))
    .orderBy(desc(orders.movedAtMs))
    .limit(foundLimit);
}

function isWanted(wanted: OrderWanted) {
  if ('customerId' in wanted) return eq(orders.customerId, wanted.customerId);
  if ('orderId' in wanted) return eq(orders.id, wanted.orderId);
  return sql`substr(${orders.id}, -8) = ${wanted.lastDigits}`;
}

/** Tickets of an event that a customer has out of somebody else's order. */
export function ticketsGivenTo(db: Database, eventId: string, customerId: string) {
  return db
    .select({ ticketId: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.customerId, customerId), eq(tickets.eventId, eventId), ne(tickets.buyerId, customerId)))
    .limit(foundLimit);
}
