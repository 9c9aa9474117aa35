import { describe, expect, it } from 'vitest';
import type { LiveStanding } from '#shared/wallet/kept-ticket.ts';
import { keptFace, liveFace, type Bearing } from '#shared/wallet/live-face.ts';

const mine: Bearing = { holderKey: 'mine', generation: 2, keyId: 1 };
const standing = (overrides: Partial<LiveStanding> = {}): LiveStanding => ({
  generation: 2,
  keyId: 1,
  holderKey: 'mine',
  isOurs: false,
  ...overrides,
});

describe('what a phone does about a ticket', () => {
  it.each<[string, LiveStanding, Bearing | undefined, string, string]>([
    ['nobody bears it', standing({ holderKey: undefined }), undefined, 'offer', 'offer'],
    ['this phone bears it', standing(), mine, 'shown', 'shown'],
    ['its issuer has a new key', standing({ keyId: 2 }), mine, 'renew', 'shown'],
    ['this phone bears it, and its pass is of before', standing({ generation: 3 }), mine, 'renew', 'renew'],
    ['another phone bears it', standing({ holderKey: 'theirs' }), undefined, 'elsewhere', 'elsewhere'],
    ['another phone took it', standing({ holderKey: 'theirs', generation: 3 }), mine, 'moved', 'moved'],
    ['this browser bore it and forgot its key', standing({ isOurs: true }), undefined, 'lost', 'lost'],
    ['it was made out anew', standing({ generation: 3, holderKey: undefined }), mine, 'offer', 'offer'],
    // Kept copies may be older than the activation.
    [
      'it was activated after the copy was made',
      standing({ generation: 1, holderKey: undefined }),
      mine,
      'offer',
      'shown',
    ],
    [
      'it was taken over after the copy was made',
      standing({ generation: 1, holderKey: 'theirs' }),
      mine,
      'moved',
      'shown',
    ],
  ])('when %s', (_what, said, own, online, offline) => {
    expect(liveFace(said, own)).toBe(online);
    expect(keptFace(said, own)).toBe(offline);
  });
});
