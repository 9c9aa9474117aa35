import type { GateAbilities } from '#shared/admission/next-steps.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import type { GateNews } from '#shared/gate/socket-messages.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Presented } from '#workers/ui/messages/gate-steps.ts';

export type GateChoice = {
  slug: string;
  title: string;
  city: string;
  timeZone: string;
  startsAtMs: EpochMs;
  endsAtMs: EpochMs;
  gates: { id: string; name: string; isCounter: boolean; zones: string[] }[];
};

/** What the last form brought, when the page was reached by one without JavaScript. */
export type GateAnswer =
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly presented: Presented }
  | { readonly kind: 'taken_back' }
  | { readonly kind: 'problem'; readonly title: string; readonly detail: string };

export type GateView = {
  event: GateChoice;
  gateId: string;
  gateName: string;
  /** It hands out what tickets include, and lets nobody in. */
  isCounter: boolean;
  direction: 'in' | 'out';
  stewardName: string;
  can: GateAbilities & { readonly mayOpenAll: boolean };
  /** Since when every gate admits everybody; undefined when they do not. */
  openSinceMs: EpochMs | undefined;
  /** Set when the page is drawn for an enrolled phone, which stays at its gate. */
  scanner: ScannerView | undefined;
  answer: GateAnswer | undefined;
  /** Made anew for each drawn form: a resent form is the same scan. */
  freshId: () => string;
};

/** What an enrolled phone needs to scan, with network and without. */
export type ScannerView = {
  deviceId: string;
  eventId: string;
  staffId: string;
  label: string;
  isShared: boolean;
  socketPath: string;
  /** base64url: what the event's manifests are verified with. */
  manifestKey: string;
};

/** A signed manifest as it travels. `nowMs` is the server's clock: a scanner measures its own against it. */
export type ManifestReply = {
  readonly text: string;
  /** base64url. */
  readonly signature: string;
  readonly nowMs: EpochMs;
  /** By the number their codes say. */
  readonly otherEvents: readonly (readonly [number: number, title: string])[];
};

/** What gates did after a number of the log. `isAll` when nothing came after `seq`; otherwise one asks on from there. */
export type NewsReply = { readonly seq: number; readonly news: readonly GateNews[]; readonly isAll: boolean };

/** The page's own answer to "is every gate open?", asked again while it stands open all day. */
export type GateNow = { readonly openSinceMs: EpochMs | null };

export type FoundOrder = {
  readonly orderId: string;
  readonly reference: string;
  readonly tickets: number;
};

/** An order that somebody at a gate opened to let its people in by hand. */
export type OpenedOrder = {
  readonly reference: string;
  /** Undefined once erased. */
  readonly holderName: string | undefined;
  readonly tickets: readonly (FoundTicket & {
    /** Somebody else has it: nobody is let in on it for naming the order. */
    readonly isGiven: boolean;
  })[];
};

/** As `operations/find-holder.ts` has it: islands read this file's types, so it imports nothing of the Worker's. */
export type FoundTicket = {
  readonly ticketId: string;
  /** As it can be typed. */
  readonly handle: string;
  readonly typeName: string;
  readonly status: string;
  readonly entries: number;
};

export type FindView = {
  event: GateChoice;
  gateId: string;
  typed: string;
  /** The ticket number that was typed, when it reads as one. */
  handle: string | undefined;
  /** Undefined before a search. */
  orders: readonly FoundOrder[] | undefined;
  /** Given to whoever has the address that was typed. */
  given: readonly FoundTicket[];
  opened: OpenedOrder | undefined;
  freshId: () => string;
};

export type EmergencyPageView = {
  event: GateChoice;
  takenAtMs: EpochMs;
  zones: readonly { zoneId: string; name: string; inside: number; limit?: number }[];
  causes: readonly string[];
  open: { readonly sinceMs: EpochMs; readonly cause: string } | undefined;
  error: string | undefined;
};

/** What a code would make of the phone that reads it. */
export type EnrolmentOffer = {
  label: string;
  gate: string;
  event: string;
  business: string;
  isShared: boolean;
  /** In the event's zone, in words. */
  until: string;
  /** Known when somebody who may scan here is signed in on the phone; otherwise the phone asks for a name. */
  stewardName: string | undefined;
  /** To be signed by the phone's new key. */
  nonce: string;
};

/** A scanner between two stewards. */
export type ShiftView = {
  slug: string;
  eventTitle: string;
  label: string;
  gateName: string;
  error: string | undefined;
};
