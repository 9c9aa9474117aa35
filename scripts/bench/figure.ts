/** One printed figure. Speeds carry a baseline measured in the same run; sizes have none to be compared with. */
export type Figure = {
  readonly name: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
};

export type BenchOptions = { readonly seconds: number };

/** A benchmark prints each figure as soon as it is known; `say` is for what a reader should know about how. */
export type Bench = (
  options: BenchOptions,
  print: (figure: Figure) => void,
  say: (note: string) => void,
) => Promise<void>;

export function size(name: string, metric: string, bytes: number): Figure {
  return { name, metric, value: bytes, unit: 'bytes', baseline: null, ratio: null };
}

/** Three significant digits: what a repeated run on a busy machine can hold. */
export function measured(name: string, metric: string, unit: string, value: number, baseline: number): Figure {
  return { name, metric, value: rounded(value), unit, baseline: rounded(baseline), ratio: rounded(value / baseline) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of nothing');
  return (upper + lower) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
