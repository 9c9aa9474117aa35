import type { EpochMs } from '#shared/time.ts';
import { type CalendarDay, dayAfter, weekdayFrom, zonedTime } from '../../calendar.ts';
import { hours } from '../../shapes.ts';

export const eventId = 'evt_asaase_weekend';
export const timeZone = 'Africa/Accra';
const saturday = 6;

type Window = { from: EpochMs; until: EpochMs };

export type Frame = { days: [CalendarDay, CalendarDay]; startsAt: EpochMs; endsAt: EpochMs; doors: [Window, Window] };

/** The Saturday and Sunday about five weeks off. */
export function frameOf(anchor: EpochMs): Frame {
  const first = weekdayFrom(anchor, 32, saturday);
  const second = dayAfter(first, 1);
  return {
    days: [first, second],
    startsAt: zonedTime(first, '10:00', timeZone),
    endsAt: zonedTime(second, '20:00', timeZone),
    doors: [hours(first, '09:30', '21:30', timeZone), hours(second, '09:30', '19:30', timeZone)],
  };
}
