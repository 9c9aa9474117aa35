import { fail, ok, type Result } from '../result.ts';
import { hourMs, type EpochMs } from '../time.ts';

/** One of an event's issuer keys. The key itself is derived when it is needed; only ids are kept. */
export type RingKey = {
  readonly keyId: number;
  /** From when it signs. It is accepted from the moment it is in the ring, so that gates know a key before they meet it. */
  readonly fromMs: EpochMs;
  readonly retiredAtMs: EpochMs | undefined;
};

/** Never empty; the first key of every event is 1. */
export type KeyRing = readonly RingKey[];

export const firstKeyId = 1;
/** The header gives a key id one byte. */
const lastKeyId = 0xff;
/** Keys accepted at once. Each is one more that a thief could have, and one more that gates without network must carry. */
const liveLimit = 8;
/** A key signs this long after it is made known: longer than a gate's manifest lasts. */
export const announcementMs = 24 * hourMs;

export type KeyStanding = 'live' | 'retired' | 'unknown';

/** What a code's key id is to this event now. For an id that is not live no key is ever derived. */
export function keyStanding(ring: KeyRing, keyId: number, now: EpochMs): KeyStanding {
  const key = ring.find((other) => other.keyId === keyId);
  if (key === undefined) return 'unknown';
  return isRetired(key, now) ? 'retired' : 'live';
}

/** The id that signs now: the newest whose time has come. */
export function signingKeyId(ring: KeyRing, now: EpochMs): number {
  const signing = ring.filter((key) => key.fromMs <= now && !isRetired(key, now));
  return Math.max(...signing.map(({ keyId }) => keyId), firstKeyId);
}

export type Rotation = {
  /** `routine` lets codes of earlier keys stand, on paper for instance; `leak` ends them all at once. */
  readonly cause: 'routine' | 'leak';
  /** The newest key the caller has seen: asked twice, a rotation happens once. */
  readonly newestKeyId: number;
};

/**
 * A ring with one key more, which a routine rotation announces before it signs. The same ring when another rotation came
 * first.
 */
export function rotated(ring: KeyRing, rotation: Rotation, now: EpochMs): Result<KeyRing, 'key_ring_full'> {
  const newest = Math.max(...ring.map(({ keyId }) => keyId));
  if (rotation.newestKeyId !== newest) return ok(ring);
  const isLeak = rotation.cause === 'leak';
  const live = ring.filter((key) => !isRetired(key, now)).length;
  if (newest >= lastKeyId || (!isLeak && live >= liveLimit)) return fail('key_ring_full', { max: liveLimit });
  const kept = ring.map((key) => (isLeak && !isRetired(key, now) ? { ...key, retiredAtMs: now } : key));
  const fromMs = isLeak ? now : now + announcementMs;
  return ok([...kept, { keyId: newest + 1, fromMs, retiredAtMs: undefined }]);
}

function isRetired({ retiredAtMs }: RingKey, now: EpochMs): boolean {
  return retiredAtMs !== undefined && retiredAtMs <= now;
}
