import type { TicketType, Validity } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { dayAndTime, shortDay, shortDaySpan, span, timeSpan } from './dates.ts';
import { storefrontMessages as words } from './en.ts';

/** A ticket type's rules, said the way a person would. */

type Window = { from: number; until: number };

/** Windows beyond this many are counted instead of listed. */
const windowsListedMax = 3;

export function validityWords(validity: Validity, timeZone: string): string {
  if (validity.kind === 'after_first_entry') {
    const { window, minutes } = validity;
    return words.validity.afterFirstEntry(durationWords(minutes), span(window.from, window.until, timeZone));
  }
  return windowsWords(validity.windows, timeZone);
}

export function windowsWords(windows: readonly Window[], timeZone: string): string {
  const together = sameHours(windows, timeZone);
  if (together !== undefined) return together;
  const listed = windows.slice(0, windowsListedMax).map(({ from, until }) => span(from, until, timeZone));
  const more = windows.length - listed.length;
  return more > 0 ? words.validity.moreWindows(listed.join('; '), more) : listed.join('; ');
}

/** Windows that differ only in their day: `Fri 27 – Sun 29 Nov, 10:00–18:00`, or `Fri 27 Nov and Sun 29 Nov, …`. */
function sameHours(windows: readonly Window[], timeZone: string): string | undefined {
  const [first, last] = [windows[0], windows.at(-1)];
  if (windows.length < 2 || first === undefined || last === undefined) return undefined;
  const hours = new Set(windows.map(({ from, until }) => timeSpan(from, until, timeZone)));
  const [only] = hours;
  if (hours.size !== 1 || only === undefined) return undefined;
  if (areDaily(windows)) return `${shortDaySpan(first.from, last.from, timeZone)}, ${only}`;
  if (windows.length > windowsListedMax) return undefined;
  const days = windows.map(({ from }) => shortDay(from, timeZone));
  return `${days.slice(0, -1).join(', ')}${words.validity.and}${days.at(-1)}, ${only}`;
}

/** One window each day, day after day; a change of the clocks makes one of the days an hour longer or shorter. */
function areDaily(windows: readonly Window[]): boolean {
  return windows.every(({ from }, index) => {
    const before = windows[index - 1];
    return before === undefined || Math.abs(from - before.from - dayMs) <= hourMs;
  });
}

function durationWords(minutes: number): string {
  const minutesPerHour = 60;
  const minutesPerDay = 24 * minutesPerHour;
  if (minutes % minutesPerDay === 0) return words.validity.days(minutes / minutesPerDay);
  if (minutes % minutesPerHour === 0) return words.validity.hours(minutes / minutesPerHour);
  return words.validity.minutes(minutes);
}

export function entryWords({ entry, admits }: TicketType): string {
  const way = entry.kind === 'count' ? words.entry.count(entry.entries) : words.entry[entry.kind];
  return admits > 1 ? `${words.event.admits(admits)}. ${way}` : way;
}

export function refundWords({ refund }: TicketType, timeZone: string): string {
  if (refund.kind === 'none') return words.refund.none;
  const when = dayAndTime(refund.until, timeZone);
  return refund.feePercent === 0 ? words.refund.until(when) : words.refund.untilWithFee(when, refund.feePercent);
}

/** What the buyer should know before, because the gate will insist on it. */
export function conditionWords(type: TicketType): string[] {
  const conditions: string[] = [];
  if (type.identity === 'name_check') conditions.push(words.event.nameCheck);
  if (type.identity === 'verified_holder') conditions.push(words.event.verifiedHolder);
  if (type.code === 'live_only') conditions.push(words.event.liveCode);
  if (!type.transferable) conditions.push(words.event.notTransferable);
  return conditions;
}
