import { and, desc, eq, inArray, lt, not } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { claimedOrders, claimedTickets, events, orders, scans, tickets } from '../schema/index.ts';
import { tookAlong } from './claims.ts';
import { keptByAnother } from './ticket-transfers.ts';

/** Tickets one owner is answered; whoever has this many may have more. */
export const walletLimit = 200;

/** Whose orders are meant: bought with an address they proved, whose pseudonym this is, or claimed by them. */
export type Owner = { readonly personId: string; readonly customerId: string | undefined };

/** An owner's tickets with their events, newest first: bought, kept with an order, or given. */
export async function ticketsOf(db: Database, { personId, customerId }: Owner) {
  const found = { ticket: tickets, event: events };
  const claimed = db
    .select(found)
    .from(claimedOrders)
    .innerJoin(orders, eq(orders.id, claimedOrders.orderId))
    // By their buyer, because tickets have an index by customer and none by order.
    .innerJoin(tickets, and(eq(tickets.customerId, orders.customerId), eq(tickets.orderId, orders.id)))
    .innerJoin(events, eq(events.id, tickets.eventId))
    .where(eq(claimedOrders.personId, personId))
    .orderBy(desc(tickets.issuedAtMs))
    .limit(walletLimit);
  const given = db
    .select(found)
    .from(claimedTickets)
    // Theirs while it has not gone on to somebody else.
    .innerJoin(tickets, and(eq(tickets.id, claimedTickets.ticketId), eq(tickets.customerId, claimedTickets.customerId)))
    .innerJoin(events, eq(events.id, tickets.eventId))
    .where(eq(claimedTickets.personId, personId))
    .orderBy(desc(tickets.issuedAtMs))
    .limit(walletLimit);
  const bought = db
    .select(found)
    .from(tickets)
    .innerJoin(events, eq(events.id, tickets.eventId))
    .where(
      and(
        eq(tickets.customerId, customerId ?? ''),
        not(tookAlong(db, { id: tickets.orderId, customerId: tickets.customerId }, personId)),
        not(keptByAnother(db, { id: tickets.id, customerId: tickets.customerId }, personId)),
      ),
    )
    .orderBy(desc(tickets.issuedAtMs))
    .limit(walletLimit);
  // Not in one batch: there D1 answers by column name, and the joined tables share some.
  const [ofAddress, ofClaims, ofTransfers] = await Promise.all([bought, claimed, given]);
  return onceEach([...ofAddress, ...ofClaims, ...ofTransfers], ({ ticket }) => ticket.id)
    .toSorted((one, other) => other.ticket.issuedAtMs - one.ticket.issuedAtMs)
    .slice(0, walletLimit);
}

/** Whether somebody else bought it: then nothing of its order is its holder's to see. */
export function isGiven({ customerId, buyerId }: Pick<typeof tickets.$inferSelect, 'customerId' | 'buyerId'>): boolean {
  return buyerId !== null && buyerId !== customerId;
}

/** An owner's orders with their events' titles, the last moved first, before an instant. */
export async function ordersOf(
  db: Database,
  { personId, customerId }: Owner,
  page: { beforeMs: number; limit: number },
) {
  const found = { order: orders, title: events.title, slug: events.slug, timeZone: events.timeZone };
  const isBefore = lt(orders.movedAtMs, page.beforeMs);
  const claimed = db
    .select(found)
    .from(claimedOrders)
    .innerJoin(orders, eq(orders.id, claimedOrders.orderId))
    .innerJoin(events, eq(events.id, orders.eventId))
    .where(and(eq(claimedOrders.personId, personId), isBefore))
    .orderBy(desc(orders.movedAtMs))
    .limit(page.limit);
  if (customerId === undefined) return claimed;
  const bought = db
    .select(found)
    .from(orders)
    .innerJoin(events, eq(events.id, orders.eventId))
    .where(and(eq(orders.customerId, customerId), not(tookAlong(db, orders, personId)), isBefore))
    .orderBy(desc(orders.movedAtMs))
    .limit(page.limit);
  const [ofAddress, ofClaims] = await Promise.all([bought, claimed]);
  return onceEach([...ofAddress, ...ofClaims], ({ order }) => order.id)
    .toSorted((one, other) => other.order.movedAtMs - one.order.movedAtMs)
    .slice(0, page.limit);
}

/** Entries and exits one page shows. */
const historyLimit = 40;

/**
 * When and where a ticket went in and out, newest first, while it was this customer's: whoever had it before shares no
 * movements with whoever has it now. Refusals are the gate's business.
 */
export function passesOf(db: Database, { ticketId, customerId }: { ticketId: string; customerId: string }) {
  return db
    .select({
      atMs: scans.atMs,
      gateId: scans.gateId,
      direction: scans.direction,
      undoneAtMs: scans.undoneAtMs,
    })
    .from(scans)
    .where(
      and(eq(scans.ticketId, ticketId), eq(scans.customerId, customerId), inArray(scans.outcome, ['grant', 'partial'])),
    )
    .orderBy(desc(scans.seq))
    .limit(historyLimit)
    .execute();
}

/** Somebody may claim what they bought themselves: it is one order all the same. */
function onceEach<Row>(rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [idOf(row), row])).values()];
}
