import type { Verdict } from '../admission/verdict.ts';
import type { TicketStatus } from '../tickets/status.ts';
import type { EpochMs } from '../time.ts';

/**
 * What a scanner and the event's inventory say to each other over one socket, as JSON, one message a frame. Compatible one
 * version back: during a deploy old and new code run side by side, so fields are added, never renamed, and a side ignores
 * what it does not know.
 */
export const socketVersion = 1;

/** Scans of one socket that may wait for their answer. A scanner that asks faster is told so, and keeps the scan. */
export const unansweredLimit = 32;

/** Longest frame worth parsing: a live code is 303 characters. */
export const frameLimit = 2_000;

/**
 * What other gates must know to refuse a copy even if they lose their uplink a moment later. Tuples, because a busy event
 * sends each of them to every lane.
 */
export type GateNews =
  | readonly [what: 'in' | 'out' | 'back', ticketId: string, gateId: string, atMs: EpochMs]
  | readonly [what: 'is', ticketId: string, status: TicketStatus, generation: number]
  | readonly [what: 'gates', state: 'open' | 'as_ruled']
  /** Something for whoever supervises: two gates gave what was there once, a scanner's log has a hole. */
  | readonly [what: 'incident', incidentId: string, kind: string]
  /** Rules or keys are new: a gate that may be alone in a minute fetches its manifest now. */
  | readonly [what: 'manifest', state: 'outdated'];

/** What a supervisor tells every steward. */
export type Announcement = { readonly announcementId: string; readonly text: string; readonly atMs: EpochMs };

/** Longest announcement: it has to be read at a glance, between two people. */
export const announcementLimit = 200;

export type ToScanner =
  /** First: sign `nonce`. */
  | { readonly t: 'challenge'; readonly v: number; readonly nonce: string }
  /**
   * The device counts; what happens after `seq` is pushed. `news` is what it missed since it was last here, absent when
   * that is too long a story for one frame: then it fetches everything anew.
   */
  | {
      readonly t: 'ready';
      readonly seq: number;
      readonly news?: readonly GateNews[];
      readonly gateId: string;
      readonly nowMs: EpochMs;
      readonly areGatesOpen: boolean;
      /** The newest that still stands. */
      readonly announcement?: Announcement;
    }
  | { readonly t: 'say'; readonly announcement: Announcement }
  | { readonly t: 'verdict'; readonly id: string; readonly verdict: Verdict }
  | { readonly t: 'undone'; readonly id: string }
  | {
      readonly t: 'refused';
      /** Of the message it answers; absent when that could not be read. */
      readonly id?: string;
      readonly code: string;
      readonly facts?: Readonly<Record<string, string | number>>;
    }
  | { readonly t: 'news'; readonly seq: number; readonly news: readonly GateNews[] };
