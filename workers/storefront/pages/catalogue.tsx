import { EventCard } from '#workers/ui/components/event-card.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard as Event } from '#workers/ui/views.ts';

const words = messages.storefront.catalogue;

export function CataloguePage({ viewer, events }: { viewer: Viewer; events: Event[] }) {
  const coming = events.filter(({ phase }) => phase !== 'ended');
  const past = events.filter(({ phase }) => phase === 'ended');
  const [next, ...later] = coming;
  return (
    <Layout viewer={viewer} title={words.title} description={words.lead} section="events" styles={['public.css']}>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      {next === undefined ? <p class="empty">{words.empty}</p> : <Cards title={words.next} events={[next]} lead />}
      {later.length > 0 && <Cards title={words.list} events={later} />}
      {past.length > 0 && <Cards title={words.past} events={past} />}
    </Layout>
  );
}

function Cards({ title, events, lead }: { title: string; events: Event[]; lead?: boolean }) {
  return (
    <section>
      {lead ? (
        <h2 class="hidden">{title}</h2>
      ) : (
        <div class="section-head">
          <h2>{title}</h2>
          <p>{words.count(events.length)}</p>
        </div>
      )}
      <ul class="cards">
        {events.map((event) => (
          <EventCard event={event} heading="h3" lead={lead} eager={lead} />
        ))}
      </ul>
    </section>
  );
}
