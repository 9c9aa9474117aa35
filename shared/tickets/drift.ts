import { dayMs, minuteMs, secondMs, type EpochMs } from '../time.ts';
import { stepMs } from './steps.ts';

/**
 * How wrong a phone's clock is, from one question to the server and its answer: the server's time belongs to the middle of
 * the round trip, give or take half of it (Cristian 1989, "Probabilistic clock synchronization").
 */
export type Drift = {
  /** What to add to the phone's clock. */
  readonly offsetMs: number;
  /** By how much that may be wrong. */
  readonly errorMs: number;
  /** When it was measured, by the phone's clock. */
  readonly measuredAtMs: EpochMs;
};

/**
 * exact: codes are good · large: they are good, but whoever sets the clock right makes them wrong until the next contact ·
 * unknown: nobody can tell whether they are good.
 */
export type ClockStanding = 'exact' | 'large' | 'unknown';

/** Past this the phone's owner is told, though the code is corrected. */
const largeMs = 20 * secondMs;
/** A phone's quartz goes wrong by a second or two a day, and codes bear ten. */
const standsMs = 5 * dayMs;
/** A better measurement is not given up for a worse one that says the same, for as long as nobody can have set the clock. */
const recentMs = 10 * minuteMs;

/** `sentAtMs` and `receivedAtMs` by the phone's clock, `serverMs` as the answer said. */
export function measureDrift(sentAtMs: EpochMs, receivedAtMs: EpochMs, serverMs: EpochMs): Drift {
  const errorMs = Math.abs(receivedAtMs - sentAtMs) / 2;
  return { offsetMs: serverMs - (sentAtMs + receivedAtMs) / 2, errorMs, measuredAtMs: receivedAtMs };
}

/** The newer one, unless it is the vaguer of two that agree: a slow answer says less than the quick one before it. */
export function betterDrift(before: Drift | undefined, next: Drift): Drift {
  if (before === undefined || next.errorMs <= before.errorMs) return next;
  const ageMs = next.measuredAtMs - before.measuredAtMs;
  const agree = Math.abs(next.offsetMs - before.offsetMs) <= next.errorMs + before.errorMs;
  return agree && ageMs >= 0 && ageMs <= recentMs ? before : next;
}

/** The server's time, as well as the phone knows it. */
export function serverTime(drift: Drift | undefined, deviceMs: EpochMs): EpochMs {
  return deviceMs + Math.round(drift?.offsetMs ?? 0);
}

export function clockStanding(drift: Drift | undefined, deviceMs: EpochMs): ClockStanding {
  if (drift === undefined || drift.errorMs > stepMs) return 'unknown';
  const ageMs = deviceMs - drift.measuredAtMs;
  // Before its own measurement: the clock was set back since.
  if (ageMs < -secondMs || ageMs > standsMs) return 'unknown';
  return Math.abs(drift.offsetMs) > largeMs ? 'large' : 'exact';
}
