import { EventCard } from '#workers/ui/components/event-card.tsx';
import { Prose } from '#workers/ui/components/prose.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { BusinessView, EventCard as Event } from '#workers/ui/views.ts';

const words = messages.storefront.business;

type BusinessPageProps = { viewer: Viewer; business: BusinessView; events: Event[] };

export function BusinessPage({ viewer, business, events }: BusinessPageProps) {
  return (
    <Layout
      viewer={viewer}
      title={business.name}
      description={business.tagline}
      section="events"
      styles={['public.css']}
    >
      <header class="business">
        {business.logoUrl && <img src={business.logoUrl} alt="" width="160" height="160" />}
        <div>
          <p class="kicker">
            {business.category}, {business.city}
          </p>
          <h1>{business.name}</h1>
          <p class="summary">{business.tagline}</p>
        </div>
      </header>
      <section>
        <div class="section-head">
          <h2>{words.about}</h2>
        </div>
        <Prose text={business.story} />
        {business.website && (
          <p class="after">
            <a href={business.website} rel="noreferrer">
              {words.website}: {business.website.replace(/^https?:\/\//, '')}
            </a>
          </p>
        )}
      </section>
      <section>
        <div class="section-head">
          <h2>{words.events(business.name)}</h2>
        </div>
        {events.length === 0 ? (
          <p class="empty">{words.noEvents}</p>
        ) : (
          <ul class="cards">
            {events.map((event) => (
              <EventCard event={event} heading="h3" />
            ))}
          </ul>
        )}
      </section>
    </Layout>
  );
}
