import type { TicketView } from '#workers/ui/views.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { windowsWords } from '#workers/ui/messages/ticket-words.ts';
import { EventWhen } from '#workers/ui/components/event-when.tsx';
import { KeepInvitation } from '#workers/ui/components/keep-invitation.tsx';
import { TicketCode } from '#workers/ui/components/ticket-code.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.ticket;

/** The ticket itself. Made for one moment: a phone held out at a gate. */
export function TicketPage({ viewer, ticket }: { viewer: Viewer; ticket: TicketView }) {
  return (
    <Layout
      viewer={viewer}
      title={words.title(ticket.typeName, ticket.event.title)}
      section="tickets"
      isPrivate
      manifest
      islands={['wallet/ticket.island.js']}
    >
      <article class={`ticket ${stockOf(ticket.accessLevel, ticket.tier)} is-${ticket.status}`}>
        <TicketHead ticket={ticket} />
        <TicketCode qrSvg={ticket.qrSvg} handle={ticket.handle} status={ticket.status} live={ticket.live} />
        <Particulars ticket={ticket} />
      </article>
      <TicketNavigation ticket={ticket} />
      {ticket.keep && <KeepInvitation keep={ticket.keep} />}
    </Layout>
  );
}

function TicketHead({ ticket: { event, typeName, accessLevel, status } }: { ticket: TicketView }) {
  return (
    <header class="ticket-head">
      <p class="ticket-status">
        <b data-ticket-status>{words.status[status]}</b>
        <span>{accessLevel}</span>
      </p>
      <h1>{event.title}</h1>
      <p class="ticket-type">{typeName}</p>
      <p>
        <EventWhen event={event} />
        <br />
        {event.venueName}, {event.city}
      </p>
    </header>
  );
}

function Particulars({ ticket }: { ticket: TicketView }) {
  const { gates, zones, windows, admits, admitted, event, benefits } = ticket;
  return (
    <section class="ticket-facts">
      <dl>
        <div>
          <dt>{words.gates}</dt>
          <dd>{gates.length > 0 ? gates.join(', ') : words.anyGate}</dd>
        </div>
        <div>
          <dt>{words.admits}</dt>
          <dd>{admits > 1 ? words.admitted(admitted, admits) : words.people(admits)}</dd>
        </div>
        <div class="wide">
          <dt>{words.valid}</dt>
          <dd>{windowsWords(windows, event.timeZone)}</dd>
        </div>
        <div class="wide">
          <dt>{words.zones}</dt>
          <dd>{zones.join(', ')}</dd>
        </div>
      </dl>
      {benefits.length > 0 && (
        <>
          <h2>{words.benefits}</h2>
          <ul>
            {benefits.map(({ name, quantity, redeemAt }) => (
              <li>
                <b>
                  {quantity > 1 && `${words.benefitTimes(quantity)} `}
                  {name}
                </b>{' '}
                <span>{redeemAtWords(redeemAt)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Known ways in words; anything else is already written for people. */
function redeemAtWords(redeemAt: string): string {
  const known: Readonly<Record<string, string | undefined>> = messages.storefront.event.redeemAt;
  return known[redeemAt] ?? redeemAt;
}

function TicketNavigation({ ticket: { position, orderUrl } }: { ticket: TicketView }) {
  return (
    <nav class="ticket-nav" aria-label={words.otherTickets}>
      {position.previousUrl ? (
        <a href={position.previousUrl} rel="prev">
          ← {words.previous}
        </a>
      ) : (
        <span></span>
      )}
      <p>
        {position.of > 1 && <b>{words.position(position.index, position.of)}</b>} <a href={orderUrl}>{words.order}</a>
      </p>
      {position.nextUrl ? (
        <a href={position.nextUrl} rel="next">
          {words.next} →
        </a>
      ) : (
        <span></span>
      )}
    </nav>
  );
}
