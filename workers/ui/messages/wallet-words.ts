import type { TicketStatus } from '#shared/tickets/status.ts';
import { localDay, type EpochMs } from '#shared/time.ts';
import { clockTime, dayAndTime, span } from './dates.ts';
import { walletMessages as words } from './en.ts';

/** What is known of a ticket where its status is said in words. */
export type StatusFacts = {
  readonly status: TicketStatus;
  readonly timeZone: string;
  readonly windows?: readonly { readonly from: EpochMs; readonly until: EpochMs }[];
  readonly lastEntry?: { readonly atMs: EpochMs; readonly gateName: string } | undefined;
  readonly codeFrom?: EpochMs | undefined;
  /** Its code is made by a phone, and none was chosen yet. */
  readonly needsActivation?: boolean;
  readonly admits?: number;
  readonly admitted?: number;
};

/** A status the way a person would say it: what it is, since when, and what to do. One sentence or two. */
export function statusLine(facts: StatusFacts, now: EpochMs): string {
  const { status, timeZone, lastEntry, windows = [], codeFrom } = facts;
  switch (status) {
    case 'reserved':
      return words.says.reserved;
    case 'paid':
      if (codeFrom !== undefined && codeFrom > now) return words.says.paidUntil(dayAndTime(codeFrom, timeZone));
      return facts.needsActivation === true ? words.says.paidToActivate : words.says.paid;
    case 'active':
      return lastEntry === undefined ? readyLine(windows, timeZone, now) : insideLine(facts, lastEntry, now);
    case 'redeemed':
      return lastEntry === undefined
        ? words.says.redeemed
        : words.says.usedAt(lastEntry.gateName, momentOf(lastEntry.atMs, timeZone, now));
    case 'expired': {
      const last = windows.at(-1);
      return last === undefined ? words.says.expired : words.says.expiredAt(dayAndTime(last.until, timeZone));
    }
    case 'refunded':
      return words.says.refunded;
    case 'suspended':
      return words.says.suspended;
  }
}

/** Seats that wait for an order; until when, where its buyer has to do something. */
export function reservedLine(untilMs: EpochMs | undefined, timeZone: string): string {
  return untilMs === undefined ? words.says.reserved : words.says.reservedUntil(clockTime(untilMs, timeZone));
}

/** `14:02` today, `Sat 28 Nov, 14:02` on another day. */
export function momentOf(at: EpochMs, timeZone: string, now: EpochMs): string {
  return localDay(at, timeZone) === localDay(now, timeZone) ? clockTime(at, timeZone) : dayAndTime(at, timeZone);
}

function readyLine(windows: NonNullable<StatusFacts['windows']>, timeZone: string, now: EpochMs): string {
  const next = windows.find(({ until }) => until > now);
  if (next === undefined) return words.says.active;
  return next.from <= now ? words.says.ready : words.says.readyOn(span(next.from, next.until, timeZone));
}

function insideLine(
  { admits = 1, admitted = 0, timeZone }: StatusFacts,
  { gateName, atMs }: NonNullable<StatusFacts['lastEntry']>,
  now: EpochMs,
): string {
  const entered = words.says.inAt(gateName, momentOf(atMs, timeZone, now));
  return admits > 1 ? words.says.inOf(entered, Math.min(admitted, admits), admits) : entered;
}
