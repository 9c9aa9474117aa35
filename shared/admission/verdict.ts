import type { EpochMs } from '../time.ts';

/** What a gate may answer, as far as a steward acts on it. */
export const outcomes = ['grant', 'partial', 'redirect', 'refuse', 'fraud'] as const;
export type Outcome = (typeof outcomes)[number];

/** Why, as a stable code: the words for people live with the gate's pages, in the steward's language. */
export const reasons = {
  admitted: 'grant',
  exited: 'grant',
  benefit_redeemed: 'grant',
  /** Let in by somebody who may, against what the rules said; `overrides` says what that was. */
  overridden: 'grant',
  /** Let in because every gate admits everybody now. */
  admit_all: 'grant',
  partly_admitted: 'partial',
  wrong_gate: 'redirect',
  wrong_day: 'redirect',
  /** A good ticket that belongs to another gate while gates cannot hear one another. */
  home_gate: 'redirect',
  benefit_elsewhere: 'redirect',
  not_yet_valid: 'refuse',
  expired: 'refuse',
  already_admitted: 'refuse',
  already_inside: 'refuse',
  not_inside: 'refuse',
  zone_full: 'refuse',
  companion_first: 'refuse',
  /** Everything else is in order: scan again once the name, or a document, has been compared. */
  name_check: 'refuse',
  document_check: 'refuse',
  refunded: 'refuse',
  suspended: 'refuse',
  event_cancelled: 'refuse',
  benefit_unknown: 'refuse',
  benefit_used_up: 'refuse',
  counter_only: 'refuse',
  wrong_event: 'refuse',
  unknown_ticket: 'refuse',
  unreadable_code: 'refuse',
  replaced_code: 'refuse',
  /** A live code whose ten seconds are over, or still to come: a screenshot, or a clock that is wrong. */
  stale_code: 'refuse',
  /** Signed with a key that the organiser has withdrawn since. */
  retired_key: 'refuse',
  /** A printed code where this ticket now asks for the live one. */
  downgraded_code: 'refuse',
  /** Its number was typed, but tickets of this type are good only with their code. */
  code_required: 'refuse',
  too_many_tries: 'refuse',
  forged_code: 'fraud',
  /** The issuer's part is genuine; the rest was not made by the device that bears the ticket. */
  wrong_holder: 'fraud',
} as const satisfies Record<string, Outcome>;

export type Reason = keyof typeof reasons;

/** Why somebody was let in by hand: from a list, so that no log ever holds what a steward typed about a person. */
export const overrideCauses = [
  'phone_dead',
  'damaged_code',
  'name_confirmed',
  'organiser_guest',
  'queue_safety',
  'system_fault',
] as const;
export type OverrideCause = (typeof overrideCauses)[number];

/** How long after a scan its gate may take it back. */
export const undoWithinMs = 2 * 60_000;

/** One answer to one scan. `admission` is the earlier grant a duplicate collides with. */
export type Verdict = {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly scannedAtMs: EpochMs;
  readonly ticket?: {
    readonly ticketId: string;
    readonly typeName: string;
    readonly accessLevel: string;
    /** People admitted on this ticket so far, of how many it admits; null when it admits them any number of times. */
    readonly admitted: number;
    readonly admits: number | null;
  };
  readonly admission?: { readonly atMs: EpochMs; readonly gateName: string };
  /** When a ticket that is not valid now was, or will be. */
  readonly window?: { readonly from: EpochMs; readonly until: EpochMs };
  /** Gates that would serve this ticket, by name. */
  readonly gates?: readonly string[];
  /** Zones it opens here, and those of this gate it does not, by name. Said when the answer is partial or a zone is full. */
  readonly zones?: readonly string[];
  readonly withheld?: readonly string[];
  /** What the rules said, when somebody decided against them. */
  readonly overrides?: Reason;
  readonly benefit?: { readonly name: string; readonly left: number };
  /** What the ticket includes and has not been handed out. */
  readonly benefits?: readonly { readonly id: string; readonly name: string; readonly left: number }[];
  /** The name to compare. Never logged. */
  readonly holderName?: string;
};
