import type { EpochMs } from '../time.ts';

/** What a gate may answer, as far as a steward acts on it. */
export const outcomes = ['grant', 'partial', 'redirect', 'refuse', 'fraud'] as const;
export type Outcome = (typeof outcomes)[number];

/** Why, as a stable code: the words for people live with the gate's pages, in the steward's language. */
export const reasons = {
  admitted: 'grant',
  wrong_gate: 'redirect',
  not_yet_valid: 'refuse',
  expired: 'refuse',
  already_admitted: 'refuse',
  refunded: 'refuse',
  suspended: 'refuse',
  event_cancelled: 'refuse',
  wrong_event: 'refuse',
  unknown_ticket: 'refuse',
  unreadable_code: 'refuse',
  replaced_code: 'refuse',
  forged_code: 'fraud',
} as const satisfies Record<string, Outcome>;

export type Reason = keyof typeof reasons;

/** One answer to one scan. `admission` is the earlier grant a duplicate collides with. */
export type Verdict = {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly scannedAtMs: EpochMs;
  readonly ticket?: {
    readonly ticketId: string;
    readonly typeName: string;
    readonly accessLevel: string;
    /** People admitted on this ticket so far, of how many it admits. */
    readonly admitted: number;
    readonly admits: number;
  };
  readonly admission?: { readonly atMs: EpochMs; readonly gateName: string };
  /** When a ticket that is not valid now was, or will be. */
  readonly window?: { readonly from: EpochMs; readonly until: EpochMs };
  /** Gates that would admit this ticket, by name. */
  readonly gates?: readonly string[];
};
