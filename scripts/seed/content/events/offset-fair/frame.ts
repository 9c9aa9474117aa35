import { dayMs, type EpochMs, hourMs } from '#shared/time.ts';
import { type CalendarDay, dayAfter, weekdayFrom, zonedTime } from '../../calendar.ts';
import { hours } from '../../shapes.ts';

export const eventId = 'evt_offset_fair';
export const timeZone = 'Europe/London';
const saturday = 6;

type Window = { from: EpochMs; until: EpochMs };

export type Frame = {
  days: [CalendarDay, CalendarDay];
  startsAt: EpochMs;
  endsAt: EpochMs;
  doors: [Window, Window];
  sale: Window;
};

/** The weekend before last Sunday or that Sunday itself: always over, never by much more than a week. */
export function frameOf(anchor: EpochMs): Frame {
  const first = weekdayFrom(anchor, -10, saturday);
  const second = dayAfter(first, 1);
  const startsAt = zonedTime(first, '10:00', timeZone);
  const endsAt = zonedTime(second, '17:00', timeZone);
  return {
    days: [first, second],
    startsAt,
    endsAt,
    doors: [hours(first, '10:00', '18:00', timeZone), hours(second, '10:00', '17:00', timeZone)],
    sale: { from: startsAt - 60 * dayMs, until: endsAt - hourMs },
  };
}
