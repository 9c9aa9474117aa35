import { dayMs, hourMs, minuteMs, type EpochMs } from '../time.ts';

/**
 * How long a session lasts, and what it must show. A customer comes back months later, on the evening of the event, and
 * should find the tickets: half a year, if the browser is seen at least once a month. A member of staff moves other
 * people's money and doors: a shift of twelve hours, however busy.
 */
export const lifetimes = {
  customer: { idleMs: 30 * dayMs, absoluteMs: 180 * dayMs },
  staff: { absoluteMs: 12 * hourMs },
  /** A staff session in a browser that can hold no key: nothing ties it to the machine, so it is short. */
  unlockedStaff: { absoluteMs: hourMs },
} as const;

/** A token is replaced about daily, so that a copy from an old backup or log is worth nothing. */
export const rotateAfterMs = dayMs;
/** Requests under way while it is replaced still carry the one before. */
export const previousTokenMs = minuteMs;
/** Often enough for a list of sessions to be true, seldom enough to be no load. */
export const noteSeenAfterMs = 5 * minuteMs;
/** How long a browser is believed to still hold its key. */
export const boundMs = 10 * minuteMs;
/** How long after proving who they are somebody may move money and give roles without doing so again. */
export const recentProofMs = 10 * minuteMs;
/** A key may be named only while it is surely still the person's own browser that names it. */
export const nameKeyWithinMs = 15 * minuteMs;

export type SessionTimes = {
  readonly createdAtMs: EpochMs;
  readonly lastSeenAtMs: EpochMs;
  readonly expiresAtMs: EpochMs;
};

export function isOver(session: SessionTimes, isStaff: boolean, now: EpochMs): boolean {
  if (now >= session.expiresAtMs) return true;
  if (now - session.lastSeenAtMs >= lifetimes.customer.idleMs) return true;
  // Also for whoever was given a role in the middle of a long session.
  return isStaff && now - session.createdAtMs >= lifetimes.staff.absoluteMs;
}

export type Holder = {
  readonly isStaff: boolean;
  readonly hasLiveTickets: boolean;
};

/** Whether what a session may open is worth stealing: then it must stay in the browser it was made in. */
export function isLocked({ isStaff, hasLiveTickets }: Holder): boolean {
  return isStaff || hasLiveTickets;
}

/** What stands between a session and pages that open gates or move money; undefined when nothing does. */
export type Want =
  /** Staff: this browser has no key yet. */
  | 'name_key'
  /** Show that the key is still here. */
  | 'prove_key'
  /** A new browser of somebody who has others: a code, or a word from an old one. */
  | 'confirm_device';

export function wantOf(
  session: SessionTimes & { readonly hasKey: boolean; readonly isConfirmed: boolean; readonly isBound: boolean },
  holder: Holder,
): Want | undefined {
  if (!isLocked(holder)) return undefined;
  if (!session.isConfirmed) return 'confirm_device';
  if (session.hasKey) return session.isBound ? undefined : 'prove_key';
  if (!holder.isStaff) return undefined;
  return session.expiresAtMs - session.createdAtMs <= lifetimes.unlockedStaff.absoluteMs ? undefined : 'name_key';
}
