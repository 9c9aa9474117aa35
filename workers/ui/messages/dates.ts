import type { EpochMs } from '#shared/time.ts';
import { dayMs, hourMs, localDay, minuteMs } from '#shared/time.ts';
import { locale } from './en/locale.ts';

/** Instants in words, in the zone of the event they belong to: never the server's, never the reader's. */

const shapes = {
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  dayYear: { day: 'numeric', month: 'short', year: 'numeric' },
  dayOnly: { day: 'numeric', month: 'long', year: 'numeric' },
  monthYear: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'short' },
  number: { day: 'numeric' },
  month: { month: 'short' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dayTime: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  stamp: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  zone: { timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Shape = keyof typeof shapes;

/** Making a formatter costs far more than using one. Zones are few; the bound is for whoever invents more. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formattersMax = 256;

function formatter(shape: Shape, timeZone: string): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  if (formatters.size >= formattersMax) formatters.clear();
  const made = new Intl.DateTimeFormat(locale, { ...shapes[shape], timeZone });
  formatters.set(key, made);
  return made;
}

const written = (shape: Shape) => (at: EpochMs, timeZone: string) => formatter(shape, timeZone).format(at);

/** `Saturday 28 November 2026` */
export const longDay = written('long');
/** `Saturday 28 November` */
export const fullDay = written('full');
/** `Sat 28 Nov` */
export const shortDay = written('day');
/** `28 Nov 2026` */
export const shortDayYear = written('dayYear');
/** `November 2026` */
export const monthAndYear = written('monthYear');
/** `Sat` */
export const weekday = written('weekday');
/** `28` */
export const dayNumber = written('number');
/** `Nov` */
export const monthName = written('month');
/** `18:00` */
export const clockTime = written('time');
/** `Sat 28 Nov, 18:00` */
export const dayAndTime = written('dayTime');

/** `28 Nov 2026, 18:00:05`: for logs, which are read years later. */
export const timeStamp = written('stamp');

/** `GMT+1`, `EAT`: what local clocks are called at that instant. */
export function zoneName(at: EpochMs, timeZone: string): string {
  return (
    formatter('zone', timeZone)
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value ?? timeZone
  );
}

/** Machine-readable form for `<time datetime>`. */
export function isoInstant(at: EpochMs): string {
  return new Date(at).toISOString();
}

/** `Sat 28 Nov` for one day, `28–30 November 2026` for several. A night that ends by six in the morning is one day. */
export function daySpan(from: EpochMs, until: EpochMs, timeZone: string): string {
  if (isOneOuting(from, until, timeZone)) return longDay(from, timeZone);
  return formatter('dayOnly', timeZone).formatRange(from, until);
}

/** `Sat 28 – Mon 30 Nov` */
export function shortDaySpan(from: EpochMs, until: EpochMs, timeZone: string): string {
  return formatter('day', timeZone).formatRange(from, until);
}

/** `10:00–18:00` */
export function timeSpan(from: EpochMs, until: EpochMs, timeZone: string): string {
  return `${clockTime(from, timeZone)}–${clockTime(until, timeZone)}`;
}

/** `Sat 28 Nov, 10:00–18:00`, or both ends in full when they lie on different days. */
export function span(from: EpochMs, until: EpochMs, timeZone: string): string {
  return isOneOuting(from, until, timeZone)
    ? `${shortDay(from, timeZone)}, ${timeSpan(from, until, timeZone)}`
    : `${dayAndTime(from, timeZone)} – ${dayAndTime(until, timeZone)}`;
}

/** When an event is, in one line: `28–30 November 2026, 10:00–18:00`, or both ends where it does not close between. */
export function eventSpan(from: EpochMs, until: EpochMs, timeZone: string): string {
  return eventSpanParts(from, until, timeZone).join(', ');
}

/** The same in the pieces it is best broken at: the days, and the hours where every day has the same. */
export function eventSpanParts(from: EpochMs, until: EpochMs, timeZone: string): string[] {
  const hours = openHours(from, until, timeZone);
  return closesDaily(from, until, timeZone) ? [daySpan(from, until, timeZone), hours] : [hours];
}

/** `10:00–18:00`, each day the same; `Sat 28 Nov, 00:00 – Mon 30 Nov, 23:00` where doors stay open overnight. */
export function openHours(from: EpochMs, until: EpochMs, timeZone: string): string {
  return closesDaily(from, until, timeZone) ? timeSpan(from, until, timeZone) : span(from, until, timeZone);
}

/** Six in the morning still belongs to the night before, for people who were out. */
const smallHours = '06:00';

/** Nothing opens for longer than this each day and closes: such a day has no hours worth naming. */
const longestDayMs = 20 * hourMs;

/**
 * Whether first opening and last closing can be read as the hours of every day. They cannot when the day between them
 * would be as good as whole, nor when it would end in the middle of the next one: Friday 18:00 to Sunday 15:00 is one
 * weekend, not three afternoons.
 */
function closesDaily(from: EpochMs, until: EpochMs, timeZone: string): boolean {
  if (isOneOuting(from, until, timeZone)) return true;
  const [opens, closes] = [clockMs(from, timeZone), clockMs(until, timeZone)];
  if (closes > opens) return closes - opens < longestDayMs;
  return clockTime(until, timeZone) <= smallHours && closes + dayMs - opens < longestDayMs;
}

/** Time since midnight by local clocks, which a change of the clocks does not move. */
function clockMs(at: EpochMs, timeZone: string): number {
  const [hours = 0, minutes = 0] = clockTime(at, timeZone).split(':').map(Number);
  return hours * hourMs + minutes * minuteMs;
}

function isOneOuting(from: EpochMs, until: EpochMs, timeZone: string): boolean {
  if (localDay(from, timeZone) === localDay(until - 1, timeZone)) return true;
  return until - from < dayMs && clockTime(until, timeZone) <= smallHours;
}
