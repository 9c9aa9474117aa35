import type { LoadResult } from '#scripts/bench/load-order.ts';

/** What a load generator prints in the end. */
export function loadResult(latenciesMs: readonly number[], seconds: number, wrong: readonly string[]): LoadResult {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    answered: sorted.length,
    perSecond: sorted.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    latenciesMs: sorted.map((ms) => Math.round(ms * 100) / 100),
    wrong: wrong.length,
    wrongSample: wrong[0] ?? '',
  };
}
