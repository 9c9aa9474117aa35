import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { span } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { GateChoice } from '../views.ts';

const words = messages.gate.list;

export function GateListPage({ viewer, events }: { viewer: Viewer; events: GateChoice[] }) {
  return (
    <Layout viewer={viewer} title={words.title} section="gates" isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{events.length > 0 ? words.lead : words.empty}</p>
        <a href={pathTo('studioPin')}>{messages.pin.link}</a>
      </div>
      {events.map((event) => (
        <section>
          <div class="section-head">
            <h2>{event.title}</h2>
            <p>
              {event.city}, {span(event.startsAtMs, event.endsAtMs, event.timeZone)}
            </p>
          </div>
          <ul class="gates" aria-label={words.gatesOf(event.title)}>
            {event.gates.map(({ id, name, zones }) => (
              <li>
                <a href={`${pathTo('gateEvent', { slug: event.slug })}?gate=${encodeURIComponent(id)}`}>
                  <b>{name}</b>
                  <span>{words.zones(zones.join(', '))}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Layout>
  );
}
