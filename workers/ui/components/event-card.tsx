import { pathTo } from '#workers/routes.ts';
import type { EventCard as Event } from '#workers/ui/views.ts';
import { messages } from '../messages/en.ts';
import { DateBlock } from './date-block.tsx';
import { EventWhen } from './event-when.tsx';
import { priceText } from '../messages/prices.ts';

const words = messages.storefront;

type EventCardProps = {
  event: Event;
  heading: 'h2' | 'h3';
  /** The first card of a page is seen at once; the others can wait. */
  eager?: boolean | undefined;
  /** Wide, with its line of summary. */
  lead?: boolean | undefined;
};

/** An event as a ticket: its picture, torn off from its facts. The whole card is one link. */
export function EventCard({ event, heading: Heading, eager, lead }: EventCardProps) {
  return (
    <li class={lead ? 'card lead' : 'card'}>
      <img
        src={event.heroUrl}
        alt=""
        width="1600"
        height="900"
        loading={eager ? 'eager' : 'lazy'}
        fetchpriority={eager ? 'high' : undefined}
        decoding="async"
      />
      <div class="card-body">
        <DateBlock at={event.startsAtMs} timeZone={event.timeZone} />
        <div>
          <Heading>
            <a href={pathTo('event', { slug: event.slug })}>{event.title}</a>
          </Heading>
          {lead && <p class="summary">{event.summary}</p>}
          <p>
            {event.venueName}, {event.city}
          </p>
          <p>
            <EventWhen event={event} />
          </p>
          <CardPrice event={event} />
        </div>
      </div>
    </li>
  );
}

function CardPrice({ event }: { event: Event }) {
  if (event.phase === 'ended' || event.phase === 'cancelled') return <p class="tag">{words.phase[event.phase]}</p>;
  return (
    <p class="card-price">
      {event.phase === 'open_now' && <span class="tag live">{words.phase.open_now}</span>}
      {event.from === undefined ? (
        words.price.nothing
      ) : (
        <>
          {event.from.amountMinor > 0 && <small>{words.price.from} </small>}
          <b class="price">{priceText(event.from)}</b>
        </>
      )}
    </p>
  );
}
