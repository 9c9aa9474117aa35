import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from '#shared/gate/reconnect.ts';

describe('coming back after a lost connection', () => {
  it('is spread over an interval that doubles and stays bearable at a gate', () => {
    expect([0, 1, 2, 3, 10, 1_000].map((failures) => reconnectDelayMs(failures, 0.999_999))).toEqual([
      249, 499, 999, 1_999, 7_999, 7_999,
    ]);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
        const delayMs = reconnectDelayMs(failures, chance);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThan(8_000);
      }),
    );
  });
});
