import { Changed, MoneyBack } from './changed.tsx';
import { pathTo } from '#workers/routes.ts';
import { KeepInvitation } from '#workers/ui/components/keep-invitation.tsx';
import { TicketCode } from '#workers/ui/components/ticket-code.tsx';
import { TicketStub } from '#workers/ui/components/ticket-stub.tsx';
import { longDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { GiftView, OrderView } from '#workers/ui/views.ts';

const words = messages.storefront.order;

export function Completed({ order }: { order: OrderView }) {
  const { orderId, events, tickets, buyerEmail, firstCode, gift } = order;
  const isOver = hasEnded(order);
  // The code is that of the first which is still theirs.
  const firstIndex = tickets.findIndex(({ status }) => status !== 'given') + 1;
  return (
    <>
      {!isOver && <p class="summary">{leadOf(order)}</p>}
      <Changed order={order} />
      <MoneyBack order={order} />
      {gift && <Gift gift={gift} />}
      {!isOver && buyerEmail !== '' && tickets.length > 0 && gift === undefined && (
        <p>{words.completed.sentTo(buyerEmail)}</p>
      )}
      {events.length > 0 && !isOver && (
        <p>
          <a href={pathTo('orderCalendar', { orderId })} download>
            {words.completed.calendar}
          </a>
        </p>
      )}
      {tickets.length > 0 && !isOver && (
        <p>
          <a href={pathTo('orderRefund', { orderId })}>{messages.storefront.refunding.title}</a>
        </p>
      )}
      {firstCode?.qrSvg !== undefined && gift?.to !== 'giver' && (
        <div class="first-code">
          {tickets.length > 1 && <p>{words.completed.codeOf(firstIndex, tickets.length)}</p>}
          <TicketCode {...firstCode} />
        </div>
      )}
      <h2 class="hidden">{words.tickets}</h2>
      <ul class="stubs">
        {tickets.map(({ url, event, typeName, accessLevel, tier, status, validFromMs }) => (
          <TicketStub
            event={event}
            url={url}
            typeName={typeName}
            accessLevel={accessLevel}
            tier={tier}
            status={statusWords(status)}
            isSpent={status === 'given'}
            at={validFromMs}
            withEvent={events.length > 1}
          />
        ))}
      </ul>
      <Things order={order} />
      {!isOver && order.keep && <KeepInvitation keep={order.keep} />}
    </>
  );
}

/** None of its tickets is good any more, and it was for nothing else. */
export function hasEnded({ tickets, things }: OrderView): boolean {
  return things.length === 0 && tickets.length > 0 && tickets.every(({ status }) => status === 'refunded');
}

function leadOf({ tickets: made, events, things, isTopUp, total }: OrderView): string {
  const tickets = made.filter(({ status }) => status !== 'refunded');
  if (isTopUp) return words.topUp.lead(priceText(total));
  if (tickets.length === 0) return words.things.lead(things.reduce((sum, { quantity }) => sum + quantity, 0));
  return words.completed.lead(
    tickets.length,
    events.map(({ title }) => title),
  );
}

function Gift({ gift }: { gift: GiftView }) {
  if (gift.to === 'recipient') {
    return (
      <blockquote class="gift-words">
        {gift.message !== '' && <p>{gift.message}</p>}
        {gift.from !== '' && <footer>{words.gift.from(gift.from)}</footer>}
      </blockquote>
    );
  }
  const name = gift.recipient === '' ? words.gift.unnamed : gift.recipient;
  const day = longDay(gift.deliverAtMs, gift.timeZone);
  return <p>{gift.isDelivered ? words.gift.sent(name, day) : words.gift.planned(name, day)}</p>;
}

/** What was bought beside tickets: what, from whom, and where it is handed over. */
function Things({ order: { things, reference } }: { order: OrderView }) {
  if (things.length === 0) return null;
  return (
    <section class="things">
      <h2>{words.things.heading}</h2>
      <ul>
        {things.map(({ name, quantity, from, pickup }) => (
          <li>
            <b>{words.things.line(quantity, name)}</b>
            <br />
            {[pickup, from && words.things.at(from)].filter((part) => part !== undefined).join('. ')}
          </li>
        ))}
      </ul>
      <p class="small">{words.things.show(reference)}</p>
    </section>
  );
}

function statusWords(status: string): string {
  if (status === 'given') return messages.transfers.given.status;
  const known: Readonly<Record<string, string | undefined>> = messages.ticket.status;
  return known[status] ?? status;
}
