import type { FoundOrders, FoundTicket } from '#workers/operations/find-holder.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { EventHead } from './event-head.tsx';

const words = messages.studio.tickets;
const finding = messages.gate.find;
const typedMax = 254;

export type HelpView = {
  event: EventCard;
  typed: string;
  /** Undefined before a search. */
  found: FoundOrders | undefined;
  opened:
    | {
        orderId: string;
        reference: string;
        holderName: string | undefined;
        tickets: readonly (FoundTicket & { isGiven: boolean })[];
      }
    | undefined;
  mayReissue: boolean;
  isDone: boolean;
  problem: { title: string; detail: string } | undefined;
  freshKey: () => string;
};

/** Where somebody without their ticket is helped, without anybody getting to see its code. */
export function HelpPage({ viewer, view }: { viewer: Viewer; view: HelpView }) {
  const { event, typed, found, opened, isDone, problem } = view;
  return (
    <Layout viewer={viewer} title={words.title(event.title)} section="studio" isPrivate>
      <EventHead event={event} current="tickets" words={words} />
      {isDone && (
        <Notice title={words.doneTitle} kind="news">
          <p>{words.doneDetail}</p>
        </Notice>
      )}
      {problem && (
        <Notice title={problem.title} kind="refusal">
          <p>{problem.detail}</p>
        </Notice>
      )}
      <form class="help-search" method="post" action={pathTo('studioTickets', { slug: event.slug })}>
        <Field
          name="typed"
          label={words.label}
          type="text"
          value={typed}
          hint={words.hint}
          autocomplete="off"
          maxLength={typedMax}
        />
        <Button>{finding.search}</Button>
      </form>
      {found && <Found view={view} found={found} />}
      {opened && <Opened view={view} opened={opened} />}
    </Layout>
  );
}

function Found({ view, found }: { view: HelpView; found: FoundOrders }) {
  const { orders, given, handle } = found;
  if (orders.length === 0 && given.length === 0) {
    return (
      <div role="status">
        <h2>{finding.none}</h2>
        <p>{handle === undefined ? finding.noneDetail : words.numberTyped}</p>
      </div>
    );
  }
  return (
    <ul class="help-found">
      {orders.map(({ orderId, reference, tickets }) => (
        <li>
          <h2>{finding.order(reference)}</h2>
          <p>{finding.tickets(tickets)}</p>
          <form method="post" action={pathTo('studioTickets', { slug: view.event.slug })}>
            <input type="hidden" name="order" value={orderId} />
            <Button quiet>{words.open}</Button>
          </form>
        </li>
      ))}
      {given.map((ticket) => (
        <Ticket view={view} ticket={ticket} note={finding.given} orderId="" />
      ))}
    </ul>
  );
}

function Opened({ view, opened }: { view: HelpView; opened: NonNullable<HelpView['opened']> }) {
  const { orderId, reference, holderName, tickets } = opened;
  return (
    <section aria-labelledby="opened">
      <h2 id="opened">{finding.order(reference)}</h2>
      <p>
        {finding.holder}: <b>{holderName ?? finding.erased}</b>
      </p>
      <ul class="help-found">
        {tickets.map((ticket) => (
          <Ticket view={view} ticket={ticket} note={ticket.isGiven ? words.givenAway : undefined} orderId={orderId} />
        ))}
      </ul>
    </section>
  );
}

type TicketProps = { view: HelpView; ticket: FoundTicket; note: string | undefined; orderId: string };

function Ticket({ view, ticket, note, orderId }: TicketProps) {
  const { ticketId, typeName, status, entries } = ticket;
  const canReissue = view.mayReissue && (status === 'active' || status === 'paid');
  return (
    <li>
      <h3>{typeName}</h3>
      <p>
        {messages.ticket.status[status as keyof typeof messages.ticket.status] ?? status}. {finding.entries(entries)}.{' '}
        {note}
      </p>
      {canReissue && (
        <details>
          <summary>{messages.transfers.acts.reissue}</summary>
          <form method="post" action={pathTo('studioReissue', { slug: view.event.slug })}>
            <p>{words.reissueHint}</p>
            <input type="hidden" name="ticket" value={ticketId} />
            <input type="hidden" name="order" value={orderId} />
            <input type="hidden" name="key" value={view.freshKey()} />
            <Button>{words.confirm}</Button>
          </form>
        </details>
      )}
    </li>
  );
}
