import type { EpochMs } from '#shared/time.ts';
import { dayNumber, isoInstant, monthName, weekday } from '../messages/dates.ts';

/** The day as a tear-off: weekday, number, month. */
export function DateBlock({ at, timeZone }: { at: EpochMs; timeZone: string }) {
  return (
    <time class="date" datetime={isoInstant(at)}>
      <span>{weekday(at, timeZone)} </span>
      <b>{dayNumber(at, timeZone)}</b>
      <span> {monthName(at, timeZone)}</span>
    </time>
  );
}
