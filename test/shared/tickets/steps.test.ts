import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFresh, stepAt, stepMs } from '#shared/tickets/steps.ts';

const instant = fc.integer({ min: stepMs, max: 4_000_000_000_000 });

describe('a step', () => {
  it('is fresh during thirty seconds, and never longer: a screenshot dies', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const begins = stepAt(now) * stepMs;
        expect(isFresh(stepAt(now), begins - stepMs)).toBe(true);
        expect(isFresh(stepAt(now), begins + 2 * stepMs - 1)).toBe(true);
        expect(isFresh(stepAt(now), begins - stepMs - 1)).toBe(false);
        expect(isFresh(stepAt(now), begins + 2 * stepMs)).toBe(false);
      }),
    );
  });

  it('shown with a clock less than ten seconds wrong is fresh', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -9_999, max: 9_999 }), (now, driftMs) => {
        expect(isFresh(stepAt(now + driftMs), now)).toBe(true);
      }),
    );
  });

  it('fits four bytes for a thousand years', () => {
    expect(stepAt(Date.UTC(3300, 0))).toBeLessThan(2 ** 32);
  });
});
