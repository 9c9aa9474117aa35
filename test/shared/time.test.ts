import { describe, expect, it } from 'vitest';
import { localDay, startOfDay } from '#shared/time.ts';

describe('the calendar day of an instant', () => {
  it.each([
    ['2026-11-28T23:30:00Z', 'Europe/London', '2026-11-28'],
    ['2026-11-28T23:30:00Z', 'Africa/Lagos', '2026-11-29'],
    ['2026-11-28T21:00:00Z', 'Africa/Nairobi', '2026-11-29'],
    ['2026-11-28T20:59:59Z', 'Africa/Nairobi', '2026-11-28'],
    ['2026-07-01T23:00:00Z', 'Europe/London', '2026-07-02'],
    ['2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25'],
  ])('%s in %s is %s', (instant, zone, day) => expect(localDay(Date.parse(instant), zone)).toBe(day));
});

describe('the start of a day', () => {
  it.each([
    ['2026-11-22', 'UTC', '2026-11-22T00:00:00Z'],
    ['2026-11-22', 'Africa/Nairobi', '2026-11-21T21:00:00Z'],
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00Z'],
    // The clocks change in the small hours of these two.
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00Z'],
    ['2026-03-30', 'Europe/London', '2026-03-29T23:00:00Z'],
    ['2026-10-26', 'Europe/London', '2026-10-26T00:00:00Z'],
    ['2026-11-22', 'Pacific/Auckland', '2026-11-21T11:00:00Z'],
  ])('%s in %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(Date.parse(instant));
  });

  it.each(['', '2026-13-01', '2026-1-1', 'today', '2026-11-22T00:00'])('is none for %s', (day) => {
    expect(startOfDay(day, 'UTC')).toBeUndefined();
  });
});
