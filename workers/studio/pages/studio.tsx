import { Layout } from '#workers/ui/layout.tsx';
import { DateBlock } from '#workers/ui/components/date-block.tsx';
import { eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { StudioNavigation } from './navigation.tsx';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.studio;

/** What needs eyes now comes first; what is over, last. */
const order: Readonly<Record<EventCard['phase'], number>> = { open_now: 0, upcoming: 1, ended: 2, cancelled: 3 };

type StudioPageProps = { viewer: Viewer; events: EventCard[]; tools: readonly Tool[] };

export function StudioPage({ viewer, events, tools }: StudioPageProps) {
  const sorted = events.toSorted(
    (one, other) => order[one.phase] - order[other.phase] || one.startsAtMs - other.startsAtMs,
  );
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <StudioTools current="events" shown={tools} />
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      <ul class="runs">
        {sorted.map((event) => (
          <Run event={event} />
        ))}
      </ul>
    </Layout>
  );
}

function Run({ event }: { event: EventCard }) {
  const { startsAtMs, endsAtMs, timeZone } = event;
  return (
    <li class={`run is-${event.phase}`}>
      <DateBlock at={startsAtMs} timeZone={timeZone} />
      <div>
        <h2>{event.title}</h2>
        <p>
          {eventSpan(startsAtMs, endsAtMs, timeZone)}. {event.venueName}, {event.city}
        </p>
      </div>
      {event.phase !== 'upcoming' && (
        <p class={event.phase === 'open_now' ? 'tag live' : 'tag'}>{messages.storefront.phase[event.phase]}</p>
      )}
      <StudioNavigation event={event} />
    </li>
  );
}
