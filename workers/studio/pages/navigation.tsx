import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';

const words = messages.studio;

export type EventSection = 'live' | 'links' | 'gates' | 'devices' | 'tickets' | 'trail' | 'plans';
type StudioNavigationProps = { event: EventCard; current?: EventSection | undefined };

/** The pages an event has for its organiser, and the one it has for everybody. */
export function StudioNavigation({ event, current }: StudioNavigationProps) {
  const { slug } = event;
  const pages = [
    ['live', words.live.link, pathTo('studioLive', { slug })],
    ['links', words.links.link, pathTo('studioLinks', { slug })],
    ['gates', messages.floor.link, pathTo('studioGates', { slug })],
    ['devices', messages.devices.link, pathTo('studioDevices', { slug })],
    ['tickets', words.tickets.link, pathTo('studioTickets', { slug })],
    ['trail', words.trail.link, pathTo('studioTrail', { slug })],
    ['plans', messages.plans.link, pathTo('studioPlans', { slug })],
    ['public', words.publicPage, pathTo('event', { slug })],
  ] as const;
  return (
    <nav class="studio-pages" aria-label={words.pagesOf(event.title)}>
      {pages.map(([page, text, href]) => (
        <a href={href} aria-current={page === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
