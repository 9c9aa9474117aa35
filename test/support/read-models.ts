import { asc, eq } from 'drizzle-orm';
import { eventStock, orders, projectionCursors, scans, tickets } from '#d1/schema/index.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { servicesOf, type Services } from '#workers/services.ts';
import { environment } from './environment.ts';

/** The Worker's services, with the messages they would send kept in a list. */
export function projectionServices(): { services: Services; messages: OutgoingMessage[] } {
  const messages: OutgoingMessage[] = [];
  const queueMessage = (message: OutgoingMessage) => {
    messages.push(message);
    return Promise.resolve();
  };
  return { services: { ...servicesOf({ ...environment }), queueMessage }, messages };
}

const { db } = servicesOf({ ...environment });

/** Everything D1 has read of one event, in an order of its own. */
export async function readModelsOf(eventId: string) {
  const [orderRows, ticketRows, scanRows, stockRows] = await db.batch([
    db.select().from(orders).where(eq(orders.eventId, eventId)).orderBy(asc(orders.id)),
    db.select().from(tickets).where(eq(tickets.eventId, eventId)).orderBy(asc(tickets.id)),
    db.select().from(scans).where(eq(scans.eventId, eventId)).orderBy(asc(scans.seq)),
    db.select().from(eventStock).where(eq(eventStock.eventId, eventId)).orderBy(asc(eventStock.stockId)),
  ]);
  return { orders: orderRows, tickets: ticketRows, scans: scanRows, stock: stockRows };
}

/** How far D1 has read an object's log. */
export async function cursorOf(source: string): Promise<number | undefined> {
  const [row] = await db.select().from(projectionCursors).where(eq(projectionCursors.source, source));
  return row?.seq;
}

/** Forgets what was read of an event and from where, so that everything must be read again. */
export async function forget(eventId: string, sources: readonly string[]): Promise<void> {
  await db.batch([
    db.delete(orders).where(eq(orders.eventId, eventId)),
    db.delete(tickets).where(eq(tickets.eventId, eventId)),
    db.delete(scans).where(eq(scans.eventId, eventId)),
    db.delete(eventStock).where(eq(eventStock.eventId, eventId)),
    ...sources.map((source) => db.delete(projectionCursors).where(eq(projectionCursors.source, source))),
  ]);
}
