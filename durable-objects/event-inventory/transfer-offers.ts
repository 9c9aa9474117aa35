import { fail, ok, type Result } from '#shared/result.ts';
import {
  endTransfer,
  transferEndsAt,
  transferStateOf,
  mayBeGiven,
  type TicketTransfer,
  type TransferState,
} from '#shared/tickets/transfer.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import type { InventoryContext } from './context.ts';
import { showTicket, type ShownTicket } from './shown-ticket.ts';
import { factsOf, findTicket } from './tickets.ts';

/** A holder offers a ticket. That they hold it is asked here, in the transaction; that they are who they say is the caller's. */
export type TransferOffer = {
  /** The offer's idempotency key, and the transfer's that may come of it. */
  readonly transferId: string;
  readonly ticketId: string;
  readonly byCustomerId: string;
  /** Pseudonym of the address the link is sent to; undefined for a link that is good for whoever has it. */
  readonly forCustomerId?: string | undefined;
};

/** The end of an offer that nobody accepted. Only its giver withdraws; whoever has the link may decline. */
export type TransferEnd =
  | { readonly transferId: string; readonly how: 'declined' }
  | { readonly transferId: string; readonly how: 'withdrawn'; readonly byCustomerId: string };

/** An offer as its link's page shows it. */
export type ShownTransfer = Omit<TicketTransfer, 'state' | 'generation'> & {
  readonly state: TransferState;
  readonly ticket: ShownTicket;
};

type TransferRow = {
  transferId: string;
  ticketId: string;
  fromCustomer: string;
  forCustomer: string | null;
  state: TransferState;
  endsAtMs: number;
  toCustomer: string | null;
  generation: number | null;
};

const columns = `transfer_id AS transferId, ticket_id AS ticketId, from_customer AS fromCustomer, for_customer AS forCustomer,
  state, ends_at_ms AS endsAtMs, to_customer AS toCustomer, generation`;

export function findTransfer(sql: Sql, transferId: string): TicketTransfer | undefined {
  return transferOf(
    sql.exec<TransferRow>(`SELECT ${columns} FROM transfers WHERE transfer_id = ?`, transferId).toArray()[0],
  );
}

/** The one offer of a ticket that can still be accepted. */
export function openTransfer(sql: Sql, ticketId: string, now: EpochMs): TicketTransfer | undefined {
  const [row] = sql
    .exec<TransferRow>(`SELECT ${columns} FROM transfers WHERE ticket_id = ? AND state = 'offered'`, ticketId)
    .toArray();
  const transfer = transferOf(row);
  return transfer !== undefined && transferStateOf(transfer, now) === 'offered' ? transfer : undefined;
}

function transferOf(row: TransferRow | undefined): TicketTransfer | undefined {
  if (row === undefined) return undefined;
  const { transferId, ticketId, state, endsAtMs } = row;
  return {
    transferId,
    ticketId,
    fromCustomerId: row.fromCustomer,
    forCustomerId: row.forCustomer ?? undefined,
    state,
    endsAtMs,
    toCustomerId: row.toCustomer ?? undefined,
    generation: row.generation ?? undefined,
  };
}

/** Offers a ticket. The holder's own code goes on as if nothing were. */
export function offerTicket(context: InventoryContext, offer: TransferOffer): Result<{ readonly endsAtMs: EpochMs }> {
  const { transferId, ticketId, byCustomerId, forCustomerId } = offer;
  const now = context.now();
  const known = findTransfer(context.sql, transferId);
  if (known !== undefined) return offeredBefore(known, offer);
  const row = findTicket(context, ticketId);
  const rules = context.rules();
  if (row === undefined || rules === undefined) return fail('ticket_unknown');
  if (row.customerId !== byCustomerId) return fail('ticket_changed');
  if (forCustomerId === byCustomerId) return fail('transfer_to_self');
  const allowed = mayBeGiven(rules, factsOf(rules, row), now);
  if (!allowed.ok) return allowed;
  if (openTransfer(context.sql, ticketId, now) !== undefined) return fail('transfer_open');
  context.sql.exec(`UPDATE transfers SET state = 'expired' WHERE ticket_id = ? AND state = 'offered'`, ticketId);
  const endsAtMs = transferEndsAt(rules, now);
  context.sql.exec(
    `INSERT INTO transfers (transfer_id, ticket_id, from_customer, for_customer, state, ends_at_ms)
     VALUES (?, ?, ?, ?, 'offered', ?)`,
    transferId,
    ticketId,
    byCustomerId,
    forCustomerId ?? null,
    endsAtMs,
  );
  const sentTo = forCustomerId === undefined ? {} : { forCustomerId };
  context.log.append({ kind: 'transfer.offered', transferId, ticketId, customerId: byCustomerId, ...sentTo, endsAtMs });
  return ok({ endsAtMs });
}

/** The same offer again is one offer, whatever became of it since. */
function offeredBefore(known: TicketTransfer, { ticketId, byCustomerId, forCustomerId }: TransferOffer) {
  const isSame = known.ticketId === ticketId && known.fromCustomerId === byCustomerId;
  if (!isSame || known.forCustomerId !== forCustomerId) return fail('idempotency_key_reused');
  return ok({ endsAtMs: known.endsAtMs });
}

export function endOffer(context: InventoryContext, end: TransferEnd): Result<undefined> {
  const transfer = findTransfer(context.sql, end.transferId);
  if (transfer === undefined) return fail('transfer_unknown');
  if (end.how === 'withdrawn' && end.byCustomerId !== transfer.fromCustomerId) return fail('transfer_unknown');
  const ended = endTransfer(transfer, end.how, context.now());
  if (!ended.ok) return ended;
  if (ended.value.isNew) writeEnd(context, transfer, end.how);
  return ok();
}

/**
 * Part of whatever makes a ticket's codes void: somebody who has its link must not be left with a claim to the new one.
 * `void` when the ticket itself is over, and nobody can offer it again.
 */
export function endOpenTransfer(context: InventoryContext, ticketId: string, how: 'withdrawn' | 'void'): void {
  const transfer = openTransfer(context.sql, ticketId, context.now());
  if (transfer !== undefined) writeEnd(context, transfer, how);
}

const traceOf = {
  declined: 'transfer.declined',
  withdrawn: 'transfer.withdrawn',
  void: 'transfer.voided',
} as const;

function writeEnd({ sql, log }: InventoryContext, transfer: TicketTransfer, how: keyof typeof traceOf): void {
  const { transferId, ticketId, fromCustomerId: customerId } = transfer;
  sql.exec('UPDATE transfers SET state = ? WHERE transfer_id = ?', how, transferId);
  log.append({ kind: traceOf[how], transferId, ticketId, customerId });
}

/** Reads only. */
export function showTransfer(context: InventoryContext, transferId: string, now: EpochMs): ShownTransfer | undefined {
  const transfer = findTransfer(context.sql, transferId);
  const row = transfer && findTicket(context, transfer.ticketId);
  const rules = context.rules();
  if (transfer === undefined || row === undefined || rules === undefined) return undefined;
  const { signingKeyId: keyId } = context.keyRing.now(now);
  const ticket = showTicket(rules, row, { now, keyId, transfer: undefined });
  if (ticket === undefined) return undefined;
  const { generation: _, ...shown } = transfer;
  return { ...shown, state: transferStateOf(transfer, now), ticket };
}
