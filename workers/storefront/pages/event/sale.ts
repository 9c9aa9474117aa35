import type { EventView, TicketOffer } from '#workers/ui/views.ts';

/** Whether a buyer can take this ticket now. */
export function isOnSale({ availability }: TicketOffer): boolean {
  return availability === 'available' || availability === 'few_left';
}

export function sellsNow(event: EventView): boolean {
  return event.phase !== 'cancelled' && event.phase !== 'ended' && event.offers.some(isOnSale);
}

/** The most that one order may take of an offer. */
export function mostPerOrder({ type, left }: TicketOffer): number {
  return Math.min(type.perOrderMax, left ?? type.perOrderMax);
}
