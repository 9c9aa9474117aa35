import { giftDays } from '#shared/people/gift.ts';
import type { EventForSale } from '#workers/operations/event-for-sale.ts';
import type { Choice } from '#workers/operations/load-choice.ts';

/** The event that begins first: a gift must be there before it. */
export function firstEvent({ sales }: Pick<Choice, 'sales'>): EventForSale['event'] | undefined {
  return sales.map(({ event }) => event).toSorted((a, b) => a.startsAtMs - b.startsAtMs)[0];
}

export function daysOf(choice: Pick<Choice, 'sales'>, now: number) {
  const first = firstEvent(choice);
  return giftDays(now, first?.startsAtMs, first?.timeZone ?? 'UTC');
}
