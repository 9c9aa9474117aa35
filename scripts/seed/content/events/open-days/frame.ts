import type { EpochMs } from '#shared/time.ts';
import { type CalendarDay, dayAfter, dayFrom, zonedTime } from '../../calendar.ts';

export const eventId = 'evt_open_days';
export const timeZone = 'Europe/London';

export type Frame = {
  firstDay: CalendarDay;
  startsAt: EpochMs;
  endsAt: EpochMs;
  doors: { from: EpochMs; until: EpochMs };
};

/**
 * The doors never close, and the validity window reaches past the last evening: whoever looks at any moment of the
 * seeded day, or of the day after, finds an event whose gates admit them now.
 */
export function frameOf(anchor: EpochMs): Frame {
  const firstDay = dayFrom(anchor, -1);
  return {
    firstDay,
    startsAt: zonedTime(firstDay, '00:00', timeZone),
    endsAt: zonedTime(dayAfter(firstDay, 2), '23:00', timeZone),
    doors: {
      from: zonedTime(firstDay, '00:00', timeZone),
      until: zonedTime(dayAfter(firstDay, 3), '23:59', timeZone),
    },
  };
}
