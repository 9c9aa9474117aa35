import type { EpochMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import type { EventCard, TicketView } from '#workers/ui/views.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
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

export function WalletPage({ viewer, tickets }: { viewer: Viewer; tickets: WalletTicket[] }) {
  const past = tickets.filter(({ event, status }) => event.phase === 'ended' || isOver(status));
  const coming = tickets.filter((ticket) => !past.includes(ticket));
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
      </div>
      {tickets.length === 0 && (
        <div class="empty">
          <p class="summary">{words.empty}</p>
          <p>{words.emptyDetail}</p>
          <ButtonLink href={pathTo('home')}>{words.browse}</ButtonLink>
        </div>
      )}
      <Stubs title={words.upcoming} tickets={coming} />
      <Stubs title={words.past} tickets={past} isPast />
    </Layout>
  );
}

function isOver(status: TicketView['status']): boolean {
  return status === 'expired' || status === 'refunded';
}

function Stubs({ title, tickets, isPast }: { title: string; tickets: WalletTicket[]; isPast?: boolean }) {
  if (tickets.length === 0) return null;
  return (
    <section>
      <div class="section-head">
        <h2>{title}</h2>
      </div>
      <ul class={isPast ? 'stubs past' : 'stubs'}>
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
