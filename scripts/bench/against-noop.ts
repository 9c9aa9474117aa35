import { type Figure, measured, median } from './figure.ts';
import { type LoadOrder, type LoadResult, runLoad } from './load-order.ts';

export const inFlight = 128;
export const rounds = 3;
/** Turns at an offered load: see `besideNaive`. */
export const offeredRounds = 6;
const warmUpSeconds = 1;

export type Subject = Pick<LoadOrder, 'url' | 'headers' | 'isRepeated' | 'expects'> & {
  /** Other than usual. */
  readonly inFlight?: number;
  /** For the warm-up and then for each round. */
  readonly bodiesFor: (round: number) => readonly string[];
};

/** How long each turn lasts, when a run of `seconds` is shared out to `sides`. */
export function turnSeconds(seconds: number, sides = 2): number {
  return Math.max(1, seconds / (sides * rounds));
}

/** What an object does when asked to do nothing, and what it does in the way one would write first. */
export function baselines(origin: string): { noop: Subject; naive: Subject } {
  const bare = { headers: {}, isRepeated: true, expects: '0' };
  return {
    noop: { ...bare, url: `${origin}/bench/noop`, bodiesFor: () => ['{}'] },
    naive: { ...bare, url: `${origin}/bench/naive`, bodiesFor: () => ['#'] },
  };
}

export function takeTurn(
  { bodiesFor, ...order }: Subject,
  round: number,
  rest: Partial<LoadOrder> & { seconds: number },
) {
  return runLoad({ inFlight, ...order, bodies: bodiesFor(round), ...rest });
}

/** Each side's results, a round after the other, so that whatever else the machine does falls on all of them alike. */
export async function inTurns<Side extends string>(
  subjects: Readonly<Record<Side, Subject>>,
  seconds: number,
): Promise<Record<Side, LoadResult[]>> {
  const sides = Object.entries<Subject>(subjects);
  for (const [, subject] of sides) await takeTurn(subject, 0, { seconds: warmUpSeconds });
  const results = Object.fromEntries(sides.map(([side]) => [side, [] as LoadResult[]]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [side, subject] of sides) {
      results[side]?.push(await takeTurn(subject, round, { seconds: turnSeconds(seconds, sides.length) }));
    }
  }
  return results as Record<Side, LoadResult[]>;
}

export function medianRate(results: readonly LoadResult[]): number {
  return median(results.map(({ perSecond }) => perSecond));
}

export function medianP99(results: readonly LoadResult[]): number {
  return median(results.map(({ p99Ms }) => p99Ms));
}

/** Measures over HTTP, in turns with a call of an object that does nothing, and reports the medians. */
export async function againstNoop(
  name: string,
  origin: string,
  subject: Subject,
  seconds: number,
  print: (figure: Figure) => void,
): Promise<void> {
  const { noop } = baselines(origin);
  const { ours, bare } = await inTurns({ bare: noop, ours: subject }, seconds);
  print(measured(name, 'http_rate', 'per s', medianRate(ours), medianRate(bare)));
  print(measured(name, 'http_p99', 'ms', medianP99(ours), medianP99(bare)));
}

/** Share of the naive object's own rate that both are then offered: busy, but not beyond what it can do. */
const offeredShare = 0.8;

/**
 * How long the slowest hundredth waits when both sides are offered the same load, in turns. Of all turns' answers together:
 * either side stops for a tenth of a second every few, and whether a turn has such a stop in it would decide its own figure.
 */
export async function besideNaive(
  name: string,
  { origin, subject, seconds }: { origin: string; subject: Subject; seconds: number },
  print: (figure: Figure) => void,
  say: (note: string) => void,
): Promise<void> {
  const { naive } = baselines(origin);
  const turn = { seconds: turnSeconds(seconds) };
  const alone = (await inTurns({ naive }, seconds)).naive;
  const perSecond = Math.floor(medianRate(alone) * offeredShare);
  const [ours, theirs]: [LoadResult[], LoadResult[]] = [[], []];
  for (let round = 1; round <= offeredRounds; round += 1) {
    theirs.push(await takeTurn(naive, round, { ...turn, perSecond }));
    ours.push(await takeTurn(subject, rounds + round, { ...turn, perSecond }));
  }
  say(`offered to both, the naive object and ours: ${perSecond} a second, in ${offeredRounds} turns each`);
  print(measured(name, 'offered_p99', 'ms', p99OfAll(ours), p99OfAll(theirs)));
}

function p99OfAll(results: readonly LoadResult[]): number {
  const all = results.flatMap(({ latenciesMs }) => latenciesMs).toSorted((a, b) => a - b);
  return all[Math.floor(all.length * 0.99)] ?? Number.NaN;
}
