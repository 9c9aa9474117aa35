import { statusOf } from '#shared/admission/uses.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { acceptTransfer, mayBeGiven } from '#shared/tickets/transfer.ts';
import { lastGeneration } from '#shared/tickets/code.ts';
import { moveStatus } from '#shared/tickets/status.ts';
import type { InventoryContext } from './context.ts';
import { countTaken } from './customers.ts';
import { findTransfer, endOpenTransfer } from './transfer-offers.ts';
import { factsOf, findTicket, newHandle, type TicketRow } from './tickets.ts';

/** Whoever was offered a ticket takes it. That they proved to be `toCustomerId` is the caller's to know. */
export type TransferRequest = {
  readonly ticketId: string;
  readonly toCustomerId: string;
  /** Names the offer that is accepted, and is the idempotency key. A ticket changes hands by no other way. */
  readonly transferId: string;
  readonly byCustomerId: string;
  /** The name the gate compares, for types that ask for one; the giver's is taken off either way. */
  readonly holderName?: string | undefined;
};

/** Makes every code of a ticket void that anybody has, and lets its holder show a new one. */
export type ReissueRequest = {
  /** The request's idempotency key. */
  readonly reissueId: string;
  readonly ticketId: string;
} & (
  | { readonly cause: 'holder'; readonly byCustomerId: string }
  /** That this staff member may is the caller's to know. */
  | { readonly cause: 'support'; readonly staffId: string }
);

/** From which generation on the ticket's codes are good. */
export type MadeOutAnew = { readonly generation: number };

export function transferTicket(context: InventoryContext, request: TransferRequest): Result<MadeOutAnew> {
  const { ticketId, transferId, toCustomerId, byCustomerId } = request;
  const now = context.now();
  const transfer = findTransfer(context.sql, transferId);
  const row = findTicket(context, ticketId);
  const rules = context.rules();
  if (transfer === undefined || transfer.ticketId !== ticketId) return fail('transfer_unknown');
  if (row === undefined || rules === undefined) return fail('ticket_unknown');
  const accepted = acceptTransfer(transfer, row, { toCustomerId, byCustomerId }, now);
  if (!accepted.ok) return accepted;
  const { kind, generation } = accepted.value;
  if (kind === 'known') return ok({ generation });
  const allowed = mayBeGiven(rules, factsOf(rules, row), now);
  if (!allowed.ok) return allowed;
  const asksName = ticketTypeOf(rules, row.typeId)?.identity !== 'none';
  const holderName = asksName ? (request.holderName ?? null) : null;
  const moved = makeOutAnew(context, row, { generation, customerId: toCustomerId, holderName });
  countHolding(context, row, toCustomerId);
  context.sql.exec(
    `UPDATE transfers SET state = 'accepted', to_customer = ?, generation = ? WHERE transfer_id = ?`,
    toCustomerId,
    generation,
    transferId,
  );
  const status = statusOf(rules, factsOf(rules, moved), now);
  context.log.append({
    kind: 'ticket.transferred',
    ticketId,
    transferId,
    fromCustomerId: byCustomerId,
    customerId: toCustomerId,
    status,
    generation,
  });
  return ok({ generation });
}

/**
 * A ticket counts towards the limit of whoever bought it and of whoever holds it. It stays counted for its buyer, or giving
 * tickets to oneself by a link would buy any number of them; it is counted for its holder, who may buy so many fewer. The
 * holder's limit is not asked here: it keeps tickets from being hoarded at the sale, and a refusal would leave the ticket with
 * somebody who has said that they are not coming, and tell them what the other one has.
 */
function countHolding(context: InventoryContext, row: TicketRow, toCustomerId: string): void {
  const boughtBy = row.boughtBy ?? row.customerId;
  const one = [{ typeId: row.typeId, quantity: 1 }];
  if (row.customerId !== boughtBy) countTaken(context, row.customerId, one, -1);
  if (toCustomerId !== boughtBy) countTaken(context, toCustomerId, one, 1);
  const kept = toCustomerId === boughtBy ? null : boughtBy;
  context.sql.exec('UPDATE tickets SET bought_by = ? WHERE ticket_id = ?', kept, row.ticketId);
}

/** Makes a ticket out anew for whoever holds it, once for each request. Its open offer ends: its link may be what leaked. */
export function reissueTicket(context: InventoryContext, request: ReissueRequest): Result<MadeOutAnew> {
  const { reissueId, ticketId, cause } = request;
  const known = findReissue(context, reissueId);
  if (known !== undefined) {
    return known.ticketId === ticketId ? ok({ generation: known.generation }) : fail('idempotency_key_reused');
  }
  const row = findTicket(context, ticketId);
  const rules = context.rules();
  if (row === undefined || rules === undefined) return fail('ticket_unknown');
  // It was given away a moment ago: what its giver lost is not the new holder's code.
  if (request.cause === 'holder' && request.byCustomerId !== row.customerId) return fail('ticket_changed');
  const moved = moveStatus(statusOf(rules, factsOf(rules, row), context.now()), 'reissue');
  if (!moved.ok) return moved;
  if (row.generation >= lastGeneration) return fail('ticket_changed');
  const generation = row.generation + 1;
  const { customerId, holderName } = row;
  const after = makeOutAnew(context, row, { generation, customerId, holderName });
  context.sql.exec(
    'INSERT INTO reissues (reissue_id, ticket_id, generation, at_ms) VALUES (?, ?, ?, ?)',
    reissueId,
    ticketId,
    generation,
    context.now(),
  );
  const status = statusOf(rules, factsOf(rules, after), context.now());
  const by = request.cause === 'support' ? { staffId: request.staffId } : {};
  context.log.append({ kind: 'ticket.reissued', ticketId, reissueId, customerId, status, generation, cause, ...by });
  endOpenTransfer(context, ticketId, 'withdrawn');
  return ok({ generation });
}

function findReissue({ sql }: InventoryContext, reissueId: string) {
  const [known] = sql
    .exec<{ ticketId: string; generation: number }>(
      'SELECT ticket_id AS ticketId, generation FROM reissues WHERE reissue_id = ?',
      reissueId,
    )
    .toArray();
  return known;
}

type Anew = Pick<TicketRow, 'generation' | 'customerId' | 'holderName'>;

/**
 * The generation ends printed and live codes. The number people type has none, so it is drawn anew; and no device bears the
 * ticket until its holder says which.
 */
function makeOutAnew(
  context: InventoryContext,
  row: TicketRow,
  { generation, customerId, holderName }: Anew,
): TicketRow {
  const handle = newHandle(context);
  context.sql.exec(
    `UPDATE tickets SET generation = ?, customer_id = ?, holder_name = ?, handle = ?,
       holder_key = NULL, printed_digest = NULL, live_digest = NULL
     WHERE ticket_id = ?`,
    generation,
    customerId,
    holderName,
    handle,
    row.ticketId,
  );
  const none = { holderKey: null, printedDigest: null, liveDigest: null };
  return { ...row, ...none, generation, customerId, holderName, handle };
}
