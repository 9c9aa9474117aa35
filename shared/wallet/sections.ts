import type { TicketStatus } from '../tickets/status.ts';
import { dayMs, hourMs, localDay, startOfDay, type EpochMs } from '../time.ts';

/** What a wallet must know of a ticket to put it where its holder looks for it. */
export type KeptTicket = {
  readonly status: TicketStatus;
  /** When it opens a gate; empty where only the event's own times are known. */
  readonly windows: readonly Window[];
  readonly event: { readonly startsAtMs: EpochMs; readonly endsAtMs: EpochMs; readonly timeZone: string };
  readonly lastEntryAtMs?: EpochMs | undefined;
  /** From when its code may be shown. */
  readonly codeFrom?: EpochMs | undefined;
};
type Window = { readonly from: EpochMs; readonly until: EpochMs };

/** now: to be shown today · coming: ahead · past: over, given back, or used on another day. */
export type WalletSection = 'now' | 'coming' | 'past';

/** Doors that open after midnight, or early tomorrow, are tonight's to whoever is on the way. */
const onTheWayMs = 6 * hourMs;

export function sectionOf(ticket: KeptTicket, now: EpochMs): WalletSection {
  const { status, event, lastEntryAtMs } = ticket;
  if (status === 'refunded' || status === 'expired') return 'past';
  const ahead = windowsOf(ticket).filter(({ until }) => until > now);
  if (ahead.length === 0) return 'past';
  if (status === 'redeemed') {
    const wasToday =
      lastEntryAtMs !== undefined && localDay(lastEntryAtMs, event.timeZone) === localDay(now, event.timeZone);
    return wasToday ? 'now' : 'past';
  }
  return ahead.some((window) => isToday(window, event.timeZone, now)) ? 'now' : 'coming';
}

/** When it is next good, or was last: what a list is sorted by and a stub is dated with. */
export function dateOf(ticket: KeptTicket, now: EpochMs): EpochMs {
  const windows = windowsOf(ticket);
  return (windows.find(({ until }) => until > now) ?? windows.at(-1))?.from ?? ticket.event.startsAtMs;
}

/** The one to hold out first comes first: not used yet, then whichever can be used soonest, then whichever ends soonest. */
export function byUrgency(one: KeptTicket, other: KeptTicket, now: EpochMs): number {
  const isUsed = ({ status }: KeptTicket) => Number(status === 'redeemed');
  const opens = (ticket: KeptTicket) => Math.max(now, dateOf(ticket, now));
  const ends = (ticket: KeptTicket) =>
    windowsOf(ticket).find(({ until }) => until > now)?.until ?? ticket.event.endsAtMs;
  return isUsed(one) - isUsed(other) || opens(one) - opens(other) || ends(one) - ends(other);
}

/**
 * The next instant at which time alone changes what a wallet shows: a window opens or closes, a code may be shown, a day
 * ends. No log tells of these, so a page that stays open must look again then.
 */
export function nextTurnMs(tickets: readonly KeptTicket[], now: EpochMs): EpochMs | undefined {
  const turns = tickets
    .filter(({ status }) => status !== 'refunded' && status !== 'expired')
    .flatMap((ticket) => [
      ...windowsOf(ticket).flatMap(({ from, until }) => [from - onTheWayMs, from, until]),
      ...(ticket.codeFrom === undefined ? [] : [ticket.codeFrom]),
      ...midnights(ticket.event.timeZone, now),
    ])
    .filter((at) => at > now);
  const next = Math.min(...turns);
  return Number.isFinite(next) ? next : undefined;
}

function windowsOf({ windows, event }: KeptTicket): readonly Window[] {
  return windows.length > 0 ? windows : [{ from: event.startsAtMs, until: event.endsAtMs }];
}

/** The next midnight is among these, whether a change of the clocks makes this day longer or shorter. */
function midnights(timeZone: string, now: EpochMs): EpochMs[] {
  return [dayMs - hourMs, dayMs, dayMs + hourMs].flatMap(
    (aheadMs) => startOfDay(localDay(now + aheadMs, timeZone), timeZone) ?? [],
  );
}

function isToday({ from }: Window, timeZone: string, now: EpochMs): boolean {
  return from - now <= onTheWayMs || localDay(from, timeZone) === localDay(now, timeZone);
}
