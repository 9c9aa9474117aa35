import { describe, expect, it } from 'vitest';
import { askingBrakes, minutesToWait, wrongCodes } from '#shared/access/brakes.ts';
import { minuteMs } from '#shared/time.ts';

describe('how long somebody waits', () => {
  const now = 1_000_000;

  it('is not at all while every count is within its limit', () => {
    const counted = [{ count: 5, limit: 5, windowEndsAtMs: now + minuteMs }];
    expect(minutesToWait(counted, now)).toBeUndefined();
    expect(minutesToWait([], now)).toBeUndefined();
  });

  it('is until the last brake that holds lets go, in whole minutes, and never none', () => {
    const held = { count: 6, limit: 5 };
    const free = { count: 1, limit: 5, windowEndsAtMs: now + 90 * minuteMs };
    expect(minutesToWait([{ ...held, windowEndsAtMs: now + 1 }, free], now)).toBe(1);
    const two = [
      { ...held, windowEndsAtMs: now + 3 * minuteMs },
      { ...held, windowEndsAtMs: now + 7 * minuteMs + 1 },
    ];
    expect(minutesToWait(two, now)).toBe(8);
  });
});

it('no brake counts a known browser together with strangers, and a day of guesses finds next to nothing', () => {
  expect(askingBrakes.known.every(({ by }) => by === 'device')).toBe(true);
  expect(wrongCodes.limit / 1_000_000).toBeLessThan(1 / 10_000);
});
