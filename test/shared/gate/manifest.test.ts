import { describe, expect, it } from 'vitest';
import { buildManifest, codeFactsOf, isStale, leastGeneration, revokedIn, withNews } from '#shared/gate/manifest.ts';
import { newsIn } from '#shared/gate/news.ts';
import type { GateNews } from '#shared/gate/socket-messages.ts';
import { announcementMs, keyStanding } from '#shared/tickets/key-ring.ts';
import { eventRules, noon } from '#test/support/rules.ts';

const manifest = buildManifest(
  {
    sequence: 10,
    rulesVersion: 3,
    rules: eventRules(),
    ring: [
      { keyId: 1, fromMs: 0, retiredAtMs: noon - 1 },
      { keyId: 2, fromMs: 0, retiredAtMs: undefined },
    ],
    types: { 1: 'day' },
    revocations: { tkt_A: 2 },
    nowMs: noon,
  },
  [{ keyId: 2, publicKey: 'p', gateKey: 'g' }],
);
const start = revokedIn(manifest);
const delta = (afterSequence: number, sequence: number, ...news: GateNews[]) => ({ afterSequence, sequence, news });

describe('a manifest', () => {
  it('is over before a newly announced key can have signed anything', () => {
    expect(isStale(manifest, manifest.expiresAtMs - 1)).toBe(false);
    expect(isStale(manifest, manifest.expiresAtMs)).toBe(true);
    expect(manifest.expiresAtMs - manifest.issuedAtMs).toBeLessThan(announcementMs);
  });

  it('tells live, retired and unknown keys apart, and old codes from current ones', () => {
    const { ring, ticket } = codeFactsOf(manifest, start, noon);
    expect([1, 2, 3].map((keyId) => keyStanding(ring, keyId, noon))).toEqual(['retired', 'live', 'unknown']);
    expect([1, 2, 3].map((generation) => ticket('tkt_A')?.isReplaced(generation))).toEqual([true, false, false]);
    expect(ticket('tkt_B')).toBeUndefined();
  });
});

describe('news after a manifest', () => {
  it('raises generations, ends refunded tickets, and gives a reinstated one back', () => {
    const one = withNews(start, delta(10, 12, ['is', 'tkt_A', 'active', 3], ['is', 'tkt_B', 'suspended', 1]));
    expect([...(one?.least ?? [])]).toEqual([
      ['tkt_A', 3],
      ['tkt_B', leastGeneration('refunded', 1)],
    ]);
    const two = one && withNews(one, delta(12, 13, ['is', 'tkt_B', 'active', 1]));
    expect(two?.least.get('tkt_B')).toBe(1);
    expect(start.least.has('tkt_B')).toBe(false);
  });

  it('heard twice or late changes nothing', () => {
    expect(withNews(start, delta(8, 10, ['is', 'tkt_A', 'active', 9]))).toBe(start);
  });

  it('with a gap before it is not enough: a new manifest is needed', () => {
    expect(withNews(start, delta(11, 12, ['is', 'tkt_A', 'active', 3]))).toBeUndefined();
  });

  it('of new rules or keys says that a new manifest is needed', () => {
    const rotated = { kind: 'key.rotated', seq: 11, atMs: noon, keyId: 3, cause: 'leak', staffId: 'per_1' } as const;
    expect(withNews(start, delta(10, 11, ...newsIn([rotated])))).toBeUndefined();
  });
});
