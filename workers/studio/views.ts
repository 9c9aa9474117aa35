import type { DeviceRole } from '#shared/access/device-roles.ts';
import type { Role } from '#shared/access/permissions.ts';
import type { EntryChannel } from '#shared/entry/channels.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { Currency } from '#shared/money/money.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { DeadLetterView } from '#workers/operations/dead-letters.ts';
import type { ProjectionHealth } from '#workers/operations/projection-health.ts';
import type { EpochMs } from '#shared/time.ts';
import type { AuditAction } from '#shared/trail/audit.ts';
import type { listScanners } from '#workers/operations/gate-devices.ts';
import type { AuditLine } from '#workers/operations/read-audit.ts';
import type { TeamMember } from '#workers/operations/team.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';

/** What the organiser's pages show. */

/** A message that could not be delivered. */
export type UndeliveredView = DeadLetterView;

/** How the read models stand beside the logs. */
export type ProjectionHealthView = ProjectionHealth;

export type EntryLinkView = {
  readonly code: string;
  readonly channel: EntryChannel;
  readonly label: string;
  /** Absolute, as printed. */
  readonly url: string;
  /** SVG markup. */
  readonly qrSvg: string;
  readonly visits: number;
  /** Tickets sold to people it brought. */
  readonly sold: number;
  /** The type that only such a link opens, and how many of it. */
  readonly opens: { readonly typeName: string; readonly count: number } | undefined;
};

export type LiveView = {
  readonly event: EventCard;
  readonly currency: Currency;
  /** What the page shows until its socket speaks, and without JavaScript. */
  readonly snapshot: LiveSnapshot;
  /** Names of the links in the snapshot, by code. */
  readonly linkLabels: Readonly<Record<string, string>>;
  readonly socketUrl: string;
};

export type LinksView = {
  readonly event: EventCard;
  readonly links: readonly EntryLinkView[];
  /** Types that are not for everybody: a link can open one of them. */
  readonly openable: readonly { readonly id: string; readonly name: string }[];
  /** What was typed before, after a refused attempt. */
  readonly values: {
    readonly label: string;
    readonly channel: string;
    readonly opens: string;
    readonly count: string;
  };
  readonly error: string | undefined;
};

export type TrailView = {
  readonly event: EventCard;
  readonly check: {
    readonly ok: boolean;
    readonly headSeq: number;
    readonly brokenAtSeq?: number;
    readonly next?: object;
  };
  readonly gates: readonly { readonly id: string; readonly name: string }[];
  readonly filter: { readonly kind: string; readonly gate: string; readonly id: string };
  /** Entries the filters chose among. */
  readonly looked: number;
  readonly entries: readonly LogEntry<InventoryEntry>[];
  readonly olderBefore: number | undefined;
};

/** A business's people, as somebody who may manage them sees them. */
export type TeamView = {
  readonly business: { readonly id: string; readonly name: string };
  readonly members: readonly TeamMember[];
  readonly mayGrant: readonly Role[];
  readonly invitations: readonly {
    readonly id: string;
    readonly email: string;
    readonly role: Role;
    readonly invitedBy: string;
    readonly expiresAtMs: EpochMs;
  }[];
  /** What was typed before, after a refused attempt. */
  readonly values: { readonly email: string; readonly role: string };
  readonly error: string | undefined;
  readonly did: keyof typeof messages.team.did | undefined;
};

/** What the page before this one did, as its address says: a code of ours, or nothing. */
export function didSomething(code: string | undefined): TeamView['did'] {
  return (Object.keys(messages.team.did) as (keyof typeof messages.team.did)[]).find((known) => known === code);
}

/** The phones that scan for an event. */
export type DevicesView = {
  readonly event: EventCard;
  readonly timeZone: string;
  readonly now: EpochMs;
  readonly gates: readonly { readonly id: string; readonly name: string }[];
  readonly mayOffer: readonly DeviceRole[];
  readonly scanners: Awaited<ReturnType<typeof listScanners>>;
  /** What was typed before, after a refused attempt. */
  readonly values: {
    readonly label: string;
    readonly gate: string;
    readonly role: string;
    readonly until: string;
    readonly shared?: string | undefined;
  };
  readonly error: string | undefined;
  readonly isLocked: boolean;
};

/** A code for one phone, shown once. */
export type EnrolmentView = {
  readonly event: EventCard;
  readonly label: string;
  readonly gateName: string;
  readonly url: string;
  /** SVG markup. */
  readonly qrSvg: string;
};

/** Filters of the log as they were chosen; empty for none. Days are local to the page's zone. */
export type AuditChoice = {
  readonly action: AuditAction | '';
  readonly actor: string;
  readonly subject: string;
  readonly from: string;
  readonly until: string;
};

export type AuditView = {
  readonly lines: readonly AuditLine[];
  readonly next: { readonly atMs: EpochMs; readonly id: string } | undefined;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly zone: string;
  readonly chosen: AuditChoice;
  readonly isMisread: boolean;
  readonly isFirst: boolean;
  readonly exportMax: number;
};
