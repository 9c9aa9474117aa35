/** Instants are UTC epoch milliseconds, everywhere. A zone (IANA name) is only for showing them to people. */
export type EpochMs = number;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** ISO calendar day, such as `2026-11-22`, of an instant in a zone. */
export function localDay(at: EpochMs, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}
