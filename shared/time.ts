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
