import { messages } from '#workers/ui/messages/en.ts';
import { TicketCode } from '#workers/ui/components/ticket-code.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import type { EventCard } from '#workers/ui/views.ts';
import type { PassView } from '../views.ts';
import { TicketBarcode } from './ticket-barcode.tsx';

const words = messages.ticket.wallet;

/**
 * Today's tickets of one event, side by side: a phone shows one at a time, and the next by a swipe or a press. Links to
 * places on the page do the moving, so that it works without scripts.
 */
export function Passes({ event, passes }: { event: EventCard; passes: readonly PassView[] }) {
  return (
    <section class="passes" aria-label={words.passes(event.title)}>
      <header>
        <h3>{event.title}</h3>
        <p>
          {event.venueName}, {event.city}
        </p>
      </header>
      <ol data-scroller={event.slug}>
        {passes.map((pass, at) => (
          <Pass pass={pass} before={passes[at - 1]} after={passes[at + 1]} of={passes.length} />
        ))}
      </ol>
    </section>
  );
}

type PassProps = { pass: PassView; before: PassView | undefined; after: PassView | undefined; of: number };

function Pass({ pass, before, after, of }: PassProps) {
  const { ticketId, typeName, accessLevel = typeName, tier, status, statusLine, url } = pass;
  return (
    <li
      id={placeOf(pass)}
      class={`ticket pass ${stockOf(accessLevel, tier)} is-${status}`}
      data-piece={`ticket-${ticketId}`}
      data-named={typeName}
      data-says={statusLine}
    >
      <div class="ticket-head">
        <p class="ticket-status">
          <b>{messages.ticket.status[status]}</b>
          <span>{accessLevel}</span>
        </p>
        <h4 class="ticket-type">
          <a href={url}>{typeName}</a>
        </h4>
        <p class="status-line">{statusLine}</p>
      </div>
      {pass.isLive ? (
        <section class="ticket-code">
          <p class="no-code">
            <a class="button" href={url}>
              {words.openLive}
            </a>
          </p>
        </section>
      ) : (
        <TicketCode qrSvg={pass.qrSvg} handle={pass.handle} status={status} isNumberEnough={pass.isNumberEnough} />
      )}
      <div class="pass-foot">
        {of > 1 && (
          <p class="pass-turn">
            {before === undefined ? <span></span> : <Turn to={before} label={words.previous(before.index)} sign="←" />}
            <b>{words.position(pass.index, of)}</b>
            {after === undefined ? <span></span> : <Turn to={after} label={words.next(after.index)} sign="→" />}
          </p>
        )}
        <TicketBarcode url={pass.barcodeUrl} handle={pass.handle} />
        <p>
          <a href={url}>{words.details}</a>
        </p>
      </div>
    </li>
  );
}

function Turn({ to, label, sign }: { to: PassView; label: string; sign: string }) {
  return (
    <a href={`#${placeOf(to)}`} aria-label={label}>
      {sign}
    </a>
  );
}

function placeOf({ ticketId }: PassView): string {
  return `pass-${ticketId}`;
}
