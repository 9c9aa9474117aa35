import { priceText } from '#workers/ui/messages/prices.ts';
import { daySpan, isoInstant, openHours, zoneName } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView } from '#workers/ui/views.ts';
import { sellsNow } from './sale.ts';

const words = messages.storefront;

/** The poster: art, the title pasted over it, and the three facts everybody looks for. */
export function Opening({ event }: { event: EventView }) {
  return (
    <>
      <header class="hero">
        <img src={event.heroUrl} alt="" width="1600" height="900" fetchpriority="high" />
        <div class="hero-text">
          <p class="kicker">
            <span>
              {event.category}, {event.city}
            </span>
          </p>
          <h1>
            <span>{event.title}</span>
          </h1>
        </div>
      </header>
      {event.phase === 'cancelled' && <p class="notice refusal">{words.event.cancelled}</p>}
      {event.phase === 'ended' && <p class="notice news">{words.event.ended}</p>}
      <Facts event={event} />
      <Contents event={event} />
    </>
  );
}

function Facts({ event }: { event: EventView }) {
  const { startsAtMs, endsAtMs, timeZone } = event;
  return (
    <dl class="facts">
      <div>
        <dt>{words.event.when}</dt>
        <dd>
          <time datetime={isoInstant(startsAtMs)}>{daySpan(startsAtMs, endsAtMs, timeZone)}</time>
          <small>
            {openHours(startsAtMs, endsAtMs, timeZone)} ({words.event.localTime(zoneName(startsAtMs, timeZone))})
          </small>
        </dd>
      </div>
      <div>
        <dt>{words.event.where}</dt>
        <dd>
          {event.venueName}
          <small>{event.city}</small>
        </dd>
      </div>
      <div>
        <dt>{words.event.price}</dt>
        <dd>
          {event.from === undefined ? words.price.nothing : <FromPrice event={event} />}
          {event.rating && <small>{words.event.rating(event.rating.average.toFixed(1), event.rating.count)}</small>}
        </dd>
      </div>
    </dl>
  );
}

function FromPrice({ event }: { event: EventView }) {
  if (event.from === undefined) return null;
  const text = priceText(event.from);
  return <span class="price">{event.from.amountMinor === 0 ? text : words.event.getFrom(text)}</span>;
}

/** Links to the parts of the page that exist for this event. */
function Contents({ event }: { event: EventView }) {
  const parts: [id: string, text: string, exists: boolean][] = [
    ['tickets', words.event.tickets, event.offers.length > 0],
    ['programme', words.event.programme, event.programme.length > 0],
    ['exhibitors', words.event.exhibitors, event.exhibitors.length > 0],
    ['reviews', words.event.reviews, event.reviews.length > 0],
    ['venue', words.event.venue, true],
    ['terms', words.event.terms, event.terms.length > 0],
  ];
  return (
    <nav class="contents" aria-label={words.event.onThisPage}>
      {parts.map(([id, text, exists]) => exists && <a href={`#${id}`}>{text}</a>)}
    </nav>
  );
}

/** Stays at the thumb on phones, where the tickets are several screens away. */
export function GetTicketsBar({ event }: { event: EventView }) {
  if (!sellsNow(event)) return null;
  return (
    <div class="get-bar">
      <a class="button" href="#tickets">
        {words.event.get}
        <FromPrice event={event} />
      </a>
    </div>
  );
}
