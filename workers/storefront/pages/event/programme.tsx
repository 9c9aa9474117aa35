import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { clockTime, fullDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView, ProgrammeDay, ProgrammeItem } from '#workers/ui/views.ts';
import { Section } from './section.tsx';

const words = messages.storefront.event;

/** More than this, and the other days have a page of their own: an event's page must stand before a thumb gets restless. */
const itemsOnEventPage = 12;

/** What happens when. Of a long programme, the day that is on or comes next; the rest is one tap away. */
export function Programme({ event }: { event: EventView }) {
  const { programme, slug, timeZone } = event;
  const count = programme.reduce((sum, { items }) => sum + items.length, 0);
  if (count === 0) return null;
  const isShort = count <= itemsOnEventPage;
  return (
    <Section id="programme" title={words.programme}>
      {programme.map((day) =>
        isShort || day.isNext ? (
          <Day day={day} timeZone={timeZone} isOpen={day.isNext} />
        ) : (
          <p class="day-link">
            <a href={`${pathTo('eventProgramme', { slug })}#${day.day}`}>{dayName(day, timeZone)}</a>
            <span>{words.programmeCount(day.items.length)}</span>
          </p>
        ),
      )}
    </Section>
  );
}

/** The whole programme, every day open. */
export function ProgrammePage({ event, origin }: { event: EventView; origin: string }) {
  const { slug, title, summary, programme, timeZone } = event;
  return (
    <Layout
      viewer="anonymous"
      section="events"
      title={words.programmeOf(title)}
      description={summary}
      canonical={origin + pathTo('eventProgramme', { slug })}
      styles={['public.css']}
    >
      <div class="opening">
        <p>
          <a href={pathTo('event', { slug })}>← {words.backToEvent}</a>
        </p>
        <h1>{title}</h1>
      </div>
      <Section id="programme" title={words.programme}>
        {programme.map((day) => (
          <Day day={day} timeZone={timeZone} isOpen />
        ))}
      </Section>
    </Layout>
  );
}

function Day({ day, timeZone, isOpen }: { day: ProgrammeDay; timeZone: string; isOpen: boolean }) {
  return (
    <details class="day" id={day.day} open={isOpen}>
      <summary>
        <h3>{dayName(day, timeZone)}</h3>
        <span>{words.programmeCount(day.items.length)}</span>
      </summary>
      <ol>
        {day.items.map((item) => (
          <Item item={item} timeZone={timeZone} />
        ))}
      </ol>
    </details>
  );
}

function dayName({ items }: ProgrammeDay, timeZone: string): string {
  return fullDay(items[0]?.startsAtMs ?? 0, timeZone);
}

function Item({ item, timeZone }: { item: ProgrammeItem; timeZone: string }) {
  return (
    <li>
      <p class="hours">
        {clockTime(item.startsAtMs, timeZone)}
        <small>–{clockTime(item.endsAtMs, timeZone)}</small>
      </p>
      <div>
        <h4>{item.title}</h4>
        <p>{item.summary}</p>
        {item.people.length > 0 && (
          <p class="people">
            {item.people.map(({ name, role }) => (
              <span>
                <b>{name}</b>, {role}
              </span>
            ))}
          </p>
        )}
      </div>
      <p class="place">
        <b>{words.kinds[item.kind] ?? item.kind}</b>
        {item.place}
        {item.ticketName && <span class="tag">{words.needs(item.ticketName)}</span>}
      </p>
    </li>
  );
}
