import { pathTo } from '#workers/routes.ts';
import { Prose } from '#workers/ui/components/prose.tsx';
import { Stars } from '#workers/ui/components/stars.tsx';
import { isoInstant, monthAndYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView } from '#workers/ui/views.ts';
import { Section } from './section.tsx';

const words = messages.storefront.event;

export function Reviews({ event: { reviews, rating, timeZone } }: { event: EventView }) {
  if (reviews.length === 0) return null;
  return (
    <Section id="reviews" title={words.reviews} aside={rating && words.rating(rating.average.toFixed(1), rating.count)}>
      <ul
        class="reviews shelf"
        aria-label={words.reviews}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone it scrolls sideways, by key too
        tabindex={0}
      >
        {reviews.map(({ author, rating: stars, text, writtenAtMs }) => (
          <li>
            <Stars rating={stars} />
            <blockquote>{text}</blockquote>
            <p class="small">
              <b>{author}</b>, <time datetime={isoInstant(writtenAtMs)}>{monthAndYear(writtenAtMs, timeZone)}</time>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Without a map of ours: no tiles to load, nobody told where the reader is looking. */
export function Venue({ event }: { event: EventView }) {
  const query = encodeURIComponent(`${event.venueName}, ${event.venueAddress}`);
  return (
    <Section id="venue" title={words.venue}>
      <div class="venue">
        <address>
          <b>{event.venueName}</b>
          {event.venueAddress}
        </address>
        <a
          class="button quiet"
          href={`https://www.openstreetmap.org/search?query=${query}`}
          rel="noreferrer"
          aria-label={words.directionsTo(event.venueName)}
        >
          {words.directions}
        </a>
      </div>
    </Section>
  );
}

export function Organiser({ event: { business } }: { event: EventView }) {
  return (
    <Section id="organiser" title={words.organiser}>
      <div class="organiser">
        {business.logoUrl && <img src={business.logoUrl} alt="" width="96" height="96" loading="lazy" />}
        <div>
          <h3>{business.name}</h3>
          <p class="summary">{business.tagline}</p>
          <Prose text={business.story} />
          <p>
            <a href={pathTo('business', { slug: business.slug })}>{words.aboutOrganiser(business.name)}</a>
          </p>
        </div>
      </div>
    </Section>
  );
}

export function Terms({ event: { terms } }: { event: EventView }) {
  if (terms.length === 0) return null;
  return (
    <Section id="terms" title={words.terms}>
      <dl class="terms">
        {terms.map(({ title, text }) => (
          <div>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
