import * as v from 'valibot';
import { emailSchema } from '../access/address.ts';
import { dayMs, hourMs, localDay, startOfDay, type EpochMs } from '../time.ts';
import { mailedMessageSchema, mailedNameSchema } from './mailed-words.ts';

export const giftMessageMax = 500;
/** Nobody waits longer for a birthday. */
const giftWithinMs = 366 * dayMs;
/** When a gift that was planned for a day arrives, by the clocks of the first event. */
const deliveryHour = 9;

/** Who is given something, and what is said with it. */
export const giftSchema = v.object({
  name: mailedNameSchema,
  email: emailSchema,
  message: mailedMessageSchema(giftMessageMax),
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
