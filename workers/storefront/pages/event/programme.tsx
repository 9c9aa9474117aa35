import { clockTime, fullDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView, ProgrammeItem } from '#workers/ui/views.ts';
import { Section } from './section.tsx';

const words = messages.storefront.event;

/** What happens when, day by day; the first day is open, the others a tap away. */
export function Programme({ event }: { event: EventView }) {
  if (event.programme.length === 0) return null;
  return (
    <Section id="programme" title={words.programme}>
      {event.programme.map(({ items }, index) => {
        const [first] = items;
        if (first === undefined) return null;
        return (
          <details class="day" open={index === 0}>
            <summary>
              <h3>{fullDay(first.startsAtMs, event.timeZone)}</h3>
              <span>{words.programmeCount(items.length)}</span>
            </summary>
            <ol>
              {items.map((item) => (
                <Item item={item} timeZone={event.timeZone} />
              ))}
            </ol>
          </details>
        );
      })}
    </Section>
  );
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
