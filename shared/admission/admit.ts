import { ticketTypeOf, type EventRules, type Gate, type TicketType, type Validity } from '../inventory/rules.ts';
import { moveStatus, type StoredStatus } from '../tickets/status.ts';
import { localDay, minuteMs, type EpochMs } from '../time.ts';
import { reasons, type Reason, type Verdict } from './verdict.ts';

/** What the inventory knows of a ticket when it is scanned. */
export type TicketFacts = {
  readonly ticketId: string;
  readonly typeId: string;
  readonly status: StoredStatus;
  readonly generation: number;
  /** Grants so far, and on the local day of the latest one. */
  readonly entries: number;
  readonly dayEntries: number;
  readonly firstEntryAtMs: EpochMs | undefined;
  readonly lastEntry: { readonly atMs: EpochMs; readonly gateId: string } | undefined;
};

export type Admission = {
  readonly verdict: Verdict;
  /** The ticket after a grant; undefined when nothing changes. */
  readonly next: Pick<TicketFacts, 'status' | 'entries' | 'dayEntries'> | undefined;
};

/**
 * Decides one scan of an authentic, current ticket from facts and `now` alone; the gate and the server share it. The
 * order of the checks is the order in which an answer helps the steward most: what no gate can mend comes first.
 */
export function admit(rules: EventRules, gate: Gate, ticket: TicketFacts, now: EpochMs): Admission {
  const type = ticketTypeOf(rules, ticket.typeId);
  if (type === undefined) return answer(refusal('unknown_ticket', now));
  const dayEntries = entriesToday(rules, ticket, now);
  const about = { ...described({ ...ticket, dayEntries }, type), ...earlier(rules, ticket) };
  if (ticket.status === 'refunded' || ticket.status === 'suspended') return answer(refusal(ticket.status, now, about));
  if (rules.status === 'cancelled') return answer(refusal('event_cancelled', now, about));
  const timing = timingOf(type.validity, ticket.firstEntryAtMs, now);
  if (timing !== undefined) return answer({ ...refusal(timing.reason, now, about), window: timing.window });
  if (isUsedUp(type, ticket.entries, dayEntries)) return answer(refusal('already_admitted', now, about));
  if (!sharesZone(type, gate)) return answer({ ...refusal('wrong_gate', now, about), gates: gatesFor(rules, type) });
  const entries = ticket.entries + 1;
  const next = { status: statusAfter(type, ticket.status, entries), entries, dayEntries: dayEntries + 1 };
  const counted = { ...ticket, entries, dayEntries: next.dayEntries };
  return { verdict: { ...refusal('admitted', now), ...described(counted, type) }, next };
}

/** A verdict for a code that reached no ticket, or was refused before its ticket was looked at. */
export function refusal(reason: Reason, now: EpochMs, about?: Partial<Verdict>): Verdict {
  return { ...about, outcome: reasons[reason], reason, scannedAtMs: now };
}

/** When the ticket can be used: its windows, or the one the first entry opened. */
export function windowsOf(
  validity: Validity,
  firstEntryAtMs: EpochMs | undefined,
): { from: EpochMs; until: EpochMs }[] {
  if (validity.kind === 'windows') return validity.windows;
  if (firstEntryAtMs === undefined) return [validity.window];
  return [
    { from: firstEntryAtMs, until: Math.min(firstEntryAtMs + validity.minutes * minuteMs, validity.window.until) },
  ];
}

/** Names of the gates that lead to any of the type's zones. */
export function gatesFor(rules: EventRules, type: TicketType): string[] {
  return rules.gates.filter((gate) => sharesZone(type, gate)).map((gate) => gate.name);
}

function answer(verdict: Verdict): Admission {
  return { verdict, next: undefined };
}

function described(ticket: TicketFacts, type: TicketType): Pick<Verdict, 'ticket'> {
  const { ticketId } = ticket;
  const admitted = type.entry.kind === 'daily' ? ticket.dayEntries : ticket.entries;
  const admits = entryAllowance(type);
  return { ticket: { ticketId, typeName: type.name, accessLevel: type.accessLevel, admitted, admits } };
}

function earlier(rules: EventRules, ticket: TicketFacts): Pick<Verdict, 'admission'> {
  if (ticket.lastEntry === undefined) return {};
  const { atMs, gateId } = ticket.lastEntry;
  return { admission: { atMs, gateName: rules.gates.find((gate) => gate.id === gateId)?.name ?? gateId } };
}

function timingOf(validity: Validity, firstEntryAtMs: EpochMs | undefined, now: EpochMs) {
  const windows = windowsOf(validity, firstEntryAtMs);
  if (windows.some(({ from, until }) => from <= now && now < until)) return undefined;
  const next = windows.filter(({ from }) => from > now).toSorted((a, b) => a.from - b.from)[0];
  if (next !== undefined) return { reason: 'not_yet_valid' as const, window: next };
  const last = windows.toSorted((a, b) => b.until - a.until)[0];
  return last === undefined ? undefined : { reason: 'expired' as const, window: last };
}

function entriesToday(rules: EventRules, ticket: TicketFacts, now: EpochMs): number {
  if (ticket.lastEntry === undefined) return 0;
  const sameDay = localDay(ticket.lastEntry.atMs, rules.timeZone) === localDay(now, rules.timeZone);
  return sameDay ? ticket.dayEntries : 0;
}

/** How many people-entries the ticket gives: in all, or each day for daily tickets. */
function entryAllowance(type: TicketType): number {
  return type.entry.kind === 'count' ? type.entry.entries * type.admits : type.admits;
}

function isUsedUp(type: TicketType, entries: number, dayEntries: number): boolean {
  return (type.entry.kind === 'daily' ? dayEntries : entries) >= entryAllowance(type);
}

function statusAfter(type: TicketType, status: StoredStatus, entries: number): StoredStatus {
  const isLast = (type.entry.kind === 'single' || type.entry.kind === 'count') && entries >= entryAllowance(type);
  if (!isLast) return status;
  const moved = moveStatus(status, 'redeem');
  return moved.ok ? moved.value : status;
}

function sharesZone(type: TicketType, gate: Gate): boolean {
  return gate.zones.some((zone) => type.zones.includes(zone));
}
