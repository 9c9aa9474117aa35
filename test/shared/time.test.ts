import { describe, expect, it } from 'vitest';
import { localDay } from '#shared/time.ts';

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
