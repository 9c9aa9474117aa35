const firstDelayMs = 250;
const longestDelayMs = 8_000;

/**
 * How long a scanner waits before it tries again, after so many failures in a row. Spread evenly over the whole interval:
 * a deploy closes every socket of an event in the same instant, and lanes that all came back together would be the next
 * outage (the "full jitter" of Amazon's "Exponential Backoff and Jitter", 2015). `chance` is in [0, 1).
 */
export function reconnectDelayMs(failures: number, chance: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.max(0, failures));
  return Math.floor(chance * ceiling);
}
