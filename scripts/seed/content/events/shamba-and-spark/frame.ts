import { dayMs, type EpochMs, hourMs } from '#shared/time.ts';
import { type CalendarDay, dayAfter, weekdayFrom, zonedTime } from '../../calendar.ts';
import { hours } from '../../shapes.ts';

export const eventId = 'evt_shamba_spark';
export const timeZone = 'Africa/Nairobi';
const wednesday = 3;

type Window = { from: EpochMs; until: EpochMs };

export type Frame = {
  days: [CalendarDay, CalendarDay];
  startsAt: EpochMs;
  endsAt: EpochMs;
  doors: [Window, Window];
  sale: Window;
};

/** The Wednesday and Thursday about nine weeks off. */
export function frameOf(anchor: EpochMs): Frame {
  const first = weekdayFrom(anchor, 60, wednesday);
  const second = dayAfter(first, 1);
  const startsAt = zonedTime(first, '09:00', timeZone);
  const endsAt = zonedTime(second, '17:00', timeZone);
  return {
    days: [first, second],
    startsAt,
    endsAt,
    doors: [hours(first, '08:00', '18:00', timeZone), hours(second, '08:00', '17:00', timeZone)],
    sale: { from: startsAt - 120 * dayMs, until: endsAt - 4 * hourMs },
  };
}
