import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextWakeMs } from '#shared/orders/wake.ts';
import { hourMs, secondMs } from '#shared/time.ts';
import { noon } from '#test/support/rules.ts';

describe('when the desk looks after an order again', () => {
  it.each([
    [0, 5],
    [1, 10],
    [2, 20],
    [9, 2_560],
    [10, 3_600],
    [5_000, 3_600],
  ])('after %i times, in %i seconds', (count, seconds) => {
    expect(nextWakeMs(noon, count) - noon).toBe(seconds * secondMs);
  });

  it('never sooner than the time before, and at least hourly', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 2), (count) => {
        const wait = nextWakeMs(noon, count) - noon;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(hourMs);
        expect(nextWakeMs(noon, count + 1) - noon).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});
