import type { TicketUse } from '../admission/admit.ts';
import { allowanceOf, entered, entriesOnDay, useOf, type ZoneUse } from '../admission/uses.ts';
import type { TicketType } from '../inventory/rules.ts';
import { minuteMs, type EpochMs } from '../time.ts';

/**
 * What a ticket has used, from the set of its passages: those the event decided and those scanners decided alone, in whatever
 * order they were heard of. Both answers below depend on the set only, so any split over devices, any order of uploads and any
 * repeat end in the same state.
 */
export type Passed = {
  readonly scanId: string;
  /** By the event's clock, as well as anybody can say. */
  readonly atMs: EpochMs;
  readonly gateId: string;
  readonly deviceId: string;
  /** Zones entered (1) or left (-1). */
  readonly moved: Readonly<Record<string, number>>;
  /** Let in against the rules by somebody who knew: it is no overlap, whatever else happened. */
  readonly isOverruled: boolean;
};

/** A passage more than the ticket gives, and the one that had used up what it gives. Invariant I2. */
export type Overlap = { readonly surplus: Passed; readonly against: Passed };

/** Clocks of two scanners may disagree by this much before the order of an exit and an entry means anything. */
export const clockToleranceMs = 2 * minuteMs;

/** Earliest first; of one instant, by id, so that every merge agrees. */
export function inOrder(passages: readonly Passed[]): Passed[] {
  return passages.toSorted((a, b) => a.atMs - b.atMs || (a.scanId < b.scanId ? -1 : 1));
}

/**
 * The ticket after all its passages. `base` is what it had used before the oldest of them. Every entry counts, but a copy that
 * slipped in does not keep the ticket's holder out: somebody inside who is already an incident is not counted as inside again.
 */
export function useAfter(
  type: TicketType,
  base: TicketUse,
  passages: readonly Passed[],
  timeZone: string,
): { readonly use: TicketUse; readonly overlaps: readonly Overlap[] } {
  const sorted = inOrder(passages);
  const zones = [...new Set(sorted.flatMap(({ moved }) => Object.keys(moved)))];
  const before = base.lastEntry && unnamed(base.lastEntry);
  const results = zones.map((zone) => {
    const from = { use: useOf(base.uses, zone), latest: before };
    return [zone, inZone(zone, type, from, sorted, timeZone)] as const;
  });
  const entries = sorted.filter(isEntry);
  const [first, last] = [entries[0], entries.at(-1)];
  const isLater = last !== undefined && last.atMs >= (base.lastEntry?.atMs ?? 0);
  return {
    use: {
      uses: { ...base.uses, ...Object.fromEntries(results.map(([zone, { use }]) => [zone, use])) },
      entries: base.entries + entries.length,
      firstEntryAtMs: earliest(base.firstEntryAtMs, first?.atMs),
      lastEntry: isLater ? { atMs: last.atMs, gateId: last.gateId } : base.lastEntry,
    },
    overlaps: oneEach(results.flatMap(([, { overlaps }]) => overlaps)),
  };
}

/** An entry from before passages were kept one by one: when and where is known of it. */
function unnamed({ atMs, gateId }: { readonly atMs: EpochMs; readonly gateId: string }): Passed {
  return { scanId: '', atMs, gateId, deviceId: '', moved: {}, isOverruled: false };
}

function inZone(
  zone: string,
  type: TicketType,
  base: { readonly use: ZoneUse; readonly latest: Passed | undefined },
  sorted: readonly Passed[],
  timeZone: string,
) {
  const here = sorted.filter(({ moved }) => (moved[zone] ?? 0) !== 0);
  const overlaps: Overlap[] = [];
  const exits = new ExitsToCome(here, zone);
  let { use, latest } = base;
  for (const passage of here) {
    if ((passage.moved[zone] ?? 0) < 0) {
      if (!exits.wasTaken(passage)) use = withInside(use, Math.max(0, use.inside - 1));
      continue;
    }
    // An exit told a moment late by a clock that is slow: it came before.
    if (isFull(type, use) && exits.takeWithin(passage.atMs)) use = withInside(use, use.inside - 1);
    const isOver = isSpent(type, use, timeZone, passage.atMs) || isFull(type, use);
    const isSurplus = isOver && !passage.isOverruled && latest !== undefined;
    const { inside } = use;
    use = withInside(entered(use, timeZone, passage.atMs), isSurplus ? inside : inside + 1);
    if (isSurplus) overlaps.push({ surplus: passage, against: latest ?? passage });
    else latest = passage;
  }
  return { use, overlaps };
}

function withInside(use: ZoneUse, inside: number): ZoneUse {
  return { ...use, inside };
}

/** Exits that an entry may have come after, though its scanner's clock says before. Each serves one entry. */
class ExitsToCome {
  readonly #times: Passed[];
  readonly #taken = new Set<string>();

  constructor(here: readonly Passed[], zone: string) {
    this.#times = here.filter(({ moved }) => (moved[zone] ?? 0) < 0);
  }

  wasTaken({ scanId }: Passed): boolean {
    return this.#taken.has(scanId);
  }

  takeWithin(atMs: EpochMs): boolean {
    const exit = this.#times.find(
      (one) => !this.#taken.has(one.scanId) && one.atMs > atMs && one.atMs <= atMs + clockToleranceMs,
    );
    if (exit === undefined) return false;
    this.#taken.add(exit.scanId);
    return true;
  }
}

function isSpent(type: TicketType, use: ZoneUse, timeZone: string, atMs: EpochMs): boolean {
  if (type.entry.kind !== 'daily') return use.entries >= allowanceOf(type);
  return entriesOnDay(use, timeZone, atMs) >= allowanceOf(type);
}

function isFull(type: TicketType, use: ZoneUse): boolean {
  return type.entry.kind === 'reentry' && use.inside >= type.admits;
}

function isEntry({ moved }: Passed): boolean {
  return Object.values(moved).some((by) => by > 0);
}

function earliest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

/** A passage through a gate that leads to several zones is one passage. */
function oneEach(overlaps: readonly Overlap[]): Overlap[] {
  const bySurplus = new Map<string, Overlap>();
  for (const overlap of overlaps) {
    const known = bySurplus.get(overlap.surplus.scanId);
    if (known === undefined || overlap.against.atMs < known.against.atMs) {
      bySurplus.set(overlap.surplus.scanId, overlap);
    }
  }
  return [...bySurplus.values()];
}
