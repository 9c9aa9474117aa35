import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView } from '#workers/ui/views.ts';
import { Section } from './section.tsx';

const words = messages.storefront.event;

export function Exhibitors({ event }: { event: EventView }) {
  if (event.exhibitors.length === 0) return null;
  return (
    <Section id="exhibitors" title={words.exhibitors} aside={String(event.exhibitors.length)}>
      <ul class="stands">
        {event.exhibitors.map(({ business, hall, stand, pitch }) => (
          <li>
            <b class="stand">{stand}</b>
            <div>
              <h3>
                <a href={pathTo('business', { slug: business.slug })}>{business.name}</a>
              </h3>
              <p>{pitch}</p>
              <p class="small">{hall}</p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
