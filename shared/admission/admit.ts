import { ticketTypeOf, type EventRules, type Gate, type TicketType } from '../inventory/rules.ts';
import { localDay, type EpochMs } from '../time.ts';
import { about, gatesFor, refusal, zoneNames } from './describe.ts';
import { entered, isUsedUp, left, useOf, windowsOf, type TicketFacts, type Uses } from './uses.ts';
import type { Reason, Verdict } from './verdict.ts';

/** One attempt to pass a gate, with what it depends on beside the ticket. */
export type Attempt = {
  readonly now: EpochMs;
  readonly direction: 'in' | 'out';
  /** What the steward compared before this attempt. */
  readonly identity: 'none' | 'name' | 'document';
  /** People inside a zone now, as far as exits are scanned. */
  readonly occupancy: (zoneId: string) => number;
  /** For companions: whether anybody on a ticket of the other type in the same order has been let in. */
  readonly mainIsIn: () => boolean;
};

export type TicketUse = Pick<TicketFacts, 'uses' | 'entries' | 'firstEntryAtMs' | 'lastEntry'>;

export type Admission = {
  readonly verdict: Verdict;
  /** The ticket after it; undefined when nothing changes. */
  readonly next?: TicketUse;
  /** People who entered (1) or left (-1), by zone. */
  readonly moved?: Readonly<Record<string, 1 | -1>>;
};

/**
 * Decides one scan of an authentic, current ticket from facts and `now` alone; the gate and the server share it. The
 * order of the checks is the order in which an answer helps the steward most: what no gate can mend comes first, what the
 * steward can mend on the spot comes last.
 */
export function admit(rules: EventRules, gate: Gate, ticket: TicketFacts, attempt: Attempt): Admission {
  if (attempt.direction === 'out') return leave(rules, gate, ticket, attempt.now);
  const type = ticketTypeOf(rules, ticket.typeId);
  if (type === undefined) return { verdict: refusal('unknown_ticket', attempt.now) };
  const standing = whyNeverNow(rules, type, ticket, attempt.now);
  if (standing !== undefined) return { verdict: standing };
  const place = whyNotHere(rules, gate, type, ticket, attempt);
  if ('verdict' in place) return place;
  const needed = whatIsMissing(type, attempt);
  if (needed !== undefined) return { verdict: refusal(needed, attempt.now, about(rules, ticket, attempt.now)) };
  return enter(rules, gate, ticket, place.open, attempt.now);
}

/** Lets somebody in against the rules' answer. The use is counted, and the verdict says what was overruled. */
export function overrule(
  rules: EventRules,
  gate: Gate,
  ticket: TicketFacts,
  refused: Verdict,
  by: 'overridden' | 'admit_all',
): Admission {
  const type = ticketTypeOf(rules, ticket.typeId);
  const shared = gate.zones.filter((zone) => type?.zones.includes(zone));
  const { next, moved, verdict } = enter(
    rules,
    gate,
    ticket,
    shared.length > 0 ? shared : gate.zones,
    refused.scannedAtMs,
  );
  const { ticket: described, benefits } = verdict;
  const granted = { ...refusal(by, refused.scannedAtMs), overrides: refused.reason };
  return {
    verdict: { ...granted, ...(described && { ticket: described }), ...(benefits && { benefits }) },
    ...(next && { next }),
    ...(moved && { moved }),
  };
}

function whyNeverNow(rules: EventRules, type: TicketType, ticket: TicketFacts, now: EpochMs): Verdict | undefined {
  const described = () => about(rules, ticket, now);
  // Before what became of the ticket: whoever is refunded because of it asks about the event.
  if (rules.status === 'cancelled') return refusal('event_cancelled', now, described());
  if (ticket.status === 'refunded' || ticket.status === 'suspended') return refusal(ticket.status, now, described());
  const windows = windowsOf(type.validity, ticket.firstEntryAtMs);
  if (windows.some(({ from, until }) => from <= now && now < until)) return undefined;
  const next = windows.filter(({ from }) => from > now).toSorted((a, b) => a.from - b.from)[0];
  if (next !== undefined) {
    const isToday = localDay(next.from, rules.timeZone) === localDay(now, rules.timeZone);
    return { ...refusal(isToday ? 'not_yet_valid' : 'wrong_day', now, described()), window: next };
  }
  const last = windows.toSorted((a, b) => b.until - a.until)[0];
  return { ...refusal('expired', now, described()), ...(last && { window: last }) };
}

type Blocked = Extract<Reason, 'already_admitted' | 'already_inside' | 'zone_full'>;

/** The zones this gate opens for the ticket now, or why there is none. */
function whyNotHere(
  rules: EventRules,
  gate: Gate,
  type: TicketType,
  ticket: TicketFacts,
  attempt: Attempt,
): { readonly verdict: Verdict } | { readonly open: readonly string[] } {
  const { now } = attempt;
  const described = () => about(rules, ticket, now);
  if (gate.kind === 'counter') return { verdict: refusal('counter_only', now, described()) };
  const blockOf = (zone: string) => whyZoneIsShut(rules, type, ticket, zone, attempt);
  const shared = gate.zones.filter((zone) => type.zones.includes(zone));
  if (shared.length === 0) {
    const elsewhere = type.zones.filter((zone) => blockOf(zone) === undefined);
    // Sending somebody to a gate that will refuse them helps nobody.
    const block = elsewhere.length === 0 ? blockOf(type.zones[0] ?? '') : undefined;
    if (block !== undefined) return { verdict: refusal(block, now, described()) };
    return { verdict: { ...refusal('wrong_gate', now, described()), gates: gatesFor(rules, elsewhere) } };
  }
  const open = shared.filter((zone) => blockOf(zone) === undefined);
  if (open.length > 0) return { open };
  const block = shared.map(blockOf).find((reason) => reason === 'zone_full') ?? blockOf(shared[0] ?? '');
  const verdict = refusal(block ?? 'already_admitted', now, described());
  return { verdict: block === 'zone_full' ? { ...verdict, withheld: zoneNames(rules, shared) } : verdict };
}

function whyZoneIsShut(
  rules: EventRules,
  type: TicketType,
  ticket: TicketFacts,
  zoneId: string,
  { now, occupancy }: Attempt,
): Blocked | undefined {
  const use = useOf(ticket.uses, zoneId);
  if (isUsedUp(type, use, rules.timeZone, now)) return 'already_admitted';
  if (type.entry.kind === 'reentry' && use.inside >= type.admits) return 'already_inside';
  const limit = rules.zones.find(({ id }) => id === zoneId)?.occupancyLimit;
  return limit !== undefined && occupancy(zoneId) >= limit ? 'zone_full' : undefined;
}

/** What the people at the gate can still put right, then and there. */
function whatIsMissing(type: TicketType, { identity, mainIsIn }: Attempt): Reason | undefined {
  if (type.companionOf !== undefined && !mainIsIn()) return 'companion_first';
  if (type.identity === 'verified_holder' && identity !== 'document') return 'document_check';
  return type.identity === 'name_check' && identity === 'none' ? 'name_check' : undefined;
}

function enter(
  rules: EventRules,
  gate: Gate,
  ticket: TicketFacts,
  open: readonly string[],
  now: EpochMs,
): Required<Admission> {
  const into = (zone: string) => [zone, entered(useOf(ticket.uses, zone), rules.timeZone, now)] as const;
  const uses: Uses = { ...ticket.uses, ...Object.fromEntries(open.map(into)) };
  const next = {
    uses,
    entries: ticket.entries + 1,
    firstEntryAtMs: ticket.firstEntryAtMs ?? now,
    lastEntry: { atMs: now, gateId: gate.id },
  };
  const withheld = gate.zones.filter((zone) => !open.includes(zone));
  const { admission: _, ...described } = about(rules, { ...ticket, ...next }, now, open);
  const verdict = refusal(withheld.length > 0 ? 'partly_admitted' : 'admitted', now, described);
  const parts =
    withheld.length > 0 ? { zones: zoneNames(rules, open), withheld: zoneNames(rules, withheld) } : undefined;
  return { verdict: { ...verdict, ...parts }, next, moved: Object.fromEntries(open.map((zone) => [zone, 1])) };
}

/**
 * Leaving is never refused for what a ticket is: only somebody who never came in cannot be counted out. Zones are those
 * it was let into, by whatever right: an override may have opened one that its type does not.
 */
function leave(rules: EventRules, gate: Gate, ticket: TicketFacts, now: EpochMs): Admission {
  const from = gate.zones.filter((zone) => useOf(ticket.uses, zone).inside > 0);
  const described = about(rules, ticket, now);
  if (from.length === 0) return { verdict: refusal('not_inside', now, described) };
  const uses = {
    ...ticket.uses,
    ...Object.fromEntries(from.map((zone) => [zone, left(useOf(ticket.uses, zone))])),
  };
  const { entries, firstEntryAtMs, lastEntry } = ticket;
  return {
    verdict: refusal('exited', now, described),
    next: { uses, entries, firstEntryAtMs, lastEntry },
    moved: Object.fromEntries(from.map((zone) => [zone, -1])),
  };
}
