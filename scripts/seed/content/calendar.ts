import { dayMs, type EpochMs } from '#shared/time.ts';

/** A calendar day as people write it, `2026-11-22`: no zone, no instant. */
export type CalendarDay = string;

export function dayFrom(anchor: EpochMs, offsetDays: number): CalendarDay {
  return new Date(anchor + offsetDays * dayMs).toISOString().slice(0, 10);
}

/** The first day at least `offsetDays` away that falls on the weekday; Sunday is 0. */
export function weekdayFrom(anchor: EpochMs, offsetDays: number, weekday: number): CalendarDay {
  const earliest = new Date(anchor + offsetDays * dayMs).getUTCDay();
  return dayFrom(anchor, offsetDays + ((weekday - earliest + 7) % 7));
}

export function dayAfter(day: CalendarDay, days: number): CalendarDay {
  return dayFrom(Date.parse(`${day}T00:00:00Z`), days);
}

/** `Saturday 22 November`, for ticket names: British order, no year. */
export function spokenDay(day: CalendarDay): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).formatToParts(Date.parse(`${day}T00:00:00Z`));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are slow to make and a seed asks for hundreds of instants in five zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

/** What the zone's clocks run ahead of UTC at an instant. */
function zoneOffsetMs(at: EpochMs, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return shown - at;
}

/**
 * The instant at which the zone's clocks show `clock` (`09:30`) on `day`. Where clocks go back and show it twice, the
 * first; where they go forward and skip it, as long after the jump as `clock` is past the hour that never was.
 */
export function zonedTime(day: CalendarDay, clock: string, timeZone: string): EpochMs {
  const wall = Date.parse(`${day}T${clock}:00Z`);
  if (Number.isNaN(wall)) throw new RangeError(`No such time: ${day} ${clock}`);
  // A zone changes its offset at most once within a day either side, so these two are the only candidates.
  const offsetBefore = zoneOffsetMs(wall - dayMs, timeZone);
  const offsetAfter = zoneOffsetMs(wall + dayMs, timeZone);
  const earlier = wall - Math.max(offsetBefore, offsetAfter);
  const later = wall - Math.min(offsetBefore, offsetAfter);
  if (earlier + zoneOffsetMs(earlier, timeZone) === wall) return earlier;
  if (later + zoneOffsetMs(later, timeZone) === wall) return later;
  return wall - offsetBefore;
}
