import ical from 'ical-generator';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { orderEvents, type Order } from '#shared/orders/order.ts';
import { pathTo } from '#workers/routes.ts';

/** Its events as a calendar file (RFC 5545). Times are UTC: every calendar shows them in its owner's zone. */
export function calendarFile(
  { orderId, snapshot }: Order,
  tickets: readonly ShownTicket[],
  publicOrigin: string,
): string {
  const events = orderEvents(snapshot);
  const name = events.map(({ title }) => title).join(', ');
  const calendar = ical({ name, prodId: { company: '247GBS', product: 'Expo', language: 'EN' } });
  for (const [index, event] of events.entries()) {
    const { title, summary, venueName, venueAddress, city, eventId } = event;
    // An event that moved since: its tickets know.
    const { startsAtMs, endsAtMs } = tickets.find((ticket) => ticket.eventId === eventId)?.event ?? event;
    calendar.createEvent({
      // The first keeps the order's own id, by which calendars know it from before an order could be for several.
      id: index === 0 ? orderId : `${orderId}/${event.eventId}`,
      start: new Date(startsAtMs),
      end: new Date(endsAtMs),
      summary: title,
      description: summary,
      location: `${venueName}, ${venueAddress}, ${city}`,
      url: `${publicOrigin}${pathTo('order', { orderId })}`,
    });
  }
  return calendar.toString();
}
