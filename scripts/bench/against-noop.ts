import { type Figure, measured, median } from './figure.ts';
import { type LoadOrder, type LoadResult, runLoad } from './load-order.ts';

export const inFlight = 128;
export const rounds = 3;
const warmUpSeconds = 1;

export type Subject = Pick<LoadOrder, 'url' | 'headers' | 'isRepeated' | 'expects'> & {
  /** For the warm-up and then for each round. */
  readonly bodiesFor: (round: number) => readonly string[];
};

/** How long each turn lasts, when a run of `seconds` is shared out to both sides. */
export function turnSeconds(seconds: number): number {
  return Math.max(1, seconds / (2 * rounds));
}

/** Measures over HTTP, in turns with a call of an object that does nothing, and reports the medians. */
export async function againstNoop(
  name: string,
  origin: string,
  subject: Subject,
  seconds: number,
  print: (figure: Figure) => void,
): Promise<void> {
  const noop: Subject = {
    url: `${origin}/bench/noop`,
    headers: {},
    isRepeated: true,
    expects: '0',
    bodiesFor: () => ['{}'],
  };
  const turn = ({ bodiesFor, ...order }: Subject, round: number, length: number): Promise<LoadResult> =>
    runLoad({ ...order, bodies: bodiesFor(round), seconds: length, inFlight });
  await turn(noop, 0, warmUpSeconds);
  await turn(subject, 0, warmUpSeconds);
  const [ours, bare]: [LoadResult[], LoadResult[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    bare.push(await turn(noop, round, turnSeconds(seconds)));
    ours.push(await turn(subject, round, turnSeconds(seconds)));
  }
  const rate = (results: LoadResult[]): number => median(results.map(({ perSecond }) => perSecond));
  const p99 = (results: LoadResult[]): number => median(results.map(({ p99Ms }) => p99Ms));
  print(measured(name, 'http_rate', 'per s', rate(ours), rate(bare)));
  print(measured(name, 'http_p99', 'ms', p99(ours), p99(bare)));
}
