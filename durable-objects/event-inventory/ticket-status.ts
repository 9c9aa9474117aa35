import { statusOf } from '#shared/admission/uses.ts';
import { drawsOfType } from '#shared/inventory/stock.ts';
import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { moveStatus, type RequestedMove, type TicketStatus } from '#shared/tickets/status.ts';
import type { InventoryContext } from './context.ts';
import { countTaken } from './customers.ts';
import { factsOf, findTicket, isUsed, type TicketRow } from './tickets.ts';
import { endOpenTransfer } from './transfer-offers.ts';
import { offerReturned } from './waitlist.ts';

/** Moves a ticket because somebody asked. A refund gives its place back; one already made is answered as before. */
export function moveTicket(
  context: InventoryContext,
  { ticketId, move }: { readonly ticketId: string; readonly move: RequestedMove },
): Result<TicketStatus> {
  const row = findTicket(context, ticketId);
  const rules = context.rules();
  if (row === undefined || rules === undefined) return fail('ticket_unknown');
  if (move === 'refund' && row.status === 'refunded') return ok('refunded');
  const before = statusOf(rules, factsOf(rules, row), context.now());
  const moved = moveStatus(before, move);
  if (!moved.ok) return moved;
  const { generation } = row;
  const status = move === 'refund' ? 'refunded' : move === 'suspend' ? 'suspended' : 'active';
  context.sql.exec('UPDATE tickets SET status = ? WHERE ticket_id = ?', status, ticketId);
  if (move === 'refund') giveBack(context, rules, row);
  const after = statusOf(rules, factsOf(rules, { ...row, status }), context.now());
  const holder = move === 'refund' && row.boughtBy !== null ? { givenTo: row.customerId } : {};
  context.log.append({ kind: 'ticket.moved', ticketId, status: after, generation, cause: move, ...holder });
  // Its taker could get nothing by it. A suspended ticket's offer stands: it may be reinstated tomorrow, and is refused until then.
  if (move === 'refund') endOpenTransfer(context, ticketId, 'void');
  return ok(after);
}

/**
 * Revokes tickets whose money goes back, all of them or none; those revoked before stay so. What a buyer asks for by themselves
 * is refused here, in the transaction that also scans and gives: a ticket cannot be used, or somebody else's, and refunded at once.
 */
export function revokeTickets(
  context: InventoryContext,
  { ticketIds, isUnusedOnly }: { readonly ticketIds: readonly string[]; readonly isUnusedOnly: boolean },
): Result<undefined> {
  const rows = ticketIds.map((ticketId) => findTicket(context, ticketId));
  if (rows.includes(undefined) || context.rules() === undefined) return fail('ticket_unknown');
  // A repeat finds all of them revoked. Some: then this was refused before, and others were refunded by somebody since.
  const isRepeat = rows.every((row) => row?.status === 'refunded');
  if (isUnusedOnly && !isRepeat) {
    // Theirs are the money and the ticket together, or what was given could be turned into cash behind its holder's back.
    if (rows.some((row) => row !== undefined && row.boughtBy !== null)) return fail('ticket_given_away');
    if (rows.some((row) => row !== undefined && isUsed(row))) return fail('ticket_used');
  }
  for (const ticketId of ticketIds) {
    const moved = moveTicket(context, { ticketId, move: 'refund' });
    if (!moved.ok) return moved;
  }
  return ok();
}

function giveBack(context: InventoryContext, rules: EventRules, row: TicketRow): void {
  const type = ticketTypeOf(rules, row.typeId);
  if (type === undefined) return;
  context.stock.add('sold', drawsOfType(type, 1), -1);
  // It counted for whoever holds it and for whoever bought it (transfers.ts).
  for (const customerId of new Set([row.customerId, row.boughtBy ?? row.customerId])) {
    countTaken(context, customerId, [{ typeId: row.typeId, quantity: 1 }], -1);
  }
  offerReturned(context, rules, [type.id]);
}
