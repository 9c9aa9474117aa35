import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { TicketStub } from '#workers/ui/components/ticket-stub.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { ReservedView, WalletTicket, WalletView } from '../views.ts';
import { Listening, listeningIsland } from './listening.tsx';
import { Passes } from './pass.tsx';

const words = messages.ticket.wallet;

/** Everything one has, in the order in which it matters: today's codes ready to be held out, then what lies ahead. */
export function WalletPage({ viewer, wallet }: { viewer: Viewer; wallet: WalletView }) {
  const { feeds, turnMs, isPartial } = wallet;
  const asksIn = viewer === 'anonymous' && !isPartial;
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate app="wallet" islands={[listeningIsland]}>
      <div class="opening">
        <h1>{words.title}</h1>
      </div>
      <Listening feeds={feeds} turnMs={turnMs}>
        <Contents viewer={viewer} wallet={wallet} />
      </Listening>
      {/* Below everything: on the day nothing stands between the door and the code. */}
      {asksIn && <Find hasSome={[wallet.today, wallet.coming, wallet.past].some(({ length }) => length > 0)} />}
    </Layout>
  );
}

/** For whoever lost a mail or a phone: everything of theirs is one code away. */
function Find({ hasSome }: { hasSome: boolean }) {
  const { title, detail, action, onlyHere } = messages.transfers.find;
  return (
    <aside class="find-tickets">
      <h2>{title}</h2>
      {hasSome && <p>{onlyHere}</p>}
      <p>{detail}</p>
      <ButtonLink href={pathTo('signIn')} quiet={hasSome}>
        {action}
      </ButtonLink>
    </aside>
  );
}

function Contents({ viewer, wallet }: { viewer: Viewer; wallet: WalletView }) {
  const { today, todayMore, reserved, coming, past, isPartial } = wallet;
  const isEmpty = [today, reserved, coming, past].every(({ length }) => length === 0);
  return (
    <>
      {isPartial && (
        <Notice title={words.partialTitle} kind="news">
          <p>{words.partialDetail}</p>
        </Notice>
      )}
      {isEmpty && !isPartial && (
        <div class="empty">
          <p class="summary">{words.empty}</p>
          {viewer !== 'anonymous' && <p>{words.emptyDetail}</p>}
          <ButtonLink href={pathTo('home')}>{words.browse}</ButtonLink>
        </div>
      )}
      {today.length > 0 && (
        <section>
          <SectionHead title={words.today} />
          {today.map(({ event, passes }) => (
            <Passes event={event} passes={passes} />
          ))}
          <Stubs tickets={todayMore} />
        </section>
      )}
      <Reserved orders={reserved} />
      <Section title={words.upcoming} tickets={coming} />
      <Section title={words.past} tickets={past} isOver />
    </>
  );
}

function SectionHead({ title }: { title: string }) {
  return (
    <div class="section-head">
      <h2>{title}</h2>
    </div>
  );
}

function Reserved({ orders }: { orders: ReservedView[] }) {
  if (orders.length === 0) return null;
  return (
    <section>
      <SectionHead title={words.reserved} />
      <ul class="reserved">
        {orders.map(({ orderId, url, event, names, quantity, statusLine, isPayable }) => (
          <li data-piece={`order-${orderId}`} data-named={names} data-says={statusLine}>
            <div>
              <p>{event.title}</p>
              <h3>{names}</h3>
              <p>
                <b>{messages.ticket.status.reserved}</b>, {words.seats(quantity)}
              </p>
              <p>{statusLine}</p>
            </div>
            <ButtonLink href={url} quiet={!isPayable}>
              {isPayable ? words.finish : words.look}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Section({ title, tickets, isOver }: { title: string; tickets: WalletTicket[]; isOver?: boolean }) {
  if (tickets.length === 0) return null;
  return (
    <section>
      <SectionHead title={title} />
      <Stubs tickets={tickets} isOver={isOver} />
    </section>
  );
}

function Stubs({ tickets, isOver }: { tickets: WalletTicket[]; isOver?: boolean | undefined }) {
  if (tickets.length === 0) return null;
  return (
    <ul class={isOver ? 'stubs past' : 'stubs'}>
      {tickets.map(({ ticketId, url, typeName, event, status, statusLine, accessLevel, tier, atMs }) => (
        <TicketStub
          event={event}
          url={url}
          typeName={typeName}
          accessLevel={accessLevel ?? typeName}
          tier={tier}
          status={messages.ticket.status[status]}
          says={statusLine}
          isGood={status === 'active'}
          piece={`ticket-${ticketId}`}
          at={atMs}
          withEvent
        />
      ))}
    </ul>
  );
}
