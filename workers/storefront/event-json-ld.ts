import type { Availability, EventView } from '#workers/ui/views.ts';
import { pathTo } from '#workers/routes.ts';

const stockStates: Readonly<Record<Availability, string>> = {
  available: 'https://schema.org/InStock',
  few_left: 'https://schema.org/LimitedAvailability',
  sold_out: 'https://schema.org/SoldOut',
  not_yet_on_sale: 'https://schema.org/PreOrder',
  sale_ended: 'https://schema.org/Discontinued',
};

/** Best news first. */
const availabilities = Object.keys(stockStates) as Availability[];

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
    offers: aggregateOffer(event, url),
  });
}

/** One offer for the whole event: each ticket spelt out twice would weigh more than the rest of the page's promises. */
function aggregateOffer({ offers }: EventView, url: string) {
  const prices = offers.map(({ price }) => price.amountMinor);
  const major = (amountMinor: number) => (amountMinor / 100).toFixed(2);
  const best = availabilities.find((availability) => offers.some((offer) => offer.availability === availability));
  return {
    '@type': 'AggregateOffer',
    offerCount: offers.length,
    lowPrice: major(Math.min(...prices)),
    highPrice: major(Math.max(...prices)),
    priceCurrency: offers[0]?.price.currency,
    availability: stockStates[best ?? 'sale_ended'],
    url,
  };
}
