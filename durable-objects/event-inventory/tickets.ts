import { encodeBase32 } from '#shared/encoding/base32.ts';
import { ticketBytesLength, ticketIdOf } from '#shared/ids.ts';
import { drawsOfType, type HoldLine } from '#shared/inventory/stock.ts';
import { ticketTypeOf, type EventRules, type TicketType } from '#shared/inventory/rules.ts';
import type { IssuedTicket } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { TicketGrants } from '#shared/tickets/code.ts';
import { handleLength } from '#shared/tickets/handle.ts';
import { moveStatus, type StatusMove, type StoredStatus } from '#shared/tickets/status.ts';
import type { InventoryContext } from './context.ts';

type Issue = { readonly orderId: string; readonly customerId: string; readonly lines: readonly HoldLine[] };

export type TicketRow = {
  ticketId: string;
  handle: string;
  orderId: string;
  customerId: string;
  typeId: string;
  status: StoredStatus;
  generation: number;
  tier: number;
  access: number;
  issuedAtMs: number;
  entries: number;
  dayEntries: number;
  firstEntryAtMs: number | null;
  lastEntryAtMs: number | null;
  lastGateId: string | null;
};

const columns = `ticket_id AS ticketId, handle, order_id AS orderId, customer_id AS customerId, type_id AS typeId, status,
  generation, tier, access, issued_at_ms AS issuedAtMs, entries, day_entries AS dayEntries,
  first_entry_at_ms AS firstEntryAtMs, last_entry_at_ms AS lastEntryAtMs, last_gate_id AS lastGateId`;

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
  const handle = encodeBase32(context.randomBytes(handleBytes)).slice(0, handleLength);
  context.sql.exec(
    `INSERT INTO tickets (ticket_id, handle, order_id, customer_id, type_id, status, generation, tier, access, issued_at_ms)
     VALUES (?, ?, ?, ?, ?, 'active', ?, ?, ?, ?)`,
    ticketId,
    handle,
    issue.orderId,
    issue.customerId,
    type.id,
    firstGeneration,
    type.tier,
    accessBits(rules, type),
    context.now(),
  );
  const { orderId, customerId } = issue;
  const { id: typeId, name: typeName } = type;
  context.log.append({ kind: 'ticket.issued', ticketId, orderId, typeId, typeName, customerId });
  return { ticketId, typeId: type.id, handle };
}

export function findTicket(context: InventoryContext, ticketId: string): TicketRow | undefined {
  return context.sql.exec<TicketRow>(`SELECT ${columns} FROM tickets WHERE ticket_id = ?`, ticketId).toArray()[0];
}

export function findByHandle(context: InventoryContext, handle: string): TicketRow | undefined {
  return context.sql.exec<TicketRow>(`SELECT ${columns} FROM tickets WHERE handle = ?`, handle).toArray()[0];
}

/** What the ticket's code says. */
export function grantsOf(row: TicketRow): TicketGrants {
  return { tier: row.tier, access: row.access, flags: 0, exceptions: 0 };
}

/** Moves a ticket's status and, when it is refunded, gives its place back. A move already made is answered as before. */
export function moveTicket(context: InventoryContext, ticketId: string, move: StatusMove): Result<StoredStatus> {
  const row = findTicket(context, ticketId);
  if (row === undefined) return fail('ticket_unknown');
  if (move === 'refund' && row.status === 'refunded') return ok(row.status);
  const moved = moveStatus(row.status, move);
  if (!moved.ok) return moved;
  const type = typeOf(context, row);
  if (move === 'refund' && type !== undefined) context.stock.add('sold', drawsOfType(type, 1), -1);
  context.sql.exec('UPDATE tickets SET status = ? WHERE ticket_id = ?', moved.value, ticketId);
  context.log.append({
    kind: 'ticket.moved',
    ticketId,
    status: moved.value,
    generation: row.generation,
    cause: move,
  });
  return moved;
}

function typeOf(context: InventoryContext, row: TicketRow): TicketType | undefined {
  const rules = context.rules();
  return rules === undefined ? undefined : ticketTypeOf(rules, row.typeId);
}

function accessBits(rules: EventRules, type: TicketType): number {
  return rules.zones.filter((zone) => type.zones.includes(zone.id)).reduce((bits, zone) => bits | (1 << zone.bit), 0);
}
