import { admit, refusal, type TicketFacts } from '#shared/admission/admit.ts';
import type { Reason, Verdict } from '#shared/admission/verdict.ts';
import { ticketIdOf } from '#shared/ids.ts';
import type { EventRules, Gate } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { readPrintedCode, type PrintedCode } from '#shared/tickets/code.ts';
import { readHandle } from '#shared/tickets/handle.ts';
import type { TicketVerifier } from '#shared/tickets/keys.ts';
import type { ScanContext } from '#shared/trail/entries.ts';
import { requestDigest } from '../common/request-digest.ts';
import type { InventoryContext } from './context.ts';
import { findByHandle, findTicket, type TicketRow } from './tickets.ts';

export type ScanRequest = ScanContext & {
  /** The scan's idempotency key: the same id gets the same verdict. */
  readonly scanId: string;
  /** As read or typed; spaces, hyphens and lower case are forgiven. */
  readonly code: string;
};

export type ScanAnswer = Result<Verdict, 'gate_unknown' | 'idempotency_key_reused' | 'event_not_on_sale'>;

/** What checking the signature, the only asynchronous part of a scan, said about a code before its turn came. */
export type CheckedCode =
  | { readonly kind: 'printed'; readonly code: PrintedCode; readonly isAuthentic: boolean }
  | { readonly kind: 'typed'; readonly handle: string }
  | { readonly kind: 'unreadable' };

/** Longest text worth reading: a live code is 303 characters. */
const codeLimit = 400;

export async function checkCode(verifier: TicketVerifier, text: string): Promise<CheckedCode> {
  if (text.length > codeLimit) return { kind: 'unreadable' };
  const trimmed = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const code = readPrintedCode(trimmed);
  if (code !== undefined) return { kind: 'printed', code, isAuthentic: await verifier.verify(code) };
  const handle = readHandle(text);
  return handle === undefined ? { kind: 'unreadable' } : { kind: 'typed', handle };
}

/** Decides one scan inside a commit group, and leaves its trace whatever the answer (I7). */
export function scan(context: InventoryContext, request: ScanRequest, checked: CheckedCode): ScanAnswer {
  const digest = requestDigest([request.code, request.gateId]);
  const [known] = context.sql
    .exec<{ digest: string; verdict: string }>(
      'SELECT request_digest AS digest, verdict FROM scans WHERE scan_id = ?',
      request.scanId,
    )
    .toArray();
  if (known !== undefined) {
    return known.digest === digest ? ok(JSON.parse(known.verdict) as Verdict) : fail('idempotency_key_reused');
  }
  const rules = context.rules();
  if (rules === undefined) return fail('event_not_on_sale');
  const gate = rules.gates.find(({ id }) => id === request.gateId);
  if (gate === undefined) return fail('gate_unknown', { gate: request.gateId.slice(0, 40) });
  const found = findScanned(context, rules, checked);
  const verdict = typeof found === 'string' ? refusal(found, context.now()) : admitTicket(context, rules, gate, found);
  const row = typeof found === 'string' ? undefined : found;
  record(context, request, checked, verdict, row);
  context.counters.countScan(verdict, row?.typeId, gate.id, context.now());
  context.sql.exec(
    'INSERT INTO scans (scan_id, request_digest, verdict) VALUES (?, ?, ?)',
    request.scanId,
    digest,
    JSON.stringify(verdict),
  );
  return ok(verdict);
}

/** The ticket a code stands for, or why it stands for none. */
function findScanned(context: InventoryContext, rules: EventRules, checked: CheckedCode): TicketRow | Reason {
  if (checked.kind === 'unreadable') return 'unreadable_code';
  if (checked.kind === 'typed') return findByHandle(context, checked.handle) ?? 'unknown_ticket';
  if (!checked.isAuthentic) return 'forged_code';
  const { header } = checked.code;
  if (header.eventNumber !== rules.eventNumber) return 'wrong_event';
  const row = findTicket(context, ticketIdOf(header.ticket));
  if (row === undefined) return 'unknown_ticket';
  return row.generation === header.generation ? row : 'replaced_code';
}

function admitTicket(context: InventoryContext, rules: EventRules, gate: Gate, row: TicketRow): Verdict {
  const now = context.now();
  const { verdict, next } = admit(rules, gate, factsOf(row), now);
  if (next === undefined) return verdict;
  context.sql.exec(
    `UPDATE tickets SET status = ?, entries = ?, day_entries = ?, first_entry_at_ms = COALESCE(first_entry_at_ms, ?),
       last_entry_at_ms = ?, last_gate_id = ?
     WHERE ticket_id = ?`,
    next.status,
    next.entries,
    next.dayEntries,
    now,
    now,
    gate.id,
    row.ticketId,
  );
  // The row in hand is told too, so that the trail records the ticket as the grant left it.
  Object.assign(row, next);
  return verdict;
}

export function factsOf(row: TicketRow): TicketFacts {
  const { ticketId, typeId, status, generation, entries, dayEntries } = row;
  const lastEntry = row.lastEntryAtMs === null ? undefined : { atMs: row.lastEntryAtMs, gateId: row.lastGateId ?? '' };
  const firstEntryAtMs = row.firstEntryAtMs ?? undefined;
  return { ticketId, typeId, status, generation, entries, dayEntries, firstEntryAtMs, lastEntry };
}

function record(
  context: InventoryContext,
  request: ScanRequest,
  checked: CheckedCode,
  verdict: Verdict,
  row: TicketRow | undefined,
): void {
  const { scanId, gateId, deviceId, staffId } = request;
  const about =
    row === undefined
      ? {}
      : { ticketId: row.ticketId, customerId: row.customerId, status: row.status, entries: row.entries };
  const method = checked.kind === 'typed' ? 'typed' : 'code';
  const { outcome, reason } = verdict;
  context.log.append({ kind: 'scan', scanId, gateId, deviceId, staffId, method, outcome, reason, ...about });
}
