import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betterDrift, clockStanding, measureDrift, serverTime, type Drift } from '#shared/tickets/drift.ts';
import { isFresh, stepAt } from '#shared/tickets/steps.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '#shared/time.ts';
import { noon } from '#test/support/rules.ts';

const ms = (max: number) => fc.integer({ min: 0, max });
const exact: Drift = { offsetMs: 0, errorMs: 20, measuredAtMs: noon };

describe('a phone’s clock', () => {
  it('is known to half a round trip, however the trip was divided and however wrong the clock is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400 * dayMs, max: 400 * dayMs }),
        ms(8 * secondMs),
        ms(8 * secondMs),
        (wrongBy, out, back) => {
          const sentAtMs = noon + wrongBy;
          const drift = measureDrift(sentAtMs, sentAtMs + out + back, noon + out);
          const isNow = noon + out + back;
          expect(Math.abs(serverTime(drift, isNow + wrongBy) - isNow)).toBeLessThanOrEqual(drift.errorMs + 1);
        },
      ),
    );
  });

  it('once corrected writes codes that gates take, if the trip took less than twenty seconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -dayMs, max: dayMs }),
        ms(9 * secondMs),
        ms(9 * secondMs),
        ms(hourMs),
        (wrongBy, out, back, later) => {
          const sentAtMs = noon + wrongBy;
          const drift = measureDrift(sentAtMs, sentAtMs + out + back, noon + out);
          const isNow = noon + out + back + later;
          expect(clockStanding(drift, isNow + wrongBy)).not.toBe('unknown');
          expect(isFresh(stepAt(serverTime(drift, isNow + wrongBy)), isNow)).toBe(true);
        },
      ),
    );
  });

  it.each<[string, Drift | undefined, number, string]>([
    ['never measured', undefined, 0, 'unknown'],
    ['measured just now', exact, 0, 'exact'],
    ['measured four days ago', exact, 4 * dayMs, 'exact'],
    ['measured a week ago', exact, 7 * dayMs, 'unknown'],
    ['set back since', exact, -minuteMs, 'unknown'],
    ['asked over a network that took half a minute', { ...exact, errorMs: 15 * secondMs }, 0, 'unknown'],
    ['twenty seconds slow', { ...exact, offsetMs: 20 * secondMs }, 0, 'exact'],
    ['half a minute slow', { ...exact, offsetMs: 30 * secondMs }, 0, 'large'],
    ['an hour fast', { ...exact, offsetMs: -hourMs }, 0, 'large'],
  ])('%s', (_what, drift, laterMs, standing) => {
    expect(clockStanding(drift, noon + laterMs)).toBe(standing);
  });

  it('is believed by the better of two answers that agree, and by the newer of two that do not', () => {
    const vague = { offsetMs: 800, errorMs: secondMs, measuredAtMs: noon + minuteMs };
    expect(betterDrift(undefined, vague)).toBe(vague);
    expect(betterDrift(exact, vague)).toBe(exact);
    expect(betterDrift(vague, exact)).toBe(exact);
    // Somebody set the clock in between.
    const moved = { ...vague, offsetMs: hourMs };
    expect(betterDrift(exact, moved)).toBe(moved);
    const muchLater = { ...vague, measuredAtMs: noon + hourMs };
    expect(betterDrift(exact, muchLater)).toBe(muchLater);
  });
});
