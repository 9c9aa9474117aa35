import type { TicketView } from '#workers/ui/views.ts';
import type { FeedSource } from '../views.ts';
import type { Child } from 'hono/jsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { windowsWords } from '#workers/ui/messages/ticket-words.ts';
import { EventWhen } from '#workers/ui/components/event-when.tsx';
import { KeepInvitation } from '#workers/ui/components/keep-invitation.tsx';
import { TicketCode } from '#workers/ui/components/ticket-code.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Listening, listeningIsland } from './listening.tsx';
import { TicketBarcode } from './ticket-barcode.tsx';
import { TicketHistory } from './ticket-history.tsx';

const words = messages.ticket;

type TicketPageProps = { viewer: Viewer; ticket: TicketView; feeds: readonly FeedSource[] };

/** The ticket itself. Made for one moment: a phone held out at a gate. */
export function TicketPage({ viewer, ticket, feeds }: TicketPageProps) {
  const { typeName, event, status, history, qrSvg, handle, barcodeUrl } = ticket;
  const title = words.title(typeName, event.title);
  return (
    <Layout
      viewer={viewer}
      title={title}
      section="tickets"
      isPrivate
      app="wallet"
      islands={[listeningIsland, 'wallet/ticket.island.js']}
    >
      <Listening feeds={feeds} turnMs={ticket.turnMs}>
        <article class={`ticket ${stockOf(ticket.accessLevel, ticket.tier)} is-${status}`}>
          <TicketHead ticket={ticket} />
          <TicketCode qrSvg={qrSvg} handle={handle} status={status} live={ticket.live} piece="code" />
          <Particulars ticket={ticket}>
            <TicketBarcode url={barcodeUrl} handle={handle} />
            <TicketHistory history={history} timeZone={event.timeZone} />
          </Particulars>
        </article>
      </Listening>
      <TicketNavigation ticket={ticket} />
      {ticket.keep && <KeepInvitation keep={ticket.keep} />}
    </Layout>
  );
}

function TicketHead({ ticket: { event, typeName, accessLevel, status, statusLine } }: { ticket: TicketView }) {
  return (
    <header class="ticket-head" data-piece="head" data-named={typeName} data-says={statusLine}>
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
      <p class="status-line">{statusLine}</p>
    </header>
  );
}

function Particulars({ ticket, children }: { ticket: TicketView; children?: Child }) {
  const { gates, zones, windows, admits, admitted, event, benefits } = ticket;
  return (
    <section class="ticket-facts" data-piece="facts">
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
            {benefits.map(({ name, quantity, redeemAt, left }) => (
              <li>
                <b>
                  {quantity > 1 && `${words.benefitTimes(quantity)} `}
                  {name}
                </b>{' '}
                <span>
                  {redeemAtWords(redeemAt)}
                  {left !== undefined && left < quantity && <b class="left">{words.wallet.left(left, quantity)}</b>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {children}
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
