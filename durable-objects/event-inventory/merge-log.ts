import { statusOf } from '#shared/admission/uses.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { clockToleranceMs, useAfter, type Passed } from '#shared/gate/merge.ts';
import type { IncidentScan } from '#shared/gate/incidents.ts';
import { adjustedAtMs, type ScanLogAnswer, type ScanRecord } from '#shared/gate/scan-log.ts';
import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';
import type { GateDevice } from './devices.ts';
import type { CheckedCode } from './found-ticket.ts';
import { incidentsOfTicket, openIncident, withdrawIncident } from './incidents.ts';
import { passagesOf } from './passages.ts';
import { keepAnswer, markUndone, readUndo, type Undo } from './scan-answers.ts';
import { factsOf, findTicket, saveUse, type TicketRow } from './tickets.ts';
import { wasVoidAt } from './ticket-moves.ts';

/** One record with what was found out about it before its turn. */
export type ToMerge = { readonly record: ScanRecord; readonly hash: string; readonly checked: CheckedCode | undefined };

type IncidentRef = NonNullable<ScanLogAnswer['incident']>;

type ScanTold = Extract<ScanRecord, { kind: 'scan' }>;

type Place = { readonly context: InventoryContext; readonly rules: EventRules; readonly device: GateDevice };

/**
 * Takes what a scanner decided alone into the event's truth, record by record, as a set: a record that is here already changes
 * nothing, and the state after all of them is the same in any order. What the scanner granted stands, because that person is
 * inside; where two gates gave what was there once, the incident is about the ticket and not a verdict on anybody.
 */
export function mergeRecord(place: Place, { record, hash, checked }: ToMerge): ScanLogAnswer {
  const { context } = place;
  const { recordId } = record;
  if (context.books.answers.get(recordId) !== undefined) return { recordId, status: 'known' };
  const atMs = adjustedAtMs(record, context.now());
  const digest = `log:${hash}`;
  if (isAfterRevocation(place.device, atMs)) {
    keepAnswer(context, { scanId: recordId, digest, verdict: verdictOf(record, atMs) });
    append(place, record, { atMs, isCounted: false });
    return { recordId, status: 'refused', incident: openAfterRevocation(place) };
  }
  noteClock(place, record);
  if (record.kind === 'undo') return mergeUndo(place, record, { atMs, digest });
  if (record.kind === 'late_answer') {
    keepAnswer(context, { scanId: recordId, digest, verdict: verdictOf(record, atMs) });
    append(place, record, { atMs, isCounted: false });
    return { recordId, status: 'merged' };
  }
  return mergeScan(place, record, { atMs, digest, checked });
}

function mergeScan(
  place: Place,
  record: ScanTold,
  { atMs, digest, checked }: { atMs: EpochMs; digest: string; checked: CheckedCode | undefined },
): ScanLogAnswer {
  const { context, rules } = place;
  const { recordId, gateId, zones = [] } = record;
  const verdict = verdictOf(record, atMs);
  const hasPassed = (record.outcome === 'grant' || record.outcome === 'partial') && zones.length > 0;
  const isGenuine = checked?.kind !== 'code' || isGood(checked, record, rules);
  const row = record.ticketId === undefined || !isGenuine ? undefined : findTicket(context, record.ticketId);
  const moved = Object.fromEntries(zones.map((zone) => [zone, record.direction === 'in' ? 1 : -1]));
  const undo = hasPassed && row !== undefined ? undoOf(rules, row, record, moved) : undefined;
  keepAnswer(context, { scanId: recordId, digest, verdict, undo, atMs });
  if (hasPassed) count(context, { verdict, moved, gateId, typeId: row?.typeId }, 1);
  const told = { scanId: recordId, atMs, gateId, deviceId: record.deviceId };
  const passed: Passed = { ...told, moved, isOverruled: isOverruled(record) };
  const after = undo === undefined || row === undefined ? undefined : useWith(place, row, passed);
  if (after !== undefined && row !== undefined) saveUse(context, row, after.use, recordId);
  append(place, record, { atMs, isCounted: undo !== undefined, row });
  if (!hasPassed) return { recordId, status: 'merged' };
  const incident = isGenuine
    ? findIncident(place, record, { row, after, told, checked })
    : openNotGenuine(context, told);
  return { recordId, status: 'merged', ...(incident && { incident }) };
}

/** Whether the code is this event's, says this ticket, and its signatures hold. Whether it was fresh the gate alone could see. */
function isGood(
  { code, ticketId, isIssued, isHeld }: Extract<CheckedCode, { kind: 'code' }>,
  record: ScanTold,
  { eventNumber }: EventRules,
): boolean {
  const isThis = code.header.eventNumber === eventNumber && ticketId === record.ticketId;
  return isThis && isIssued !== false && isHeld !== false;
}

function undoOf(rules: EventRules, row: TicketRow, record: ScanTold, moved: Record<string, number>): Undo {
  const { uses, entries, firstEntryAtMs, lastEntry } = factsOf(rules, row);
  const { ticketId, typeId, lastScanId: previousScanId } = row;
  const before = { uses, entries, firstEntryAtMs, lastEntry };
  return { ticketId, typeId, deviceId: record.deviceId, gateId: record.gateId, before, moved, previousScanId };
}

type After = ReturnType<typeof useAfter>;

/** The ticket after all its passages and one more, and which of them were too many. A first one asks storage nothing. */
function useWith({ context, rules }: Place, row: TicketRow, more?: Passed): After {
  const type = ticketTypeOf(rules, row.typeId);
  const { base, passages } = passagesOf(context, rules, row);
  const all = more === undefined ? passages : [...passages, more];
  return type === undefined ? { use: factsOf(rules, row), overlaps: [] } : useAfter(type, base, all, rules.timeZone);
}

function isOverruled({ reason }: ScanTold): boolean {
  return reason === 'overridden' || reason === 'admit_all';
}

/** A decision of the device was taken back there. The scan may have been merged, or decided by the event before. */
function mergeUndo(
  place: Place,
  record: Extract<ScanRecord, { kind: 'undo' }>,
  { atMs, digest }: { atMs: EpochMs; digest: string },
): ScanLogAnswer {
  const { context } = place;
  const { recordId, about, deviceId } = record;
  keepAnswer(context, { scanId: recordId, digest, verdict: verdictOf(record, atMs) });
  const kept = readUndo(context, about);
  const isOwn = kept?.undo?.deviceId === deviceId && kept.undoneBy === null;
  const row = isOwn && kept.undo !== undefined ? findTicket(context, kept.undo.ticketId) : undefined;
  if (isOwn && kept.undo !== undefined) {
    markUndone(context, about, deviceId);
    const { verdict, undo } = kept;
    count(context, { verdict, moved: undo.moved, gateId: undo.gateId, typeId: undo.typeId }, -1);
  }
  if (row !== undefined && row.lastScanId !== null) {
    const after = useWith(place, row);
    saveUse(context, row, after.use, row.lastScanId);
    refreshOverlaps(context, row, after);
  }
  append(place, record, { atMs, isCounted: row !== undefined, row });
  return { recordId, status: 'merged' };
}

function count(
  { counters }: InventoryContext,
  passed: { verdict: Verdict; moved: Readonly<Record<string, number>>; gateId: string; typeId: string | undefined },
  sign: 1 | -1,
): void {
  const { verdict, moved, gateId, typeId } = passed;
  if (sign === 1) counters.countScan(verdict, typeId, gateId, verdict.scannedAtMs);
  else counters.uncountScan(verdict, typeId ?? '', gateId);
  for (const [zone, by] of Object.entries(moved)) counters.add(`inside/${zone}`, by * sign);
}

type Found = {
  /** As it was before. */
  readonly row: TicketRow | undefined;
  /** Undefined where nothing was counted. */
  readonly after: After | undefined;
  readonly told: IncidentScan;
  readonly checked: CheckedCode | undefined;
};

function findIncident(
  { context }: Place,
  record: ScanTold,
  { row, after, told, checked }: Found,
): IncidentRef | undefined {
  if (row === undefined || after === undefined) return undefined;
  const { ticketId, customerId } = row;
  const generation = checked?.kind === 'code' ? checked.code.header.generation : undefined;
  const before = told.atMs - clockToleranceMs;
  if (record.direction === 'in' && !isOverruled(record) && wasVoidAt(context, ticketId, before, generation)) {
    const incidentId = `void/${record.recordId}`;
    openIncident(context, { incidentId, kind: 'void_when_used', ticketId, customerId, scans: [told] });
    return { incidentId, kind: 'void_when_used' };
  }
  // Nobody went through on it before, so there is nothing it could be too many of, and nothing to withdraw.
  if (row.lastScanId === null && after.overlaps.length === 0) return undefined;
  return refreshOverlaps(context, row, after, record.recordId);
}

/** Says of a ticket which of its passages were too many, all of them anew: an earlier one that arrives late moves the blame. */
function refreshOverlaps(
  context: InventoryContext,
  { ticketId, customerId }: TicketRow,
  { overlaps }: After,
  about?: string,
): IncidentRef | undefined {
  const found = new Map(overlaps.map(({ surplus, against }) => [`double/${surplus.scanId}`, [against, surplus]]));
  for (const { incidentId, kind } of incidentsOfTicket(context, ticketId)) {
    if (kind === 'double_admission' && !found.has(incidentId)) withdrawIncident(context, incidentId, 'taken_back');
  }
  for (const [incidentId, pair] of found) {
    const scans = pair.map(scanOf);
    openIncident(context, { incidentId, kind: 'double_admission', ticketId, customerId, scans });
  }
  const own = overlaps.find(({ surplus, against }) => [surplus.scanId, against.scanId].includes(about ?? ''));
  return own && { incidentId: `double/${own.surplus.scanId}`, kind: 'double_admission' };
}

function scanOf({ scanId, atMs, gateId, deviceId }: Passed): IncidentScan {
  return { scanId, atMs, gateId, deviceId };
}

function openNotGenuine(context: InventoryContext, told: IncidentScan): IncidentRef {
  const incidentId = `code/${told.scanId}`;
  openIncident(context, { incidentId, kind: 'not_genuine', deviceId: told.deviceId, scans: [told] });
  return { incidentId, kind: 'not_genuine' };
}

function isAfterRevocation({ revokedAtMs }: GateDevice, atMs: EpochMs): boolean {
  return revokedAtMs !== undefined && atMs > revokedAtMs;
}

function openAfterRevocation({ context, device: { deviceId } }: Place): IncidentRef {
  const incidentId = `revoked/${deviceId}`;
  openIncident(context, { incidentId, kind: 'after_revocation', deviceId, scans: [] });
  return { incidentId, kind: 'after_revocation' };
}

function noteClock({ context, device: { deviceId } }: Place, { clock }: ScanRecord): void {
  if (clock === undefined || Math.abs(clock.offsetMs) <= clockToleranceMs) return;
  openIncident(context, { incidentId: `clock/${deviceId}`, kind: 'clock_off', deviceId, scans: [] });
}

function verdictOf(record: ScanRecord, scannedAtMs: EpochMs): Verdict {
  if (record.kind === 'undo') return { outcome: 'grant', reason: 'exited', scannedAtMs };
  return { outcome: record.outcome, reason: record.reason, scannedAtMs };
}

/** The trail keeps both times: the device's own, and when that was by the event's clock (I7). */
function append(
  { context, rules }: Place,
  record: ScanRecord,
  about: { readonly atMs: EpochMs; readonly isCounted: boolean; readonly row?: TicketRow | undefined },
): void {
  const { recordId: scanId, kind: what, gateId, deviceId, staffId, deviceAtMs } = record;
  const { ticketId } = about.row ?? {};
  const row = ticketId === undefined ? undefined : findTicket(context, ticketId);
  context.log.append({
    kind: 'scan.merged',
    what,
    scanId,
    gateId,
    deviceId,
    staffId,
    deviceAtMs,
    scannedAtMs: about.atMs,
    isCounted: about.isCounted,
    ...toldOf(record),
    ...(row && { ticketId: row.ticketId, customerId: row.customerId, entries: row.entries }),
    ...(row && { status: statusOf(rules, factsOf(rules, row), context.now()) }),
  });
}

function toldOf(record: ScanRecord) {
  if (record.kind === 'undo') return { about: record.about };
  const { outcome, reason } = record;
  if (record.kind === 'late_answer') return { about: record.about, outcome, reason };
  const { because, direction, zones, override, shown } = record;
  return {
    because,
    direction,
    outcome,
    reason,
    method: shown.by,
    ...(zones && { zones }),
    ...(override && { cause: override.cause }),
  };
}
