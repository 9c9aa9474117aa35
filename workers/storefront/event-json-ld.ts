import type { Availability, EventView } from '#workers/ui/views.ts';
import { pathTo } from '#workers/routes.ts';

const stockStates: Readonly<Record<Availability, string>> = {
  available: 'https://schema.org/InStock',
  few_left: 'https://schema.org/LimitedAvailability',
  sold_out: 'https://schema.org/SoldOut',
  not_yet_on_sale: 'https://schema.org/PreOrder',
  sale_ended: 'https://schema.org/Discontinued',
};

/** schema.org Event (schema.org/Event), for search engines. */
export function eventJsonLd(event: EventView, origin: string): string {
  const url = `${origin}${pathTo('event', { slug: event.slug })}`;
  return JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    description: event.summary,
    startDate: new Date(event.startsAtMs).toISOString(),
    endDate: new Date(event.endsAtMs).toISOString(),
    eventStatus: `https://schema.org/${event.phase === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    image: [`${origin}${event.heroUrl}`, `${origin}${event.posterUrl}`],
    url,
    location: {
      '@type': 'Place',
      name: event.venueName,
      address: {
        '@type': 'PostalAddress',
        streetAddress: event.venueAddress,
        addressLocality: event.city,
        addressCountry: event.countryCode,
      },
    },
    organizer: { '@type': 'Organization', name: event.business.name },
    offers: event.offers.map(({ type, price, availability }) => ({
      '@type': 'Offer',
      name: type.name,
      price: (price.amountMinor / 100).toFixed(2),
      priceCurrency: price.currency,
      availability: stockStates[availability],
      validFrom: new Date(type.sale.from).toISOString(),
      url,
    })),
  });
}
