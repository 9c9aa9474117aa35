import type { EntryChannel } from '#shared/entry/channels.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { Currency } from '#shared/money/money.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { DeadLetterView } from '#workers/operations/dead-letters.ts';
import type { ProjectionHealth } from '#workers/operations/projection-health.ts';
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
