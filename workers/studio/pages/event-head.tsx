import type { EventCard } from '#workers/ui/views.ts';
import { StudioNavigation, type EventSection } from './navigation.tsx';

type EventHeadProps = { event: EventCard; current: EventSection; words: { kicker: string; lead: string } };

/** How a page about one event begins for its organiser: where it stands among the event's pages, and what it is for. */
export function EventHead({ event, current, words }: EventHeadProps) {
  return (
    <header class="studio-head">
      <StudioNavigation event={event} current={current} />
      <div class="opening">
        <h1>
          <small>{event.title}</small>
          {words.kicker}
        </h1>
        <p>{words.lead}</p>
      </div>
    </header>
  );
}
