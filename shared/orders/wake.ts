import { hourMs, secondMs, type EpochMs } from '../time.ts';

const firstWaitMs = 5 * secondMs;

/** When the desk looks after an unfinished order again: soon at first, then ever more rarely, at least hourly. */
export function nextWakeMs(now: EpochMs, wakeCount: number): EpochMs {
  return now + Math.min(firstWaitMs * 2 ** Math.min(wakeCount, 20), hourMs);
}
