import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventView } from '#workers/ui/views.ts';
import { Exhibitors } from './exhibitors.tsx';
import { GetTicketsBar, Opening } from './opening.tsx';
import { Organiser, Reviews, Terms, Venue } from './particulars.tsx';
import { Programme } from './programme.tsx';
import { About, Included, Rewards } from './promises.tsx';
import { Tickets } from './tickets.tsx';

/**
 * The page an event sells itself on. It is cached for everyone alike, so the reader is always anonymous and how many
 * tickets are left is asked for again by a small island.
 */
type EventPageProps = {
  event: EventView;
  /** schema.org Event, as JSON. */
  jsonLd: string;
  /** Scheme and host, for the absolute addresses that shared links need. */
  origin: string;
  viewer?: Viewer | undefined;
};

export function EventPage({ event, jsonLd, origin, viewer = 'anonymous' }: EventPageProps) {
  return (
    <Layout
      viewer={viewer}
      section="events"
      title={event.title}
      description={event.summary}
      canonical={origin + pathTo('event', { slug: event.slug })}
      pictureUrl={origin + event.heroUrl}
      preloadPicture={event.heroUrl}
      jsonLd={jsonLd}
      islands={event.offers.length > 0 ? ['storefront/availability.island.js'] : undefined}
      styles={['public.css']}
    >
      <Opening event={event} />
      <About event={event} />
      <Tickets event={event} />
      <Included event={event} />
      <Rewards event={event} />
      <Programme event={event} />
      <Exhibitors event={event} />
      <Reviews event={event} />
      <Venue event={event} />
      <Organiser event={event} />
      <Terms event={event} />
      <GetTicketsBar event={event} />
    </Layout>
  );
}
