import { raw } from 'hono/html';
import { stockOf } from '#workers/ui/components/stock.ts';
import { eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';
import type { EntryLinkView } from '../views.ts';

const words = messages.studio.links;

/**
 * One way in, as its maker counts it; on paper, a poster. Its own address on the page (`#way-yard-wall`) is what prints
 * one poster and not all of them, with and without JavaScript.
 */
export function WayIn({ event, link }: { event: EventCard; link: EntryLinkView }) {
  const id = `way-${link.code}`;
  return (
    <li class="way" id={id}>
      <Poster event={event} link={link} />
      <div class="way-facts">
        <p class="tag">{words.channels[link.channel]}</p>
        <h3>{link.label}</h3>
        {link.opens && <p>{words.opensType(link.opens.typeName, link.opens.count)}</p>}
        <dl>
          <div>
            <dt>{words.visits}</dt>
            <dd>{link.visits}</dd>
          </div>
          <div>
            <dt>{words.sold}</dt>
            <dd>{link.sold}</dd>
          </div>
        </dl>
        <p class="way-address">
          <span class="hidden">{words.address} </span>
          {link.url}
        </p>
        <p>
          <a href={`#${id}`} data-print aria-label={words.posterOf(link.label)}>
            {words.poster}
          </a>
        </p>
      </div>
    </li>
  );
}

function Poster({ event, link }: { event: EventCard; link: EntryLinkView }) {
  const { startsAtMs, endsAtMs, timeZone } = event;
  return (
    <div class={`poster ${stockOf(link.channel)}`}>
      <p class="poster-title">{event.title}</p>
      <p class="poster-when">
        {eventSpan(startsAtMs, endsAtMs, timeZone)}
        <br />
        {event.venueName}
      </p>
      <div class="qr" role="img" aria-label={words.qr(link.label)}>
        {raw(link.qrSvg)}
      </div>
      <p class="poster-scan">{words.scan}</p>
      <p class="poster-address">{link.url.replace(/^https?:\/\//, '')}</p>
    </div>
  );
}
