import type { EpochMs } from '#shared/time.ts';
import { type CalendarDay, weekdayFrom } from '../../calendar.ts';
import { hours } from '../../shapes.ts';

export const eventId = 'evt_night_ferry';
export const timeZone = 'Africa/Lagos';
const saturday = 6;

export type Frame = {
  night: CalendarDay;
  startsAt: EpochMs;
  endsAt: EpochMs;
  doors: { from: EpochMs; until: EpochMs };
};

/** A Saturday ten to sixteen days off. */
export function frameOf(anchor: EpochMs): Frame {
  const night = weekdayFrom(anchor, 10, saturday);
  const music = hours(night, '19:00', '03:00', timeZone);
  return {
    night,
    startsAt: music.from,
    endsAt: music.until,
    doors: hours(night, '17:30', '02:00', timeZone),
  };
}
