import { secondMs, type EpochMs } from '../time.ts';

/** How long a live code stands before its device writes the next. */
export const stepMs = 10 * secondMs;

/** Ten-second steps since the epoch; four bytes last until the year 3331. */
export function stepAt(now: EpochMs): number {
  return Math.floor(now / stepMs);
}

/**
 * The step under way, the one before it (somebody took ten seconds to reach the reader) and the one after (a clock that is a
 * little fast). So every code opens gates during 30 seconds at most, and a screenshot of it is dead after that whatever
 * the clocks say. Devices correct their drift against the server's clock instead of being given more.
 */
export function isFresh(step: number, now: EpochMs): boolean {
  return Math.abs(step - stepAt(now)) <= 1;
}
