import { desc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { events, tickets } from '../schema/index.ts';

const walletLimit = 200;

/** A customer's tickets with their events, newest first. */
export function ticketsOf(db: Database, customerId: string) {
  return db
    .select({ ticket: tickets, event: events })
    .from(tickets)
    .innerJoin(events, eq(events.id, tickets.eventId))
    .where(eq(tickets.customerId, customerId))
    .orderBy(desc(tickets.issuedAtMs))
    .limit(walletLimit);
}
