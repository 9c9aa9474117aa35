import type { TicketFacts, Uses } from '#shared/admission/uses.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { ticketBytesLength, ticketIdOf } from '#shared/ids.ts';
import type { HoldLine } from '#shared/inventory/stock.ts';
import { ticketTypeOf, type EventRules, type TicketType } from '#shared/inventory/rules.ts';
import type { IssuedTicket } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { TicketGrants } from '#shared/tickets/code.ts';
import { handleLength } from '#shared/tickets/handle.ts';
import type { StoredStatus } from '#shared/tickets/status.ts';
import type { Sql } from '../common/group-sql.ts';
import { selected, smallRowReader } from '../common/read-rows.ts';
import { RowBook } from '../common/row-book.ts';
import type { InventoryContext } from './context.ts';

type Issue = {
  readonly holdId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly holderName: string | null;
  readonly lines: readonly HoldLine[];
};

export type TicketRow = {
  ticketId: string;
  handle: string;
  holdId: string | null;
  orderId: string;
  customerId: string;
  holderName: string | null;
  typeId: string;
  status: StoredStatus;
  generation: number;
  tier: number;
  access: number;
  issuedAtMs: number;
  uses: string | null;
  redeemed: string | null;
  entries: number;
  dayEntries: number;
  firstEntryAtMs: number | null;
  lastEntryAtMs: number | null;
  lastGateId: string | null;
  lastScanId: string | null;
  holderKey: string | null;
  typeNumber: number;
  printedDigest: string | null;
  liveDigest: string | null;
  /** Who bought it, when it was given to somebody since. */
  boughtBy: string | null;
};

const columns = {
  ticketId: 'ticket_id',
  handle: 'handle',
  holdId: 'hold_id',
  orderId: 'order_id',
  customerId: 'customer_id',
  holderName: 'holder_name',
  typeId: 'type_id',
  status: 'status',
  generation: 'generation',
  tier: 'tier',
  access: 'access',
  issuedAtMs: 'issued_at_ms',
  uses: 'uses',
  redeemed: 'redeemed',
  entries: 'entries',
  dayEntries: 'day_entries',
  firstEntryAtMs: 'first_entry_at_ms',
  lastEntryAtMs: 'last_entry_at_ms',
  lastGateId: 'last_gate_id',
  lastScanId: 'last_scan_id',
  holderKey: 'holder_key',
  typeNumber: 'type_number',
  printedDigest: 'printed_digest',
  liveDigest: 'live_digest',
  boughtBy: 'bought_by',
} as const satisfies Record<keyof TicketRow, string>;

const firstGeneration = 1;
/** Five bits a Crockford digit: ten digits from seven random bytes, the surplus dropped. */
const handleBytes = Math.ceil((handleLength * 5) / 8);

/** Makes the tickets of a confirmed hold. What a code will say is fixed here: rules edited later don't change it. */
export function issueTickets(context: InventoryContext, rules: EventRules, issue: Issue): IssuedTicket[] {
  return issue.lines.flatMap(({ typeId, quantity }) => {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined) return [];
    return Array.from({ length: quantity }, () => issueOne(context, rules, type, issue));
  });
}

function issueOne(context: InventoryContext, rules: EventRules, type: TicketType, issue: Issue): IssuedTicket {
  const ticketId = ticketIdOf(context.randomBytes(ticketBytesLength));
  const handle = newHandle(context);
  context.sql.exec(
    `INSERT INTO tickets
       (ticket_id, handle, hold_id, order_id, customer_id, holder_name, type_id, status, generation, tier, access, type_number,
        issued_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?)`,
    ticketId,
    handle,
    issue.holdId,
    issue.orderId,
    issue.customerId,
    type.identity === 'none' ? null : issue.holderName,
    type.id,
    firstGeneration,
    type.tier,
    accessBits(rules, type),
    numberOf(context, type.id),
    context.now(),
  );
  const { orderId, customerId } = issue;
  const { id: typeId, name: typeName } = type;
  context.log.append({ kind: 'ticket.issued', ticketId, orderId, typeId, typeName, customerId });
  return { ticketId, typeId: type.id, handle, eventId: rules.eventId };
}

/** The number people type: random, and nobody's before. */
export function newHandle({ randomBytes }: Pick<InventoryContext, 'randomBytes'>): string {
  return encodeBase32(randomBytes(handleBytes)).slice(0, handleLength);
}

export function findTicket({ books }: InventoryContext, ticketId: string): TicketRow | undefined {
  return books.tickets.get(ticketId);
}

const readTickets = smallRowReader<TicketRow>({ table: 'tickets', key: 'ticket_id', columns });

/** These tickets as storage has them, all at once; for what is found out before a group. */
export function ticketsAsStored({ sql }: Pick<InventoryContext, 'sql'>, ticketIds: readonly string[]): TicketRow[] {
  return [...readTickets(sql, [...new Set(ticketIds)])];
}

/** Tickets of one group. It writes what using a ticket changes; whatever else changes one is written by its own statement. */
export function ticketBook(sql: Sql): RowBook<TicketRow> {
  return new RowBook<TicketRow>({
    table: 'tickets',
    keyOf: ({ ticketId }) => ticketId,
    read: (ticketIds) => readTickets(sql, ticketIds),
    write: (rows) => {
      for (const row of rows) writeUse(sql, row);
    },
  });
}

function writeUse(sql: Sql, row: TicketRow): void {
  sql.exec(
    `UPDATE tickets SET uses = ?, redeemed = ?, entries = ?, first_entry_at_ms = ?, last_entry_at_ms = ?, last_gate_id = ?,
       last_scan_id = ?
     WHERE ticket_id = ?`,
    row.uses,
    row.redeemed,
    row.entries,
    row.firstEntryAtMs,
    row.lastEntryAtMs,
    row.lastGateId,
    row.lastScanId,
    row.ticketId,
  );
}

export function findByHandle(context: InventoryContext, handle: string): TicketRow | undefined {
  return context.sql.exec<TicketRow>(`SELECT ${selected(columns)} FROM tickets WHERE handle = ?`, handle).toArray()[0];
}

/** What the ticket's code says. */
export function grantsOf(row: TicketRow): TicketGrants {
  return { tier: row.tier, access: row.access, flags: 0, typeNumber: row.typeNumber, exceptions: 0 };
}

export function factsOf(rules: EventRules, row: TicketRow): TicketFacts {
  const { ticketId, typeId, status, generation, entries } = row;
  return {
    ticketId,
    typeId,
    status,
    generation,
    uses: row.uses === null ? usesBeforeTheyWereKept(rules, row) : (JSON.parse(row.uses) as Uses),
    entries,
    firstEntryAtMs: row.firstEntryAtMs ?? undefined,
    lastEntry: row.lastEntryAtMs === null ? undefined : { atMs: row.lastEntryAtMs, gateId: row.lastGateId ?? '' },
    redeemed: row.redeemed === null ? {} : (JSON.parse(row.redeemed) as Record<string, number>),
    isActivated: row.holderKey !== null,
  };
}

/**
 * Tickets scanned before uses were kept by zone: all their entries were through the gate of the last one. A gate that is
 * gone, or leads elsewhere now, says nothing; then they count for every zone, or a used ticket would be as new (I2).
 */
function usesBeforeTheyWereKept(rules: EventRules, row: TicketRow): Uses {
  const { entries, dayEntries, lastEntryAtMs } = row;
  if (entries === 0 || lastEntryAtMs === null) return {};
  const gate = rules.gates.find(({ id }) => id === row.lastGateId);
  const all = ticketTypeOf(rules, row.typeId)?.zones ?? [];
  const shared = all.filter((zone) => gate?.zones.includes(zone));
  const use = { entries, dayEntries, inside: 0, lastAtMs: lastEntryAtMs };
  return Object.fromEntries((shared.length > 0 ? shared : all).map((zone) => [zone, use]));
}

/** What using a ticket changes of it. */
export function saveUse(
  { books }: InventoryContext,
  row: TicketRow,
  use: Pick<TicketFacts, 'uses' | 'entries' | 'firstEntryAtMs' | 'lastEntry'>,
  /** The passage that did it. It stays the newest once it was taken back: what was scanned before that stands for good. */
  scanId: string,
): void {
  books.tickets.put({
    ...row,
    uses: JSON.stringify(use.uses),
    entries: use.entries,
    firstEntryAtMs: use.firstEntryAtMs ?? null,
    lastEntryAtMs: use.lastEntry?.atMs ?? null,
    lastGateId: use.lastEntry?.gateId ?? null,
    lastScanId: scanId,
  });
}

/** What was handed out on a ticket so far, by benefit. */
export function saveRedeemed({ books }: InventoryContext, row: TicketRow, redeemed: TicketFacts['redeemed']): void {
  books.tickets.put({ ...row, redeemed: JSON.stringify(redeemed) });
}

/** Somebody was let in with it or was handed something for it, or it is blocked. */
export function isUsed({ status, entries, redeemed }: TicketRow): boolean {
  const handedOut = Object.values(JSON.parse(redeemed ?? '{}') as Record<string, number>);
  return status === 'refunded' || status === 'suspended' || entries > 0 || handedOut.some((count) => count > 0);
}

/** Takes the name off tickets whose holder is being forgotten. Their codes stay good. */
export function forgetHolder(context: InventoryContext, ticketId: string): Result<undefined> {
  const row = findTicket(context, ticketId);
  if (row === undefined) return fail('ticket_unknown');
  context.sql.exec('UPDATE tickets SET holder_name = NULL WHERE ticket_id = ?', ticketId);
  if (row.holdId !== null) context.sql.exec('UPDATE holds SET holder_name = NULL WHERE hold_id = ?', row.holdId);
  return ok();
}

/** Numbers a type when its first ticket is made, for good. An event with more than 255 types leaves the rest unnumbered. */
function numberOf({ sql }: InventoryContext, typeId: string): number {
  const find = () =>
    sql.exec<{ number: number }>('SELECT number FROM type_numbers WHERE type_id = ?', typeId).toArray()[0]?.number;
  const known = find();
  if (known !== undefined) return known;
  sql.exec(
    `INSERT INTO type_numbers (type_id, number)
     SELECT ?1, next FROM (SELECT COALESCE(MAX(number), 0) + 1 AS next FROM type_numbers) WHERE next <= 255`,
    typeId,
  );
  return find() ?? 0;
}

function accessBits(rules: EventRules, type: TicketType): number {
  return rules.zones.filter((zone) => type.zones.includes(zone.id)).reduce((bits, zone) => bits | (1 << zone.bit), 0);
}
