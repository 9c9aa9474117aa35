import type { EpochMs } from '#shared/time.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { clockTime } from '../messages/dates.ts';
import { messages } from '../messages/en.ts';
import { DateBlock } from './date-block.tsx';
import { stockOf } from './stock.ts';

type TicketStubProps = {
  event: EventCard;
  url: string;
  typeName: string;
  /** Names the colour of paper; the type's name where the access level is not known. */
  accessLevel: string;
  tier: number | undefined;
  /** Already in words. */
  status: string;
  /** What the status means and what to do. Of a ticket that is simply good, its date says enough. */
  says?: string | undefined;
  isGood?: boolean | undefined;
  /** It opens nothing for whoever looks: grey paper. */
  isSpent?: boolean | undefined;
  /** Its name among the pieces of a page that keeps itself up to date. */
  piece?: string | undefined;
  /** When this ticket is first good, for a ticket of one day among several; the event's start otherwise. */
  at?: EpochMs | undefined;
  /** With the event's name, where tickets of several events lie side by side. */
  withEvent?: boolean | undefined;
};

/** A ticket small enough to stack: date torn off at the left, the rest a link to the ticket itself. */
export function TicketStub(props: TicketStubProps) {
  const { event, url, typeName, accessLevel, tier, status, says, isGood, piece, at, withEvent } = props;
  const from = at ?? event.startsAtMs;
  const paper = props.isSpent === true ? 'is-given' : stockOf(accessLevel, tier);
  return (
    <li class={`stub ${paper}`} data-piece={piece} data-named={piece && typeName} data-says={says}>
      <DateBlock at={from} timeZone={event.timeZone} />
      <div>
        {withEvent && <p>{event.title}</p>}
        <h3>
          <a href={url}>{typeName}</a>
        </h3>
        <p>
          {clockTime(from, event.timeZone)}, {event.venueName}
        </p>
        {says && !isGood && <p>{says}</p>}
        <p class="stub-foot">
          <b>{status}</b>
          <span aria-hidden="true">{messages.storefront.order.open} →</span>
        </p>
      </div>
    </li>
  );
}
