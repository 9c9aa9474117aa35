import type { TicketView } from '#workers/ui/views.ts';
import type { FeedSource } from '../views.ts';
import type { Child } from 'hono/jsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { windowsWords } from '#workers/ui/messages/ticket-words.ts';
import { KeepInvitation } from '#workers/ui/components/keep-invitation.tsx';
import { TicketCode } from '#workers/ui/components/ticket-code.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Acts, Done } from './acts.tsx';
import { Listening, listeningIsland } from './listening.tsx';
import { TicketBarcode } from './ticket-barcode.tsx';
import { TicketHead, TicketNavigation } from './ticket-frame.tsx';
import { TicketHistory } from './ticket-history.tsx';

const words = messages.ticket;

type TicketPageProps = { viewer: Viewer; ticket: TicketView; feeds: readonly FeedSource[] };

/** The ticket itself. Made for one moment: a phone held out at a gate. */
export function TicketPage({ viewer, ticket, feeds }: TicketPageProps) {
  const { typeName, event, status, statusLine, history, qrSvg, handle, isNumberEnough, barcodeUrl } = ticket;
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
      <Done done={ticket.acts.done} />
      <Listening feeds={feeds} turnMs={ticket.turnMs}>
        <article class={`ticket ${stockOf(ticket.accessLevel, ticket.tier)} is-${status}`}>
          <TicketHead event={event} ticket={ticket} status={words.status[status]} statusLine={statusLine} />
          <TicketCode
            qrSvg={qrSvg}
            handle={handle}
            status={status}
            isNumberEnough={isNumberEnough}
            live={ticket.live}
            piece="code"
          />
          <Particulars ticket={ticket}>
            <TicketBarcode url={barcodeUrl} handle={handle} />
            <TicketHistory history={history} timeZone={event.timeZone} />
          </Particulars>
        </article>
      </Listening>
      {ticket.ofOrder && <TicketNavigation place={ticket.ofOrder} />}
      <Acts acts={ticket.acts} timeZone={event.timeZone} />
      {ticket.keep && <KeepInvitation keep={ticket.keep} />}
    </Layout>
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
