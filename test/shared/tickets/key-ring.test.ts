import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcementMs, keyStanding, rotated, signingKeyId, type KeyRing } from '#shared/tickets/key-ring.ts';
import { noon } from '#test/support/rules.ts';

const first: KeyRing = [{ keyId: 1, fromMs: 0, retiredAtMs: undefined }];
const after = (ring: KeyRing, cause: 'routine' | 'leak', now = noon): KeyRing => {
  const next = rotated(ring, { cause, newestKeyId: Math.max(...ring.map(({ keyId }) => keyId)) }, now);
  if (!next.ok) throw new Error(next.failure.code);
  return next.value;
};

describe('an event’s ring of keys', () => {
  it('rotated as a routine has two live keys; the new one signs once every gate has heard of it', () => {
    const ring = after(first, 'routine');
    expect([keyStanding(ring, 1, noon), keyStanding(ring, 2, noon)]).toEqual(['live', 'live']);
    expect(signingKeyId(ring, noon + announcementMs - 1)).toBe(1);
    expect(signingKeyId(ring, noon + announcementMs)).toBe(2);
    expect(keyStanding(ring, 1, noon + 10 * announcementMs)).toBe('live');
  });

  it('rotated after a leak has one, which signs at once', () => {
    const ring = after(after(first, 'routine'), 'leak');
    expect([1, 2, 3].map((keyId) => keyStanding(ring, keyId, noon))).toEqual(['retired', 'retired', 'live']);
    expect(signingKeyId(ring, noon)).toBe(3);
  });

  it('stays as it is when another rotation came first', () => {
    const ring = after(first, 'routine');
    expect(rotated(ring, { cause: 'leak', newestKeyId: 1 }, noon)).toEqual({ ok: true, value: ring });
  });

  it('grows to eight live keys; a leak makes room', () => {
    const full = Array.from({ length: 7 }).reduce<KeyRing>((ring) => after(ring, 'routine'), first);
    expect(rotated(full, { cause: 'routine', newestKeyId: 8 }, noon)).toMatchObject({
      failure: { code: 'key_ring_full' },
    });
    expect(signingKeyId(after(full, 'leak'), noon)).toBe(9);
  });

  it('always signs with a live key, whatever was rotated when', () => {
    const rotation = fc.tuple(fc.constantFrom('routine' as const, 'leak' as const), fc.nat(3 * announcementMs));
    fc.assert(
      fc.property(fc.array(rotation, { maxLength: 30 }), (rotations) => {
        let [ring, now] = [first, noon];
        for (const [cause, wait] of rotations) {
          now += wait;
          const next = rotated(ring, { cause, newestKeyId: ring.length }, now);
          if (next.ok) ring = next.value;
          expect(keyStanding(ring, signingKeyId(ring, now), now)).toBe('live');
          expect(ring.filter(({ keyId }) => keyStanding(ring, keyId, now) === 'live').length).toBeLessThanOrEqual(8);
        }
      }),
    );
  });

  it('runs out of ids rather than using one twice', () => {
    const last: KeyRing = [{ keyId: 255, fromMs: 0, retiredAtMs: undefined }];
    expect(rotated(last, { cause: 'leak', newestKeyId: 255 }, noon).ok).toBe(false);
  });

  it.each([0, 2, 255, 256, -1, Number.NaN])('does not know key id %d', (keyId) => {
    expect(keyStanding(first, keyId, noon)).toBe('unknown');
  });
});
