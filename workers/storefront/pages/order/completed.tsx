import { pathTo } from '#workers/routes.ts';
import { KeepInvitation } from '#workers/ui/components/keep-invitation.tsx';
import { TicketCode } from '#workers/ui/components/ticket-code.tsx';
import { TicketStub } from '#workers/ui/components/ticket-stub.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { OrderView } from '#workers/ui/views.ts';

const words = messages.storefront.order;

export function Completed({ order }: { order: OrderView }) {
  const { orderId, event, tickets, buyerEmail, firstCode } = order;
  return (
    <>
      <p class="summary">{words.completed.lead(tickets.length, event.title)}</p>
      {buyerEmail !== '' && <p>{words.completed.sentTo(buyerEmail)}</p>}
      <p>
        <a href={pathTo('orderCalendar', { orderId })} download>
          {words.completed.calendar}
        </a>
      </p>
      {firstCode?.qrSvg !== undefined && (
        <div class="first-code">
          {tickets.length > 1 && <p>{words.completed.firstOf(tickets.length)}</p>}
          <TicketCode qrSvg={firstCode.qrSvg} handle={firstCode.handle} status={firstCode.status} />
        </div>
      )}
      <h2 class="hidden">{words.tickets}</h2>
      <ul class="stubs">
        {tickets.map(({ url, typeName, accessLevel, tier, status, validFromMs }) => (
          <TicketStub
            event={event}
            url={url}
            typeName={typeName}
            accessLevel={accessLevel}
            tier={tier}
            status={statusWords(status)}
            at={validFromMs}
          />
        ))}
      </ul>
      {order.keep && <KeepInvitation keep={order.keep} />}
    </>
  );
}

function statusWords(status: string): string {
  const known: Readonly<Record<string, string | undefined>> = messages.ticket.status;
  return known[status] ?? status;
}
