import type { EpochMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import type { EventCard, TicketView } from '#workers/ui/views.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { TicketStub } from '#workers/ui/components/ticket-stub.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.ticket.wallet;

export type WalletTicket = {
  ticketId: string;
  url: string;
  typeName: string;
  event: EventCard;
  status: TicketView['status'];
  /** Start of its first validity window: the day printed on the stub. */
  validFromMs?: EpochMs | undefined;
  /** Gives the stub the colour its ticket has everywhere else. */
  accessLevel?: string | undefined;
  tier?: number | undefined;
};

type WalletPageProps = {
  viewer: Viewer;
  tickets: WalletTicket[];
  /** Accounts do not answer for the moment: what is shown may not be everything. */
  isPartial: boolean;
};

export function WalletPage({ viewer, tickets, isPartial }: WalletPageProps) {
  const soonestFirst = tickets.toSorted((one, other) => startOf(one) - startOf(other));
  const coming = soonestFirst.filter((ticket) => !isPast(ticket));
  const past = soonestFirst.filter(isPast).toReversed();
  return (
    <Layout
      viewer={viewer}
      title={words.title}
      section="tickets"
      isPrivate
      manifest
      islands={['wallet/wallet.island.js']}
    >
      <div class="opening">
        <h1>{words.title}</h1>
        {viewer === 'anonymous' && !isPartial && (
          <p>
            {words.guest} <a href={pathTo('signIn')}>{words.signIn}</a>
          </p>
        )}
      </div>
      {isPartial && (
        <Notice title={words.partialTitle} kind="news">
          <p>{words.partialDetail}</p>
        </Notice>
      )}
      {tickets.length === 0 && !isPartial && (
        <div class="empty">
          <p class="summary">{words.empty}</p>
          {viewer !== 'anonymous' && <p>{words.emptyDetail}</p>}
          <ButtonLink href={pathTo('home')}>{words.browse}</ButtonLink>
        </div>
      )}
      <Stubs title={words.upcoming} tickets={coming} />
      <Stubs title={words.past} tickets={past} isOver />
    </Layout>
  );
}

function startOf({ validFromMs, event }: WalletTicket): EpochMs {
  return validFromMs ?? event.startsAtMs;
}

function isPast({ event, status }: WalletTicket): boolean {
  return event.phase === 'ended' || status === 'expired' || status === 'refunded';
}

function Stubs({ title, tickets, isOver }: { title: string; tickets: WalletTicket[]; isOver?: boolean }) {
  if (tickets.length === 0) return null;
  return (
    <section>
      <div class="section-head">
        <h2>{title}</h2>
      </div>
      <ul class={isOver ? 'stubs past' : 'stubs'}>
        {tickets.map(({ url, typeName, event, status, accessLevel, tier, validFromMs }) => (
          <TicketStub
            event={event}
            url={url}
            typeName={typeName}
            accessLevel={accessLevel ?? typeName}
            tier={tier}
            status={messages.ticket.status[status]}
            at={validFromMs}
            withEvent
          />
        ))}
      </ul>
    </section>
  );
}
