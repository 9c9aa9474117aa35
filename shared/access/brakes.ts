import { dayMs, hourMs, minuteMs, type EpochMs } from '../time.ts';

/**
 * How often something may be tried. Never by network address alone: a carrier puts a whole town behind one. And nobody
 * can use up what somebody else needs to get in: a browser that is known to be a person's has a budget of its own, links
 * that were sent keep working, and passkeys have no brake at all.
 */
export type Brake = {
  /** What is counted: an address, a browser, a known device, somebody who is signed in, somebody's pseudonym, a ticket, all who are
   * not at a business. */
  readonly by: 'address' | 'browser' | 'device' | 'person' | 'customer' | 'ticket' | 'business';
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
};

/** Codes asked for by a browser nobody knows: a stranger must not fill somebody's inbox, nor try many addresses. */
export const askingBrakes = {
  unknown: [
    { by: 'address', name: 'ask', limit: 6, windowMs: 15 * minuteMs },
    { by: 'address', name: 'ask-day', limit: 25, windowMs: dayMs },
    { by: 'browser', name: 'ask', limit: 12, windowMs: hourMs },
  ],
  /** Whatever strangers did meanwhile. */
  known: [{ by: 'device', name: 'ask', limit: 12, windowMs: hourMs }],
} as const satisfies Record<string, readonly Brake[]>;

/**
 * Five tries a code are one in 200,000. Many codes would add up, so past this many wrong ones in a day from browsers
 * nobody knows, codes for the address stop counting there; the links in the same mails go on.
 */
export const wrongCodes: Brake = { by: 'address', name: 'wrong', limit: 20, windowMs: dayMs };

export const triesPerChallenge = 5;
export const challengeMs = 10 * minuteMs;

/** Places taken on waitlists: each sends a mail, and a stranger must not fill somebody's inbox with those either. */
export const waitingBrake: Brake = { by: 'address', name: 'wait', limit: 8, windowMs: hourMs };

/**
 * Promo codes that were wrong. Short ones can be guessed, so strangers are counted together too: a browser that forgets its
 * cookies has a new name each time. Who is signed in has tries of their own.
 */
export const promoBrakes = {
  browser: { by: 'browser', name: 'promo', limit: 12, windowMs: hourMs },
  strangers: { by: 'business', name: 'promo', limit: 600, windowMs: hourMs },
  person: { by: 'person', name: 'promo', limit: 30, windowMs: hourMs },
} as const satisfies Record<string, Brake>;

/** Gifts: each sends a mail to somebody who did not ask for it. */
export const giftBrakes = {
  address: { by: 'address', name: 'gift', limit: 10, windowMs: dayMs },
  browser: { by: 'browser', name: 'gift', limit: 20, windowMs: dayMs },
} as const satisfies Record<string, Brake>;

/**
 * Tickets offered by mail, counted for whoever it is sent to, because nobody's inbox is filled by strangers, and for whoever
 * sends it: a ticket must not be a way to mail the world. A link that is handed on mails its giver alone.
 */
export const givingBrakes = {
  receiver: { by: 'address', name: 'transfer', limit: 6, windowMs: dayMs },
  giver: { by: 'customer', name: 'transfer', limit: 30, windowMs: dayMs },
  ticket: { by: 'ticket', name: 'transfer', limit: 12, windowMs: dayMs },
} as const satisfies Record<string, Brake>;

/** Codes made anew: each mails its holder, and the number of generations a code can say has an end. */
export const reissueBrake: Brake = { by: 'ticket', name: 'reissue', limit: 6, windowMs: dayMs };

export type Counted = { readonly count: number; readonly windowEndsAtMs: EpochMs };

/** Whole minutes until all of the brakes let go; undefined when none holds. Each count includes this try. */
export function minutesToWait(
  counted: readonly (Counted & { readonly limit: number })[],
  now: EpochMs,
): number | undefined {
  const held = counted.filter(({ count, limit }) => count > limit);
  if (held.length === 0) return undefined;
  return Math.max(1, Math.ceil((Math.max(...held.map(({ windowEndsAtMs }) => windowEndsAtMs)) - now) / minuteMs));
}
