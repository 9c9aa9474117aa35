import { ticketTypeOf, type EventRules, type TicketType, type Validity } from '../inventory/rules.ts';
import type { StoredStatus, TicketStatus } from '../tickets/status.ts';
import { localDay, minuteMs, type EpochMs } from '../time.ts';

/** What one ticket used in one zone. Zones are entered one by one, and each gives the type's whole allowance. */
export type ZoneUse = {
  readonly entries: number;
  /** Entries on the local day of the latest one. */
  readonly dayEntries: number;
  /** People of this ticket inside now, as far as exits are scanned. */
  readonly inside: number;
  readonly lastAtMs: EpochMs;
};
export type Uses = Readonly<Record<string, ZoneUse>>;

/** What the inventory knows of a ticket when it is scanned. */
export type TicketFacts = {
  readonly ticketId: string;
  readonly typeId: string;
  readonly status: StoredStatus;
  readonly generation: number;
  readonly uses: Uses;
  /** Entries granted so far, into whichever zone. */
  readonly entries: number;
  readonly firstEntryAtMs: EpochMs | undefined;
  readonly lastEntry: { readonly atMs: EpochMs; readonly gateId: string } | undefined;
  /** Benefits handed out so far, by benefit. */
  readonly redeemed: Readonly<Record<string, number>>;
  /** A device bears it, and can show its live code. */
  readonly isActivated?: boolean | undefined;
};

const unused: ZoneUse = { entries: 0, dayEntries: 0, inside: 0, lastAtMs: 0 };

export function useOf(uses: Uses, zoneId: string): ZoneUse {
  return uses[zoneId] ?? unused;
}

/** Entries so far on the local day of `now`. */
export function entriesOnDay(use: ZoneUse, timeZone: string, now: EpochMs): number {
  if (use.entries === 0) return 0;
  return localDay(use.lastAtMs, timeZone) === localDay(now, timeZone) ? use.dayEntries : 0;
}

/** How many people-entries a zone gives: in all, or each day for daily tickets; without end for re-entry. */
export function allowanceOf(type: TicketType): number {
  if (type.entry.kind === 'reentry') return Number.POSITIVE_INFINITY;
  return type.entry.kind === 'count' ? type.entry.entries * type.admits : type.admits;
}

export function isUsedUp(type: TicketType, use: ZoneUse, timeZone: string, now: EpochMs): boolean {
  const counted = type.entry.kind === 'daily' ? entriesOnDay(use, timeZone, now) : use.entries;
  return counted >= allowanceOf(type);
}

export function entered(use: ZoneUse, timeZone: string, now: EpochMs): ZoneUse {
  return {
    entries: use.entries + 1,
    dayEntries: entriesOnDay(use, timeZone, now) + 1,
    inside: use.inside + 1,
    lastAtMs: now,
  };
}

export function left(use: ZoneUse): ZoneUse {
  return { ...use, inside: use.inside - 1 };
}

/** When the ticket can be used: its windows, or the one the first entry opened. */
export function windowsOf(
  validity: Validity,
  firstEntryAtMs: EpochMs | undefined,
): { from: EpochMs; until: EpochMs }[] {
  if (validity.kind === 'windows') return validity.windows;
  if (firstEntryAtMs === undefined) return [validity.window];
  const until = Math.min(firstEntryAtMs + validity.minutes * minuteMs, validity.window.until);
  return [{ from: firstEntryAtMs, until }];
}

/** What the customer sees now: stored where it must be, derived from rules, uses and time where it can be. */
export function statusOf(rules: EventRules, ticket: TicketFacts, now: EpochMs): TicketStatus {
  if (ticket.status === 'refunded' || ticket.status === 'suspended') return ticket.status;
  const type = ticketTypeOf(rules, ticket.typeId);
  if (type === undefined) return 'active';
  const isSpent = (type.entry.kind === 'single' || type.entry.kind === 'count') && hasUsedEverything(type, ticket);
  if (isSpent) return 'redeemed';
  if (windowsOf(type.validity, ticket.firstEntryAtMs).every(({ until }) => until <= now)) return 'expired';
  const isTooEarly = type.codeFrom !== undefined && now < type.codeFrom;
  const hasNoCode = type.code === 'live_only' && ticket.isActivated !== true;
  return isTooEarly || hasNoCode ? 'paid' : 'active';
}

function hasUsedEverything(type: TicketType, ticket: TicketFacts): boolean {
  return type.zones.every((zone) => useOf(ticket.uses, zone).entries >= allowanceOf(type));
}
