import { EventWhen } from '#workers/ui/components/event-when.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard, TicketOfOrder, TicketView } from '#workers/ui/views.ts';

const words = messages.ticket;

type TicketHeadProps = {
  event: EventCard;
  ticket: Pick<TicketView, 'typeName' | 'accessLevel'>;
  /** In words. */
  status: string;
  /** What it means for its holder, and what to do. */
  statusLine?: string | undefined;
};

/** A piece of a page that keeps itself up to date, where it is on one. */
export function TicketHead({ event, ticket: { typeName, accessLevel }, status, statusLine }: TicketHeadProps) {
  return (
    <header class="ticket-head" data-piece="head" data-named={typeName} data-says={statusLine ?? status}>
      <p class="ticket-status">
        <b data-ticket-status>{status}</b>
        <span>{accessLevel}</span>
      </p>
      <h1>{event.title}</h1>
      <p class="ticket-type">{typeName}</p>
      <p>
        <EventWhen event={event} />
        <br />
        {event.venueName}, {event.city}
      </p>
      {statusLine !== undefined && <p class="status-line">{statusLine}</p>}
    </header>
  );
}

/** From one ticket of an order to the next: a family is shown at the gate one by one. */
export function TicketNavigation({ place }: { place: TicketOfOrder }) {
  const { index, of, previousUrl, nextUrl, orderUrl } = place;
  return (
    <nav class="ticket-nav" aria-label={words.otherTickets}>
      {previousUrl ? (
        <a href={previousUrl} rel="prev">
          ← {words.previous}
        </a>
      ) : (
        <span></span>
      )}
      <p>
        {of > 1 && <b>{words.position(index, of)}</b>} <a href={orderUrl}>{words.order}</a>
      </p>
      {nextUrl ? (
        <a href={nextUrl} rel="next">
          {words.next} →
        </a>
      ) : (
        <span></span>
      )}
    </nav>
  );
}
