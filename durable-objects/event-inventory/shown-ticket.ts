import { benefitsLeft, gatesFor, lastEntryOf } from '#shared/admission/describe.ts';
import { statusOf, windowsOf } from '#shared/admission/uses.ts';
import { ticketBytesOf } from '#shared/ids.ts';
import { ticketTypeOf, type EventRules, type Postponement, type TicketType } from '#shared/inventory/rules.ts';
import type { Failure } from '#shared/result.ts';
import type { CodeForm, TicketGrants, TicketHeader } from '#shared/tickets/code.ts';
import { mayBeGiven, type TicketTransfer } from '#shared/tickets/transfer.ts';
import type { TicketStatus } from '#shared/tickets/status.ts';
import type { EpochMs } from '#shared/time.ts';
import { isDigestKept } from './issued-codes.ts';
import { factsOf, grantsOf, isUsed, type TicketRow } from './tickets.ts';

/** What a code is made from. */
export type CodeToIssue = {
  readonly form: CodeForm;
  readonly header: TicketHeader;
  readonly grants: TicketGrants;
  /** The inventory remembers this very code; otherwise whoever issues it says so, once (`keepDigests`). */
  readonly isDigestKept: boolean;
};

/** What became of an event since its tickets were bought: an order remembers it as it was then. */
export type EventStanding = {
  readonly status: EventRules['status'];
  readonly startsAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
  readonly postponement: Postponement | undefined;
};

/** A ticket as its holder sees it, with what its codes are made from. */
export type ShownTicket = {
  readonly ticketId: string;
  readonly eventId: string;
  readonly orderId: string;
  /** Pseudonym of whoever holds it: its buyer's, until it was given to somebody. */
  readonly customerId: string;
  readonly type: TicketType;
  readonly status: TicketStatus;
  readonly generation: number;
  readonly zones: readonly string[];
  readonly gates: readonly string[];
  readonly windows: readonly { from: EpochMs; until: EpochMs }[];
  readonly admitted: number;
  /** Somebody was let in with it or was handed something for it, or it is blocked. */
  readonly isUsed: boolean;
  readonly event: EventStanding;
  readonly lastEntry: { readonly atMs: EpochMs; readonly gateName: string } | undefined;
  /** What counters can still hand out on it. */
  readonly benefitsLeft: readonly { id: string; name: string; left: number }[];
  readonly handle: string;
  /** The printed code; undefined when the status forbids showing one, and for tickets that are only ever shown live. */
  readonly code: CodeToIssue | undefined;
  /** The live code and the key of the device that bears it; undefined until a device does, and when the status forbids it. */
  readonly live: (CodeToIssue & { readonly holderKey: string }) | undefined;
  /** It has a live code, its time has come, and no device bears it yet. */
  readonly needsActivation: boolean;
  /** Why its holder may not offer it to somebody as it is now; undefined when they may. */
  readonly whyNotGiven: Failure | undefined;
  /** The offer of it that waits for an answer. */
  readonly transfer: TicketTransfer | undefined;
};

export function showTicket(
  rules: EventRules,
  row: TicketRow,
  {
    now,
    keyId,
    transfer,
  }: { readonly now: EpochMs; readonly keyId: number; readonly transfer: TicketTransfer | undefined },
): ShownTicket | undefined {
  const type = ticketTypeOf(rules, row.typeId);
  if (type === undefined) return undefined;
  const facts = factsOf(rules, row);
  const status = statusOf(rules, facts, now);
  const isShown = status === 'active' || status === 'redeemed';
  const given = mayBeGiven(rules, facts, now);
  const live = isShown && row.holderKey !== null ? codeToIssue(rules, row, 'live', keyId) : undefined;
  return {
    ticketId: row.ticketId,
    eventId: rules.eventId,
    orderId: row.orderId,
    customerId: row.customerId,
    type,
    status,
    generation: row.generation,
    zones: rules.zones.filter((zone) => type.zones.includes(zone.id)).map((zone) => zone.name),
    gates: gatesFor(rules, type.zones),
    windows: windowsOf(type.validity, facts.firstEntryAtMs),
    admitted: row.entries,
    isUsed: isUsed(row),
    event: standingOf(rules),
    lastEntry: lastEntryOf(rules, facts),
    benefitsLeft: benefitsLeft(type, facts),
    handle: row.handle,
    code: isShown && type.code !== 'live_only' ? codeToIssue(rules, row, 'printed', keyId) : undefined,
    live: live && row.holderKey !== null ? { ...live, holderKey: row.holderKey } : undefined,
    needsActivation: type.code !== 'printed' && row.holderKey === null && mayActivate(type, status, now),
    whyNotGiven: given.ok ? undefined : given.failure,
    transfer,
  };
}

function standingOf({ status, startsAt, endsAt, postponement }: EventRules): EventStanding {
  return { status, startsAtMs: startsAt, endsAtMs: endsAt, postponement };
}

export function codeToIssue(rules: EventRules, row: TicketRow, form: CodeForm, keyId: number): CodeToIssue | undefined {
  const ticket = ticketBytesOf(row.ticketId);
  if (ticket === undefined) return undefined;
  const header = { keyId, eventNumber: rules.eventNumber, ticket, generation: row.generation };
  return { form, header, grants: grantsOf(row), isDigestKept: isDigestKept(row, form, keyId) };
}

function mayActivate({ codeFrom }: TicketType, status: TicketStatus, now: EpochMs): boolean {
  if (codeFrom !== undefined && now < codeFrom) return false;
  return status === 'paid' || status === 'active' || status === 'redeemed';
}
