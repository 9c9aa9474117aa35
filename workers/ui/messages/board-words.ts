import type { Board, Counts } from '#shared/live/board.ts';
import { shareOf } from '#shared/live/board.ts';
import { hourMs, minuteMs, secondMs } from '#shared/time.ts';
import { clockTime } from './dates.ts';
import { studioMessages } from './en.ts';
import { locale } from './en/locale.ts';

const words = studioMessages.live;

const count = new Intl.NumberFormat(locale);
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/**
 * Every text of the live page that changes, by the name of the place it is written in: the server fills the page from
 * it, and the browser the same places again with each snapshot.
 */
export function boardWords(board: Board, timeZone: string): ReadonlyMap<string, string> {
  const { totals, types, gates, zones, links, arrivals } = board;
  const at = (minute: number | undefined) => clockTime((minute ?? 0) * minuteMs, timeZone);
  return new Map([
    ['taken', words.taken(timeOfDay(board.takenAtMs, timeZone))],
    ['looking', board.looking === undefined ? '' : words.looking(board.looking, count.format(board.looking))],
    ['inside', words.insideShare(percent.format(shareOf(totals.admitted, totals.capacity)))],
    ['of-capacity', words.ofCapacity(count.format(totals.capacity))],
    ['per-minute', count.format(board.arrivingPerMinute)],
    ...countWords('all', totals),
    ...types.flatMap((type) => [
      ...countWords(`type/${type.id}`, type),
      [`type/${type.id}/capacity`, count.format(type.capacity)] as const,
    ]),
    ...gates.flatMap(({ gateId, admitted, refused, exited = 0 }) => [
      [`gate/${gateId}/admitted`, count.format(admitted)] as const,
      [`gate/${gateId}/refused`, count.format(refused)] as const,
      [`gate/${gateId}/exited`, count.format(exited)] as const,
    ]),
    ...zones.flatMap(({ zoneId, inside, limit }) => [
      [`zone/${zoneId}/inside`, count.format(inside)] as const,
      [`zone/${zoneId}/limit`, limit === undefined ? words.noLimit : count.format(limit)] as const,
    ]),
    ...links.map(({ code, sold }) => [linkName(code), count.format(sold)] as const),
    ['arrivals/summary', arrivalsSummary(board, timeZone)],
    ['arrivals/top', count.format(board.chart.top)],
    ['arrivals/from', at(arrivals[0]?.minute)],
    ['arrivals/middle', at(arrivals[arrivals.length / 2]?.minute)],
    ['arrivals/now', at(arrivals.at(-1)?.minute)],
  ]);
}

export const linkName = (code: string) => `link/${code}/sold`;

function countWords(name: string, counts: Counts): (readonly [string, string])[] {
  const { admitted, sold, held, left } = counts;
  const shown = { admitted, sold, held, left };
  return Object.entries(shown).map(([what, value]) => [`${name}/${what}`, count.format(value)] as const);
}

/** The chart again for those who read it: minutes in which somebody came, newest first. */
export function arrivalRows({ arrivals }: Board, timeZone: string): { time: string; people: string }[] {
  return arrivals
    .filter(({ admitted }) => admitted > 0)
    .toReversed()
    .map(({ minute, admitted }) => ({ time: clockTime(minute * minuteMs, timeZone), people: count.format(admitted) }));
}

function arrivalsSummary({ arrivals }: Board, timeZone: string): string {
  const total = arrivals.reduce((sum, { admitted }) => sum + admitted, 0);
  if (total === 0) return words.nobodyYet;
  const peak = arrivals.reduce((most, minute) => (minute.admitted > most.admitted ? minute : most));
  const time = clockTime(peak.minute * minuteMs, timeZone);
  return words.arrivalsSummary(count.format(total), time, peak.admitted, count.format(peak.admitted));
}

/** What is read out, now and then, to somebody who does not see the board. */
export function announcement({ totals, arrivingPerMinute }: Board): string {
  const [admitted, sold] = [count.format(totals.admitted), count.format(totals.sold)];
  return words.announced(admitted, count.format(arrivingPerMinute), sold);
}

/** `14 s`, `3 min`, `2 h`. */
export function ageWords(ageMs: number): string {
  const secondsShownMs = 2 * minuteMs;
  if (ageMs < secondsShownMs) return words.seconds(Math.round(ageMs / secondMs));
  const hoursShownMs = 2 * hourMs;
  return ageMs < hoursShownMs ? words.minutes(Math.floor(ageMs / minuteMs)) : words.hours(Math.floor(ageMs / hourMs));
}

/** `21:04:31`: on this page a minute is long. */
function timeOfDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}
