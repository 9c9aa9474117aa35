import { statusOf } from '#shared/admission/uses.ts';
import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { activate, activationProofText, type ActivationRequest, type Bearing } from '#shared/tickets/activation.ts';
import type { InventoryContext } from './context.ts';
import type { EventInventoryPorts } from './ports.ts';
import { codeToIssue, type CodeToIssue } from './shown-ticket.ts';
import { factsOf, findTicket, type TicketRow } from './tickets.ts';

/** What the issuer signs for the device: its code, and under which key it bears it. */
export type ActivatedTicket = CodeToIssue & { readonly ticketId: string; readonly holderKey: string };
export type ActivationAnswer = Result<ActivatedTicket>;

/** Whether the device has the key it names. Asynchronous, so it is asked before the request's turn. */
export function proves(isSignedBy: EventInventoryPorts['isSignedBy'], request: ActivationRequest): Promise<boolean> {
  return isSignedBy(request.holderKey, activationProofText(request), request.holderProof);
}

/** Lets a device bear a ticket, in the transaction that looks who bears it now: of two phones at once, one is second. */
export function activateTicket(
  context: InventoryContext,
  request: ActivationRequest,
  isProved: boolean,
): ActivationAnswer {
  if (!isProved) return fail('activation_unproved');
  const row = findTicket(context, request.ticketId);
  const rules = context.rules();
  if (row === undefined || rules === undefined) return fail('ticket_unknown');
  const refused = whyNotShown(context, rules, row);
  if (refused !== undefined) return refused;
  const decided = activate(bearingOf(context, row, request.activationId), request, context.now());
  if (!decided.ok) return decided;
  const { change, generation } = decided.value;
  const { ticketId, holderKey, activationId } = request;
  if (change !== 'none') bear(context, rules, row, { holderKey, generation, change });
  context.sql.exec(
    `INSERT INTO activations (activation_id, ticket_id, holder_key, generation, at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (activation_id) DO NOTHING`,
    activationId,
    ticketId,
    holderKey,
    generation,
    context.now(),
  );
  const { signingKeyId: keyId } = context.keyRing.now(context.now());
  const now = findTicket(context, ticketId);
  const code = now && codeToIssue(rules, now, 'live', keyId);
  return code === undefined ? fail('ticket_unknown') : ok({ ...code, ticketId, holderKey });
}

/** A code that may not be shown is not signed either: who has it early could sell it early. */
function whyNotShown(context: InventoryContext, rules: EventRules, row: TicketRow) {
  const now = context.now();
  const codeFrom = ticketTypeOf(rules, row.typeId)?.codeFrom;
  const status = statusOf(rules, factsOf(rules, row), now);
  if (status === 'refunded' || status === 'suspended' || status === 'expired') {
    return fail('ticket_move_illegal', { from: status, move: 'activate' });
  }
  return codeFrom !== undefined && now < codeFrom ? fail('code_not_yet', { from: codeFrom }) : undefined;
}

function bearingOf(context: InventoryContext, row: TicketRow, activationId: string): Bearing {
  const [before] = context.sql
    .exec<{ ticketId: string; holderKey: string; generation: number }>(
      'SELECT ticket_id AS ticketId, holder_key AS holderKey, generation FROM activations WHERE activation_id = ?',
      activationId,
    )
    .toArray();
  return { generation: row.generation, holderKey: row.holderKey ?? undefined, before };
}

function bear(
  context: InventoryContext,
  rules: EventRules,
  row: TicketRow,
  { holderKey, generation, change }: { holderKey: string; generation: number; change: 'activate' | 'take_over' },
): void {
  const { ticketId } = row;
  // Printed codes of this generation stand when the first device comes, and fall with it when the next one does.
  const printedDigest = change === 'take_over' ? null : row.printedDigest;
  context.sql.exec(
    'UPDATE tickets SET holder_key = ?, generation = ?, printed_digest = ?, live_digest = NULL WHERE ticket_id = ?',
    holderKey,
    generation,
    printedDigest,
    ticketId,
  );
  const status = statusOf(rules, { ...factsOf(rules, row), generation, isActivated: true }, context.now());
  context.log.append({ kind: 'ticket.moved', ticketId, status, generation, cause: change });
}
