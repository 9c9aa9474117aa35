import { and, eq, sql } from 'drizzle-orm';
import type { DeskEntry, InventoryEntry, LogEntry, OrderMoved } from '#shared/trail/entries.ts';
import type { Database, Statement } from '../database.ts';
import { eventStock, orderLines, orders, projectionCursors, scans, tickets } from '../schema/index.ts';
import { projectDispute } from './disputes.ts';
import { endTransferContactBy, removeTransferContact } from './ticket-transfers.ts';
import { removeWaitlistContact } from './waitlist.ts';

export async function readCursor(db: Database, source: string): Promise<number> {
  const [cursor] = await db
    .select({ seq: projectionCursors.seq })
    .from(projectionCursors)
    .where(eq(projectionCursors.source, source))
    .limit(1);
  return cursor?.seq ?? 0;
}

/**
 * Moves a cursor, but only from where the reader found it: another consumer that got there first makes `seq` null,
 * which the column refuses, and with it the whole batch. So each entry is projected exactly once.
 */
export function moveCursor(db: Database, source: string, from: number, to: number): Statement {
  if (from === 0) return db.insert(projectionCursors).values({ source, seq: to });
  return db
    .update(projectionCursors)
    .set({ seq: sql`CASE WHEN ${projectionCursors.seq} = ${from} THEN ${to} ELSE NULL END` })
    .where(eq(projectionCursors.source, source));
}

export function projectDeskEntry(db: Database, entry: LogEntry<DeskEntry>): Statement[] {
  switch (entry.kind) {
    case 'order.moved':
      return projectOrderMoved(db, entry);
    case 'refund.decided':
      return (entry.lines ?? []).map(({ lineId, amountMinor }) =>
        db
          .update(orderLines)
          .set({ refundedMinor: sql`${orderLines.refundedMinor} + ${amountMinor}` })
          .where(and(eq(orderLines.orderId, entry.orderId), eq(orderLines.lineId, lineId))),
      );
    case 'dispute.opened':
    case 'dispute.won':
    case 'dispute.lost':
    case 'dispute.fee':
    case 'dispute.fee_returned':
      return projectDispute(db, entry);
    // The ledger's.
    case 'money.captured':
    case 'money.returned':
    case 'order.earned':
    case 'refund.paid':
    case 'money.overpaid':
      return [];
  }
}

function projectOrderMoved(db: Database, entry: LogEntry<OrderMoved>): Statement[] {
  const { orderId, state, customerId, currency, totalMinor, quantity, capturedMinor, via, failureCode } = entry;
  // Entries from before an order could be for several events name the one; the log is never rewritten.
  const logged = entry as { readonly eventId?: string; readonly events?: OrderMoved['events'] };
  const eventId = logged.events?.[0]?.eventId ?? logged.eventId ?? '';
  const moved = { state, capturedMinor, failureCode: failureCode ?? null, movedAtMs: entry.atMs };
  return [
    db
      .insert(orders)
      .values({ id: orderId, eventId, customerId, currency, totalMinor, quantity, via: via ?? null, ...moved })
      .onConflictDoUpdate({ target: orders.id, set: moved }),
    ...(entry.lines ?? []).map((line) => db.insert(orderLines).values({ orderId, ...line })),
  ];
}

export function projectInventoryEntry(db: Database, eventId: string, entry: LogEntry<InventoryEntry>): Statement[] {
  switch (entry.kind) {
    case 'ticket.issued':
      return [
        db.insert(tickets).values({
          id: entry.ticketId,
          eventId,
          orderId: entry.orderId,
          typeId: entry.typeId,
          typeName: entry.typeName,
          customerId: entry.customerId,
          status: 'active',
          entries: 0,
          issuedAtMs: entry.atMs,
        }),
      ];
    case 'ticket.moved':
    case 'ticket.reissued':
      return [db.update(tickets).set({ status: entry.status }).where(eq(tickets.id, entry.ticketId))];
    case 'ticket.transferred':
      return projectTransferred(db, entry);
    case 'transfer.offered':
      return [endTransferContactBy(db, entry.transferId, entry.endsAtMs)];
    // Nobody is written to about an offer that is over.
    case 'transfer.declined':
    case 'transfer.withdrawn':
    case 'transfer.voided':
      return [removeTransferContact(db, entry.transferId)];
    case 'scan':
      return projectScan(db, eventId, entry);
    case 'scan.merged':
      return projectMerged(db, eventId, entry);
    case 'scan.undone':
      return projectUndone(db, entry);
    case 'stock.stands':
      return entry.stocks.map(({ stockId, capacity, held, sold }) =>
        db
          .insert(eventStock)
          .values({ eventId, stockId, capacity, held, sold })
          .onConflictDoUpdate({ target: [eventStock.eventId, eventStock.stockId], set: { capacity, held, sold } }),
      );
    // Nobody is written to about a place that is over.
    case 'waitlist.taken':
    case 'waitlist.left':
      return [removeWaitlistContact(db, entry.entryId)];
    case 'incident.opened':
    case 'stewards.told':
    case 'incident.closed':
    case 'rules.applied':
    case 'hold.made':
    case 'hold.released':
    case 'hold.expired':
    case 'device.enrolled':
    case 'device.revoked':
    case 'device.shift':
    case 'key.rotated':
    case 'scan.rejected':
    case 'gates.opened':
    case 'gates.closed':
    case 'waitlist.joined':
    case 'waitlist.offered':
    case 'waitlist.lapsed':
    case 'benefit':
      return [];
  }
}

function projectUndone(
  db: Database,
  { ticketId, scanId, status, entries, atMs }: Extract<LogEntry<InventoryEntry>, { kind: 'scan.undone' }>,
): Statement[] {
  const ofScan = and(eq(scans.ticketId, ticketId), eq(scans.scanId, scanId));
  return [
    db.update(tickets).set({ status, entries }).where(eq(tickets.id, ticketId)),
    db.update(scans).set({ undoneAtMs: atMs }).where(ofScan),
  ];
}

function projectTransferred(
  db: Database,
  entry: Extract<LogEntry<InventoryEntry>, { kind: 'ticket.transferred' }>,
): Statement[] {
  const { customerId, fromCustomerId, status, transferId } = entry;
  const buyerId = sql`coalesce(${tickets.buyerId}, ${fromCustomerId})`;
  const given = db.update(tickets).set({ customerId, buyerId, status }).where(eq(tickets.id, entry.ticketId));
  return [given, removeTransferContact(db, transferId)];
}

function projectScan(
  db: Database,
  eventId: string,
  entry: Extract<LogEntry<InventoryEntry>, { kind: 'scan' }>,
): Statement[] {
  const { seq, atMs, scanId, gateId, deviceId, staffId, method, outcome, reason } = entry;
  const { ticketId, customerId, status, entries, direction = 'in' } = entry;
  const row = { eventId, seq, atMs, scanId, gateId, deviceId, staffId, method, outcome, reason, direction };
  const written = db.insert(scans).values({ ...row, ticketId: ticketId ?? null, customerId: customerId ?? null });
  const hasPassed = outcome === 'grant' || outcome === 'partial';
  if (ticketId === undefined || status === undefined || entries === undefined || !hasPassed) return [written];
  return [
    written,
    db
      .update(tickets)
      .set({ status, entries })
      .where(and(eq(tickets.id, ticketId), eq(tickets.eventId, eventId))),
  ];
}

/** When it was, not when it was told: the ticket's history reads in the order in which people walked. */
function projectMerged(
  db: Database,
  eventId: string,
  entry: Extract<LogEntry<InventoryEntry>, { kind: 'scan.merged' }>,
): Statement[] {
  const { seq, scannedAtMs: atMs, scanId, gateId, deviceId, staffId, ticketId, customerId } = entry;
  const { outcome, reason, direction = 'in' } = entry;
  const method = entry.method === 'looked_up' ? 'lookup' : entry.method === 'unreadable' ? 'code' : entry.method;
  const row = { eventId, seq, atMs, scanId, gateId, deviceId, staffId, direction };
  const isScan = entry.what === 'scan' && outcome !== undefined && reason !== undefined;
  const who = { ticketId: ticketId ?? null, customerId: customerId ?? null };
  if (entry.what === 'undo' && ticketId !== undefined && entry.about !== undefined) {
    const about = and(eq(scans.ticketId, ticketId), eq(scans.scanId, entry.about));
    return [db.update(scans).set({ undoneAtMs: entry.atMs }).where(about), ...useNow(db, eventId, entry)];
  }
  const written = isScan
    ? [db.insert(scans).values({ ...row, ...who, outcome, reason, method: method ?? 'code' })]
    : [];
  return [...written, ...useNow(db, eventId, entry)];
}

function useNow(
  db: Database,
  eventId: string,
  { isCounted, ticketId, status, entries }: Extract<LogEntry<InventoryEntry>, { kind: 'scan.merged' }>,
): Statement[] {
  if (!isCounted || ticketId === undefined || status === undefined || entries === undefined) return [];
  return [
    db
      .update(tickets)
      .set({ status, entries })
      .where(and(eq(tickets.id, ticketId), eq(tickets.eventId, eventId))),
  ];
}
