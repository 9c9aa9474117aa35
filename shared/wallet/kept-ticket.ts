import type { TicketType } from '../inventory/rules.ts';
import type { TicketStatus } from '../tickets/status.ts';
import type { EpochMs } from '../time.ts';

/** What the server says about a ticket's live code: who bears it, and what a device's pass must say to be the newest. */
export type LiveStanding = {
  readonly generation: number;
  /** The issuer's key its codes are signed with; absent until a device bears it. */
  readonly keyId?: number | undefined;
  /** Of the device that bears it: P-256, compressed, base64url. */
  readonly holderKey?: string | undefined;
  /** That device is this browser, or was before it forgot its key. */
  readonly isOurs: boolean;
};

/** The answer to a device that asks how its ticket stands. */
export type LiveAnswer = {
  /** The server's clock. */
  readonly nowMs: EpochMs;
  readonly status: TicketStatus;
  readonly isEntered: boolean;
  /** Absent while the ticket may show no live code. */
  readonly live?: LiveStanding | undefined;
};

/** The answer to an activation: what the device needs to write codes by itself (`readPass`), base64url. */
export type ActivationPass = { readonly nowMs: EpochMs; readonly pass: string };

/** What a phone keeps of a ticket to show it without network. */
export type KeptTicket = {
  readonly ticketId: string;
  /** Tickets of one order are shown one after another. One that was given is of no order its holder knows, and has its own id here. */
  readonly orderId: string;
  /** Its own page's path, and where its device speaks to the server. */
  readonly path: string;
  readonly activationPath: string;
  readonly typeName: string;
  readonly accessLevel: string;
  /** Class name of the paper it is printed on. */
  readonly paper: string;
  readonly status: TicketStatus;
  readonly event: {
    readonly title: string;
    readonly venueName: string;
    readonly city: string;
    readonly timeZone: string;
    readonly startsAtMs: EpochMs;
    readonly endsAtMs: EpochMs;
  };
  readonly windows: readonly { readonly from: EpochMs; readonly until: EpochMs }[];
  readonly gates: readonly string[];
  readonly zones: readonly string[];
  readonly form: TicketType['code'];
  /** Somebody has entered on it: then paper no longer does for a type that is live for re-entry. */
  readonly isEntered: boolean;
  /** The printed code, as its QR says it. */
  readonly code?: string | undefined;
  /** Typed, grouped for reading. */
  readonly handle?: string | undefined;
  readonly live?: LiveStanding | undefined;
};

/** Everything this browser may show, as of `nowMs`. */
export type WalletCopy = {
  readonly nowMs: EpochMs;
  /** Nothing is missing: what is not listed is not this browser's any more. */
  readonly isComplete: boolean;
  readonly tickets: readonly KeptTicket[];
};

/** When a ticket is first good: the day on its stub. */
export function firstGoodAt({ windows, event }: Pick<KeptTicket, 'windows' | 'event'>): EpochMs {
  return windows[0]?.from ?? event.startsAtMs;
}

/** As a list shows them: the next one first, a family's tickets together. */
export function soonestFirst(tickets: readonly KeptTicket[]): KeptTicket[] {
  return tickets.toSorted(
    (one, other) => firstGoodAt(one) - firstGoodAt(other) || one.orderId.localeCompare(other.orderId),
  );
}
