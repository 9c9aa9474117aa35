import { dayMs, type EpochMs, hourMs } from '#shared/time.ts';
import { type CalendarDay, dayAfter, dayFrom, zonedTime } from '../../calendar.ts';
import { hours } from '../../shapes.ts';

export const expoId = 'evt_expo';
export const timeZone = 'Europe/London';
export const dayCount = 4;

type Window = { from: EpochMs; until: EpochMs };

/** The Expo opened yesterday and runs until the day after tomorrow, so that a visitor always finds it under way. */
export type ExpoFrame = {
  readonly firstDay: CalendarDay;
  readonly days: readonly CalendarDay[];
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly salesOpenAt: EpochMs;
  /** Doors for each day: half an hour before the stands open to half an hour after they close. */
  readonly doors: readonly Window[];
};

export function expoFrame(anchor: EpochMs): ExpoFrame {
  const firstDay = dayFrom(anchor, -1);
  const days = Array.from({ length: dayCount }, (_, index) => dayAfter(firstDay, index));
  const startsAt = zonedTime(firstDay, '10:00', timeZone);
  return {
    firstDay,
    days,
    startsAt,
    endsAt: zonedTime(dayAfter(firstDay, dayCount - 1), '18:00', timeZone),
    salesOpenAt: startsAt - 120 * dayMs,
    doors: days.map((day) => hours(day, '09:30', '18:30', timeZone)),
  };
}

/** Sale until an hour before the last doors close: later there is nothing left to see. */
export function saleUntilClose(frame: ExpoFrame): Window {
  return { from: frame.salesOpenAt, until: frame.endsAt - hourMs };
}
