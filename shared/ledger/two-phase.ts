import { dayMs, type EpochMs } from '../time.ts';

/**
 * How a transfer stands in the ledger. `posted` moves at once. `pending` sets aside: what it takes can be spent by nobody
 * else, and is not yet the other side's. `post` and `void` are rows of their own that end one pending row, once.
 */
export const transferPhases = ['posted', 'pending', 'post', 'void'] as const;
export type TransferPhase = (typeof transferPhases)[number];

/** What became of something set aside. */
export type Resolution = 'pending' | 'posted' | 'void';

/** `ended`: news. `as_before`: the same end again. `too_late`: the other end stands. `unknown`: nothing was set aside. */
export type Ending = 'ended' | 'as_before' | 'too_late' | 'unknown';

/**
 * What follows when somebody ends it. Time ends nothing: only the desk knows whether the card's part was captured, and a
 * balance whose card part was taken must never lapse. So a pending transfer outlives its patience until its desk says so,
 * and `isForgotten` finds those that no desk came back for.
 */
export function endPending(resolution: Resolution | undefined, by: 'post' | 'void'): Ending {
  if (resolution === undefined) return 'unknown';
  if (resolution === 'pending') return 'ended';
  return resolution === (by === 'post' ? 'posted' : 'void') ? 'as_before' : 'too_late';
}

/** A living desk ends its own within hours, however often it has to ask: what is older is somebody's to look at. */
export const forgottenAfterMs = dayMs;

export function isForgotten({ atMs }: { readonly atMs: EpochMs }, now: EpochMs): boolean {
  return now - atMs > forgottenAfterMs;
}
