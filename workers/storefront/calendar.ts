import ical from 'ical-generator';
import type { Order } from '#shared/orders/order.ts';
import { pathTo } from '#workers/routes.ts';

/** The event as a calendar file (RFC 5545). Times are UTC: every calendar shows them in its owner's zone. */
export function calendarFile({ orderId, snapshot }: Order, publicOrigin: string): string {
  const { title, summary, venueName, venueAddress, city, startsAtMs, endsAtMs } = snapshot.event;
  const calendar = ical({ name: title, prodId: { company: '247GBS', product: 'Expo', language: 'EN' } });
  calendar.createEvent({
    id: orderId,
    start: new Date(startsAtMs),
    end: new Date(endsAtMs),
    summary: title,
    description: summary,
    location: `${venueName}, ${venueAddress}, ${city}`,
    url: `${publicOrigin}${pathTo('order', { orderId })}`,
  });
  return calendar.toString();
}
