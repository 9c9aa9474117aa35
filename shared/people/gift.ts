import * as v from 'valibot';
import { emailSchema } from '../access/address.ts';
import { dayMs, hourMs, localDay, startOfDay, type EpochMs } from '../time.ts';
import { nameSchema } from './contact.ts';
import { hasLink } from './link.ts';

export const giftMessageMax = 500;
/** Nobody waits longer for a birthday. */
const giftWithinMs = 366 * dayMs;
/** When a gift that was planned for a day arrives, by the clocks of the first event. */
const deliveryHour = 9;

/**
 * A ticket that costs nothing can be sent to anybody with a message of one's own: with an address to open in it, that would
 * be advertising in our name.
 */
const withoutLinks = v.check((text: string) => !hasLink(text), 'No links.');

export const giverNameSchema = v.pipe(nameSchema, withoutLinks);

/** Who is given something, and what is said with it. */
export const giftSchema = v.object({
  name: giverNameSchema,
  email: emailSchema,
  message: v.pipe(v.string(), v.trim(), v.maxLength(giftMessageMax), withoutLinks),
});

/** The first and the last day on which a gift can arrive: from today until its first event begins. */
export function giftDays(
  now: EpochMs,
  startsAtMs: EpochMs | undefined,
  timeZone: string,
): { readonly first: string; readonly last: string } {
  const first = localDay(now, timeZone);
  const last = localDay(Math.min(startsAtMs ?? Number.POSITIVE_INFINITY, now + giftWithinMs), timeZone);
  return { first, last: last < first ? first : last };
}

/**
 * When a gift planned for a day is sent: at once today, else in its morning. Undefined for a day on which it cannot be;
 * no day is today.
 */
export function giftAtMs(
  day: string,
  days: { readonly first: string; readonly last: string },
  now: EpochMs,
  timeZone: string,
): EpochMs | undefined {
  if (day === '' || day === days.first) return now;
  const startsAt = startOfDay(day, timeZone);
  if (startsAt === undefined || day < days.first || day > days.last) return undefined;
  return startsAt + deliveryHour * hourMs;
}
