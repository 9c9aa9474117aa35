import type { HistoryRow, UpcomingEvent } from '#workers/operations/present-account.ts';
import type { HeldBalance } from '#workers/operations/present-statement.ts';
import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { DateBlock } from '#workers/ui/components/date-block.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import { isoInstant, longDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText, sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';

const words = messages.account.overview;

type AccountPageProps = {
  viewer: Viewer;
  /** Empty when they gave none. */
  name: string;
  upcoming: readonly UpcomingEvent[];
  history: readonly HistoryRow[];
  /** Money and points in the wallet. */
  held: readonly HeldBalance[];
  /** Where the next page of the history begins. */
  olderUrl: string | undefined;
  /** Set on later pages of the history. */
  newestUrl: string | undefined;
};

/** What somebody has here: tickets ahead, what they ordered, what they earned. */
export function AccountPage({ viewer, name, upcoming, history, held, olderUrl, newestUrl }: AccountPageProps) {
  const title = name === '' ? messages.account.title : messages.account.hello(name);
  return (
    <AccountFrame viewer={viewer} title={title} page="overview">
      {newestUrl === undefined && <Upcoming events={upcoming} />}
      <section id="history">
        <div class="section-head">
          <h2>{words.history}</h2>
        </div>
        {history.length === 0 ? <p>{words.noHistory}</p> : <History rows={history} />}
        {(olderUrl !== undefined || newestUrl !== undefined) && (
          <p class="account-pages">
            {newestUrl !== undefined && <a href={newestUrl}>← {words.newest}</a>}
            {olderUrl !== undefined && <a href={olderUrl}>{words.older} →</a>}
          </p>
        )}
      </section>
      {newestUrl === undefined && (
        <section>
          <div class="section-head">
            <h2>{held.length > 0 ? words.wallet : words.rewards}</h2>
            {held.length > 0 && <a href={pathTo('accountStatement')}>{words.statement}</a>}
          </div>
          {held.length > 0 ? <Held held={held} /> : <p class="prose">{words.noRewards}</p>}
        </section>
      )}
    </AccountFrame>
  );
}

function Held({ held }: { held: readonly HeldBalance[] }) {
  return (
    <div class="balances">
      {held.map(({ unit, minor }) => (
        <a href={`${pathTo('accountStatement')}?unit=${unit}`}>
          <span>{unit === 'PTS' ? messages.statement.points : messages.statement.cash(unit)}</span>
          <b>{unit === 'PTS' ? messages.statement.pointsText(minor) : sumText(minor, unit)}</b>
        </a>
      ))}
    </div>
  );
}

function Upcoming({ events }: { events: readonly UpcomingEvent[] }) {
  return (
    <section>
      <div class="section-head">
        <h2>{words.tickets}</h2>
        {events.length > 0 && <a href={pathTo('wallet')}>{words.allTickets}</a>}
      </div>
      {events.length === 0 ? (
        <div class="account-empty">
          <p>{words.noTickets}</p>
          <ButtonLink href={pathTo('home')} quiet>
            {words.browse}
          </ButtonLink>
        </div>
      ) : (
        <ul class="stubs">
          {events.map(({ event, tickets }) => (
            <li class={`stub ${stockOf(event.title, undefined)}`}>
              <DateBlock at={event.startsAtMs} timeZone={event.timeZone} />
              <div>
                <h3>
                  <a href={pathTo('wallet')}>{event.title}</a>
                </h3>
                <p>
                  {event.venueName}, {event.city}
                </p>
                <p class="stub-foot">
                  <b>{words.ticketCount(tickets)}</b>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function History({ rows }: { rows: readonly HistoryRow[] }) {
  return (
    <ol class="history">
      {rows.map(({ url, title, placedAtMs, timeZone, amount, state, reference }) => (
        <li>
          <p class="history-what">
            <a href={url}>{title}</a>
            <span>
              <time datetime={isoInstant(placedAtMs)}>{words.placed(longDay(placedAtMs, timeZone))}</time>
              <code>{reference}</code>
            </span>
          </p>
          <p class="history-sum">
            <b class="price">{priceText(amount)}</b>
            <span class={`history-state is-${state}`}>{messages.account.states[state]}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
