import { stockOf } from '#workers/ui/components/stock.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { TicketOfOrder, TicketView } from '#workers/ui/views.ts';
import type { FeedSource } from '../views.ts';
import { Listening, listeningIsland } from './listening.tsx';
import { TicketHead, TicketNavigation } from './ticket-frame.tsx';

const words = messages.transfers.given;

export type GivenView = Pick<TicketView, 'event' | 'typeName' | 'accessLevel' | 'tier'> & { ofOrder: TicketOfOrder };

type GivenTicketPageProps = { viewer: Viewer; ticket: GivenView; feeds: readonly FeedSource[] };

/** A ticket in the order of whoever bought it and gave it away: the stub that is left in the hand. */
export function GivenTicketPage({ viewer, ticket, feeds }: GivenTicketPageProps) {
  const { event, accessLevel, tier, ofOrder } = ticket;
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate islands={[listeningIsland]}>
      <Listening feeds={feeds} turnMs={undefined}>
        <article class={`ticket ${stockOf(accessLevel, tier)} is-given`}>
          <TicketHead event={event} ticket={ticket} status={words.status} />
          <section class="ticket-code" data-piece="code">
            <p class="no-code">
              {words.title}. {words.detail}
            </p>
          </section>
        </article>
      </Listening>
      <TicketNavigation place={ofOrder} />
    </Layout>
  );
}
