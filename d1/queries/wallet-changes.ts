import { and, asc, eq, gt, inArray, lt, max, not, sql } from 'drizzle-orm';
import type { OrderState } from '#shared/orders/order.ts';
import { dayMs } from '#shared/time.ts';
import type { DeskEntry, InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { WalletChangeKind } from '#shared/wallet/changes.ts';
import type { Database, Statement } from '../database.ts';
import { claimedOrders, claimedTickets, orders, tickets, walletChanges } from '../schema/index.ts';
import { tookAlong } from './claims.ts';
import { keptByAnother } from './ticket-transfers.ts';
import type { Owner } from './wallet.ts';

/** A reader that was away for longer reads everything anew: the wallet itself is in the other tables. */
export const feedKeptMs = 30 * dayMs;

/** As readers see it. */
export type WalletChange = {
  readonly seq: number;
  readonly atMs: number;
  readonly kind: WalletChangeKind;
  readonly orderId: string;
  readonly ticketId: string | null;
};

/** Whose wallets are to be told. Answered by the batch itself, and only for what was not written before. */
export type ToldChange = { readonly customerId: string; readonly orderId: string; readonly ticketId: string | null };

/** States of an order in which a wallet shows something else than before. Those in between pass within a second. */
const shownStates: ReadonlySet<OrderState> = new Set([
  'held',
  'completed',
  'refused',
  'released',
  'voiding',
  'refunding',
  'refunded',
]);

export function changesOfDeskEntry(db: Database, source: string, entry: LogEntry<DeskEntry>): Statement[] {
  if (entry.kind !== 'order.moved') return [];
  const { orderId, customerId, events, atMs, seq: sourceSeq, state } = entry;
  if (!shownStates.has(state)) return [];
  const eventId = events?.[0]?.eventId ?? entry.eventId ?? '';
  return [addWalletChange(db, { customerId, eventId, atMs, kind: 'order.moved', orderId, source, sourceSeq })];
}

export function changesOfInventoryEntry(db: Database, source: string, entry: LogEntry<InventoryEntry>): Statement[] {
  const { atMs, seq: sourceSeq } = entry;
  const of = (ticketId: string, kind: WalletChangeKind) => [
    changeOfTicket(db, { ticketId, kind, atMs, source, sourceSeq }),
  ];
  switch (entry.kind) {
    case 'ticket.issued':
      return of(entry.ticketId, 'ticket.issued');
    case 'ticket.moved':
    case 'ticket.reissued':
      return of(entry.ticketId, 'ticket.moved');
    case 'ticket.transferred': {
      const { ticketId, fromCustomerId: customerId } = entry;
      const given = changeOfTicket(db, { ticketId, kind: 'ticket.given', atMs, source, sourceSeq, customerId, n: 1 });
      return [...of(ticketId, 'ticket.received'), given];
    }
    // Offers are shown beside the ticket, to its holder alone.
    case 'transfer.offered':
    case 'transfer.declined':
    case 'transfer.withdrawn':
    case 'transfer.voided':
      return of(entry.ticketId, 'ticket.moved');
    case 'scan':
      return entry.ticketId !== undefined && hasPassed(entry) ? of(entry.ticketId, 'ticket.used') : [];
    case 'scan.merged':
      return entry.isCounted && entry.ticketId !== undefined ? of(entry.ticketId, 'ticket.used') : [];
    case 'scan.undone':
      return of(entry.ticketId, 'ticket.use_undone');
    case 'benefit':
      return entry.ticketId !== undefined && hasPassed(entry) ? of(entry.ticketId, 'benefit.redeemed') : [];
    case 'incident.opened':
    case 'incident.closed':
    case 'stewards.told':
    case 'rules.applied':
    case 'hold.made':
    case 'hold.released':
    case 'hold.expired':
    case 'scan.rejected':
    case 'gates.opened':
    case 'gates.closed':
    case 'waitlist.joined':
    case 'waitlist.offered':
    case 'waitlist.taken':
    case 'waitlist.lapsed':
    case 'waitlist.left':
    case 'device.enrolled':
    case 'device.revoked':
    case 'device.shift':
    case 'key.rotated':
    case 'stock.stands':
      return [];
  }
}

/** A refusal changes nothing a wallet shows, and whoever tries a stolen code learns nothing by it. */
function hasPassed({ outcome }: { outcome: string }): boolean {
  return outcome === 'grant' || outcome === 'partial';
}

/** What a statement of the feed answers. */
const told = {
  customerId: walletChanges.customerId,
  orderId: walletChanges.orderId,
  ticketId: walletChanges.ticketId,
};

type Said = { readonly atMs: number; readonly source: string; readonly sourceSeq: number };

type TicketChange = Said & {
  readonly ticketId: string;
  readonly kind: WalletChangeKind;
  /** Whose wallet, if not its holder's. */
  readonly customerId?: string;
  /** Which of its entry's changes this is. */
  readonly n?: number;
};

/**
 * Whose ticket it is, its own row knows, which the same batch may have written. No row, no wallet that shows it. A ticket that
 * was given names no order to whoever has it: its order's pages are its giver's, and hear nothing of it either.
 */
function changeOfTicket(db: Database, { ticketId, kind, atMs, source, sourceSeq, customerId, n = 0 }: TicketChange) {
  const whose = customerId === undefined ? sql<string>`${tickets.customerId}` : sql<string>`${customerId}`;
  const row = db
    .select({
      seq: sql<number>`NULL`.as('seq'),
      customerId: whose.as('customer_id'),
      eventId: tickets.eventId,
      atMs: sql<number>`${atMs}`.as('at_ms'),
      kind: sql<WalletChangeKind>`${kind}`.as('kind'),
      ticketId: tickets.id,
      orderId: sql<string>`iif(coalesce(${tickets.buyerId}, ${whose}) = ${whose}, ${tickets.orderId}, '')`.as(
        'order_id',
      ),
      source: sql<string>`${source}`.as('source'),
      sourceSeq: sql<number>`${sourceSeq}`.as('source_seq'),
      n: sql<number>`${n}`.as('n'),
    })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  return db.insert(walletChanges).select(row).onConflictDoNothing().returning(told);
}

type OrderChange = Said & {
  readonly customerId: string;
  readonly eventId: string;
  readonly kind: WalletChangeKind;
  readonly orderId: string;
};

/** Statement: a change of a whole order. */
export function addWalletChange(db: Database, change: OrderChange) {
  return db
    .insert(walletChanges)
    .values({ ...change, n: 0 })
    .onConflictDoNothing()
    .returning(told);
}

/** Number of the newest change of all: where somebody begins who has just read the tables themselves. */
export async function headOfFeed(db: Database): Promise<number> {
  const [head] = await db.select({ seq: max(walletChanges.seq) }).from(walletChanges);
  return head?.seq ?? 0;
}

/** One ticket's changes while it is this customer's, oldest first: what whoever was given it may hear of. */
export function changesOfTicketFor(
  db: Database,
  { ticketId, customerId }: { ticketId: string; customerId: string },
  { afterSeq, limit }: Page,
): Promise<WalletChange[]> {
  const { customerId: whose, ticketId: of, seq } = walletChanges;
  return db
    .select(shown)
    .from(walletChanges)
    .where(and(eq(whose, customerId), eq(of, ticketId), gt(seq, afterSeq)))
    .orderBy(asc(seq))
    .limit(limit)
    .execute();
}

const shown = {
  seq: walletChanges.seq,
  atMs: walletChanges.atMs,
  kind: walletChanges.kind,
  orderId: walletChanges.orderId,
  ticketId: walletChanges.ticketId,
};

type Page = { readonly afterSeq: number; readonly limit: number };

/** An owner's changes after a number, oldest first: of their address, and of the orders they keep. */
export async function changesOf(
  db: Database,
  { personId, customerId }: Owner,
  { afterSeq, limit }: Page,
): Promise<WalletChange[]> {
  const kept = db
    .select(shown)
    .from(claimedOrders)
    .innerJoin(orders, eq(orders.id, claimedOrders.orderId))
    // By their buyer, because the feed has an index by customer and none by order.
    .innerJoin(
      walletChanges,
      and(eq(walletChanges.customerId, orders.customerId), eq(walletChanges.orderId, orders.id)),
    )
    .where(and(eq(claimedOrders.personId, personId), gt(walletChanges.seq, afterSeq)))
    .orderBy(asc(walletChanges.seq))
    .limit(limit);
  const given = db
    .select(shown)
    .from(claimedTickets)
    .innerJoin(
      walletChanges,
      and(eq(walletChanges.customerId, claimedTickets.customerId), eq(walletChanges.ticketId, claimedTickets.ticketId)),
    )
    .where(and(eq(claimedTickets.personId, personId), gt(walletChanges.seq, afterSeq)))
    .orderBy(asc(walletChanges.seq))
    .limit(limit);
  const { orderId: id, ticketId } = walletChanges;
  const bought = db
    .select(shown)
    .from(walletChanges)
    .where(
      and(
        eq(walletChanges.customerId, customerId ?? ''),
        gt(walletChanges.seq, afterSeq),
        not(keptByAnother(db, { id: ticketId, customerId: walletChanges.customerId }, personId)),
        not(tookAlong(db, { id, customerId: walletChanges.customerId }, personId)),
      ),
    )
    .orderBy(asc(walletChanges.seq))
    .limit(limit);
  const [ofAddress, ofClaims, ofTransfers] = await Promise.all([bought, kept, given]);
  const all = new Map([...ofAddress, ...ofClaims, ...ofTransfers].map((change) => [change.seq, change]));
  return [...all.values()].toSorted((one, other) => one.seq - other.seq).slice(0, limit);
}

/** One order's changes after a number, oldest first. */
export function changesOfOrder(
  db: Database,
  { orderId, customerId }: { orderId: string; customerId: string },
  { afterSeq, limit }: Page,
): Promise<WalletChange[]> {
  return db
    .select(shown)
    .from(walletChanges)
    .where(
      and(
        eq(walletChanges.customerId, customerId),
        eq(walletChanges.orderId, orderId),
        gt(walletChanges.seq, afterSeq),
      ),
    )
    .orderBy(asc(walletChanges.seq))
    .limit(limit)
    .execute();
}

/** Deletes up to `limit` changes from before an instant, oldest first: they were written in about that order. How many. */
export async function deleteOldChanges(db: Database, beforeMs: number, limit: number): Promise<number> {
  const oldest = db
    .select({ seq: walletChanges.seq, atMs: walletChanges.atMs })
    .from(walletChanges)
    .orderBy(asc(walletChanges.seq))
    .limit(limit)
    .as('oldest');
  const old = db.select({ seq: oldest.seq }).from(oldest).where(lt(oldest.atMs, beforeMs));
  const { meta } = await db.delete(walletChanges).where(inArray(walletChanges.seq, old)).run();
  return meta.changes;
}
