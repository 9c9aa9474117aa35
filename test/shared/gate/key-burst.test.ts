import { describe, expect, it } from 'vitest';
import { noKeys, pressed } from '#shared/gate/key-burst.ts';

/** Keys at a steady pace; answers the codes that came of them. */
function type(keys: readonly string[], everyMs: number): string[] {
  let burst = noKeys;
  return keys.flatMap((key, index) => {
    const next = pressed(burst, key, 1_000 + index * everyMs);
    ({ burst } = next);
    return next.code === undefined ? [] : [next.code];
  });
}

describe('a scanner that types', () => {
  it('is heard at any pace such scanners have, shifted or not', () => {
    for (const pace of [0, 4, 60, 80]) expect(type([...'7KQ2MX9TBD', 'Enter'], pace)).toEqual(['7KQ2MX9TBD']);
    expect(type(['Shift', '7', 'Shift', 'K', ...'Q2MX9TBD', 'Tab'], 20)).toEqual(['7KQ2MX9TBD']);
    expect(type([...'7KQ2MX9TBD', 'Enter', ...'AAAA2MX9TB', 'Enter'], 10)).toEqual(['7KQ2MX9TBD', 'AAAA2MX9TB']);
  });

  it('is told from people, and from a press of Enter', () => {
    expect(type([...'7KQ2MX9TBD', 'Enter'], 120)).toEqual([]);
    expect(type(['y', 'e', 's', 'Enter'], 10)).toEqual([]);
    expect(type(['Enter'], 10)).toEqual([]);
  });
});
