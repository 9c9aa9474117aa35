import { minuteMs } from '../time.ts';
import { arrivalsChart, type ArrivalsChart } from './arrivals-chart.ts';
import { arrivalMinutes, type LiveSnapshot } from './snapshot.ts';

/**
 * A snapshot as the live page shows it. The server draws the page from this, and the browser every later snapshot, so
 * that both show the same numbers for the same facts.
 */
export type Board = {
  readonly takenAtMs: number;
  /** People who look at the event's page; undefined when nobody can tell. */
  readonly looking: number | undefined;
  readonly totals: Counts;
  readonly types: readonly (Counts & { readonly id: string; readonly name: string })[];
  readonly gates: LiveSnapshot['gates'];
  readonly zones: LiveSnapshot['zones'];
  readonly links: LiveSnapshot['links'];
  /** People let in during the last sixty seconds, estimated: see `perMinute`. */
  readonly arrivingPerMinute: number;
  /** Each of the last minutes, oldest first, with those in which nobody came. The last one is not over yet. */
  readonly arrivals: LiveSnapshot['arrivals'];
  readonly chart: ArrivalsChart;
};

export type Counts = {
  readonly capacity: number;
  readonly sold: number;
  readonly held: number;
  /** Neither sold nor held. */
  readonly left: number;
  /** People, where the others are tickets: a group ticket lets in several. */
  readonly admitted: number;
};

export function boardOf({ atMs, types, gates, zones, arrivals, links, looking }: LiveSnapshot): Board {
  const sum = (of: (type: LiveSnapshot['types'][number]) => number) =>
    types.reduce((total, type) => total + of(type), 0);
  const minutes = everyMinute(arrivals, Math.floor(atMs / minuteMs));
  const totals = {
    capacity: sum((type) => type.capacity),
    sold: sum((type) => type.sold),
    held: sum((type) => type.held),
  };
  return {
    takenAtMs: atMs,
    looking,
    totals: { ...totals, left: leftOf(totals), admitted: sum((type) => type.admitted) },
    types: types.map(({ typeId, name, capacity, sold, held, admitted }) => {
      return { id: typeId, name, capacity, sold, held, left: leftOf({ capacity, sold, held }), admitted };
    }),
    gates,
    // A board that is one build behind still sends snapshots without zones.
    zones: zones ?? [],
    links,
    arrivingPerMinute: perMinute(minutes, atMs),
    arrivals: minutes,
    chart: arrivalsChart(minutes),
  };
}

/** A capacity lowered below what is sold leaves nothing, not less than nothing. */
function leftOf({ capacity, sold, held }: Pick<Counts, 'capacity' | 'sold' | 'held'>): number {
  return Math.max(0, capacity - sold - held);
}

function everyMinute(arrivals: LiveSnapshot['arrivals'], last: number): LiveSnapshot['arrivals'] {
  const counted = new Map(arrivals.map(({ minute, admitted }) => [minute, admitted]));
  return Array.from({ length: arrivalMinutes }, (_, index) => {
    const minute = last - arrivalMinutes + 1 + index;
    return { minute, admitted: counted.get(minute) ?? 0 };
  });
}

/**
 * The minute that runs, and of the one before it the share that lies within the last sixty seconds. It answers to the
 * first arrival at once and does not fall to zero each time a minute begins.
 */
function perMinute(minutes: LiveSnapshot['arrivals'], atMs: number): number {
  const [before, running] = [minutes.at(-2)?.admitted ?? 0, minutes.at(-1)?.admitted ?? 0];
  return Math.round(running + before * (1 - (atMs % minuteMs) / minuteMs));
}

/** How much of the capacity, from 0 to 1; more where group tickets let in more people than there are tickets. */
export function shareOf(part: number, capacity: number): number {
  return capacity === 0 ? 0 : part / capacity;
}

/** Widths of a capacity's bar in thousandths. Each part starts at zero and covers the one after it. */
export type BarWidths = { readonly admitted: number; readonly sold: number; readonly claimed: number };

export function barWidths({ capacity, sold, held, admitted }: Counts): BarWidths {
  return {
    admitted: width(admitted, capacity),
    sold: width(sold, capacity),
    claimed: width(sold + held, capacity),
  };
}

const wholeWidth = 1_000;
/** The first of five thousand tickets is news too: something is never drawn as nothing. */
const leastWidth = 6;

function width(part: number, capacity: number): number {
  if (part === 0) return 0;
  return Math.min(wholeWidth, Math.max(leastWidth, Math.round(shareOf(part, capacity) * wholeWidth)));
}
