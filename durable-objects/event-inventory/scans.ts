import type { Admission, Attempt } from '#shared/admission/admit.ts';
import { decideScan } from '#shared/admission/decide-scan.ts';
import { statusOf } from '#shared/admission/uses.ts';
import type { OverrideCause, Verdict } from '#shared/admission/verdict.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { ticketTypeOf, type EventRules, type Gate } from '#shared/inventory/rules.ts';
import { ok, type Result } from '#shared/result.ts';
import { isAdmitAll } from './admit-all.ts';
import { requestDigest } from '../common/request-digest.ts';
import type { InventoryContext } from './context.ts';
import { findPresented, methodOf, type CheckedCode } from './found-ticket.ts';
import { standAtGate, type AtGate, type GateRefusal, type Standing } from './standing.ts';
import { keepAnswer, knownAnswer, type Undo } from './scan-answers.ts';
import { factsOf, findTicket, saveUse, type TicketRow } from './tickets.ts';

export type ScanRequest = AtGate & {
  /** The scan's idempotency key: the same id gets the same verdict. */
  readonly scanId: string;
  /** As read or typed; spaces, hyphens and lower case are forgiven. */
  readonly code: string;
  /** Instead of a code: looked up by somebody who may let people in by hand. */
  readonly ticketId?: string | undefined;
  readonly direction?: 'in' | 'out' | undefined;
  /** What the steward compared before this scan. */
  readonly identity?: 'name' | 'document' | undefined;
  /** Lets the person in whatever the rules say. Whether this staff member may is the caller's to know. */
  readonly override?: { readonly cause: OverrideCause } | undefined;
};

export type ScanAnswer = Result<Verdict, GateRefusal | 'idempotency_key_reused' | 'event_not_on_sale'>;

/**
 * Decides one scan inside a commit group, and leaves its trace whatever the answer (I7). Undefined when the keys have to be
 * asked about its code first: then nothing was decided, and it comes again.
 */
export function scan(context: InventoryContext, request: ScanRequest, checked: CheckedCode): ScanAnswer | undefined {
  const { scanId } = request;
  const digest = digestOf(request, checked);
  // Until printed codes were named by what was issued, their text was digested once more.
  const known = knownAnswer(context, scanId, (kept) => kept === digest || kept === textDigestOf(request));
  const standing = standAtGate(context, request);
  if (known !== undefined) return known.ok && standing.ok ? ok(namedAgain(context, known.value)) : known;
  if (!standing.ok) {
    context.log.append({ kind: 'scan.rejected', scanId, ...whoAndWhere(request), code: standing.failure.code });
    return standing;
  }
  const { rules } = standing.value;
  const presented = { deviceId: request.deviceId, purpose: request.direction ?? 'in' };
  const found = findPresented(context, rules, checked, presented);
  if (found === undefined) return undefined;
  const { row, refused } = found;
  const admission = decide(context, standing.value, request, row, refused);
  if (row !== undefined && admission.next !== undefined) saveUse(context, row, admission.next, scanId);
  count(context, standing.value.gate, admission, row);
  const { verdict } = admission;
  record(context, request, standing.value, checked, admission, row);
  keepAnswer(context, { scanId, digest, verdict, undo: undoOf(request, standing.value, admission, row) });
  return ok(named(verdict, row));
}

/** Part of a holder's signature that tells two of them apart. */
const holderMarkLength = 16;

/**
 * A code with nothing beside it is named by the digest of what was issued, which is compared anyway, and a live one by what
 * its holder added besides.
 */
function digestOf(request: ScanRequest, checked: CheckedCode): string {
  if (checked.kind !== 'code' || !isPlain(request)) return textDigestOf(request);
  const { code } = checked;
  const issued = `${checked.digest()}/${request.gateId}`;
  if (code.form === 'printed') return issued;
  const mark = code.holderSignature.subarray(-holderMarkLength);
  return `${issued}/${code.step}/${encodeBase32(mark)}`;
}

function isPlain({ ticketId, direction = 'in', identity, override }: ScanRequest): boolean {
  return direction === 'in' && [ticketId, identity, override].every((part) => part === undefined);
}

/** A scan with nothing but a code is digested as it was before anything else could come with one. */
function textDigestOf(request: ScanRequest): string {
  const { code, ticketId, gateId, direction = 'in', identity, override } = request;
  return requestDigest(
    isPlain(request) ? [code, gateId] : ['scan', code, ticketId, gateId, direction, identity, override?.cause],
  );
}

function undoOf(
  { deviceId }: ScanRequest,
  { rules, gate }: Standing,
  { next, moved = {} }: Admission,
  row: TicketRow | undefined,
): Undo | undefined {
  if (row === undefined || next === undefined) return undefined;
  const { uses, entries, firstEntryAtMs, lastEntry } = factsOf(rules, row);
  const before = { uses, entries, firstEntryAtMs, lastEntry };
  const { ticketId, typeId, lastScanId: previousScanId } = row;
  return { ticketId, typeId, deviceId, gateId: gate.id, before, moved, previousScanId };
}

function decide(
  context: InventoryContext,
  { rules, gate }: Standing,
  request: ScanRequest,
  row: TicketRow | undefined,
  refused: Verdict | undefined,
): Admission {
  const facts = row === undefined ? undefined : factsOf(rules, row);
  const against = { areGatesOpen: () => isAdmitAll(context.sql), override: request.override };
  return decideScan(rules, gate, { facts, refused }, attemptOf(context, rules, request, row), against);
}

function attemptOf(
  context: InventoryContext,
  rules: EventRules,
  { direction = 'in', identity }: ScanRequest,
  row: TicketRow | undefined,
): Attempt {
  return {
    now: context.now(),
    direction,
    identity: identity ?? 'none',
    occupancy: (zoneId) => context.counters.value(`inside/${zoneId}`),
    mainIsIn: () => row !== undefined && isMainIn(context, rules, row),
  };
}

/** Whether anybody on the ticket a companion belongs to has been let in: found through the hold both came from. */
function isMainIn(context: InventoryContext, rules: EventRules, row: TicketRow): boolean {
  const mainTypeId = ticketTypeOf(rules, row.typeId)?.companionOf;
  const [hold] = context.sql
    .exec<{ tickets: string | null }>('SELECT tickets FROM holds WHERE hold_id = ?', row.holdId)
    .toArray();
  const siblings = JSON.parse(hold?.tickets ?? '[]') as { ticketId: string; typeId: string }[];
  return siblings
    .filter(({ typeId }) => typeId === mainTypeId)
    .some(({ ticketId }) => (findTicket(context, ticketId)?.entries ?? 0) > 0);
}

function count(context: InventoryContext, gate: Gate, { verdict, moved }: Admission, row: TicketRow | undefined): void {
  context.counters.countScan(verdict, row?.typeId, gate.id, context.now());
  for (const [zone, by] of Object.entries(moved ?? {})) context.counters.add(`inside/${zone}`, by);
}

/** The name to compare is said to whoever must compare it, and kept nowhere: not in the trail, not beside the answer. */
function named(verdict: Verdict, row: TicketRow | undefined): Verdict {
  const asks = verdict.reason === 'name_check' || verdict.reason === 'document_check';
  return asks && row?.holderName != null ? { ...verdict, holderName: row.holderName } : verdict;
}

/** A steward whose first answer got lost needs the name as much. */
function namedAgain(context: InventoryContext, verdict: Verdict): Verdict {
  const ticketId = verdict.ticket?.ticketId;
  return ticketId === undefined ? verdict : named(verdict, findTicket(context, ticketId));
}

export function whoAndWhere({ gateId, deviceId, staffId, location, deviceAtMs }: AtGate) {
  return {
    gateId,
    deviceId,
    staffId,
    ...(location && { location }),
    ...(deviceAtMs !== undefined && { deviceAtMs }),
  };
}

function record(
  context: InventoryContext,
  request: ScanRequest,
  { gate, staffId }: Standing,
  checked: CheckedCode,
  { verdict, next, moved }: Admission,
  row: TicketRow | undefined,
): void {
  const { scanId, direction = 'in', identity, override } = request;
  const { outcome, reason, overrides } = verdict;
  context.log.append({
    kind: 'scan',
    scanId,
    ...whoAndWhere({ ...request, gateId: gate.id, staffId }),
    method: methodOf[checked.kind],
    direction,
    outcome,
    reason,
    ...(identity && { identity }),
    ...(overrides && { overrides }),
    ...(override && reason === 'overridden' && { cause: override.cause }),
    ...(moved && { zones: Object.keys(moved) }),
    ...(row && { ticketId: row.ticketId, customerId: row.customerId, entries: next?.entries ?? row.entries }),
    ...(row && next && { status: statusAfter(context, row, next) }),
  });
}

function statusAfter(context: InventoryContext, row: TicketRow, next: NonNullable<Admission['next']>) {
  const rules = context.rules();
  return rules === undefined ? row.status : statusOf(rules, { ...factsOf(rules, row), ...next }, context.now());
}
