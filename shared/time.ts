/** Instants are UTC epoch milliseconds, everywhere. A zone (IANA name) is only for showing them to people. */
export type EpochMs = number;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Making a formatter costs a hundred times what using it does, and every scan asks for a day. One a zone: there are few. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(timeZone, format);
  }
  return format;
}

/** ISO calendar day, such as `2026-11-22`, of an instant in a zone. */
export function localDay(at: EpochMs, timeZone: string): string {
  return dayFormat(timeZone).format(at);
}

/** The instant at which an ISO day begins by a zone's clocks; undefined for what is no day. */
export function startOfDay(day: string, timeZone: string): EpochMs | undefined {
  return localInstant(day, '00:00', timeZone);
}

/** The instant at which a zone's clocks show a time, such as `18:30`, of an ISO day; undefined for what is none. */
export function localInstant(day: string, clock: string, timeZone: string): EpochMs | undefined {
  const isWritten = /^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d$/.test(clock);
  const asUtc = isWritten ? Date.parse(`${day}T${clock}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return undefined;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = asUtc - aheadMs(asUtc, timeZone);
  return asUtc - aheadMs(guess, timeZone);
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function aheadMs(at: EpochMs, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '00';
  const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(local) - Math.floor(at / secondMs) * secondMs;
}
