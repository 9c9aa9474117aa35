import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { priceText } from '#workers/ui/messages/prices.ts';
import { TicketStub } from '#workers/ui/components/ticket-stub.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { OrderView } from '#workers/ui/views.ts';
import { OrderSummary } from './checkout.tsx';

const words = messages.storefront.order;

/** How often an order that is still being confirmed is looked at again where scripts are off. */
const lookAgainSeconds = 3;

export function OrderPage({ viewer, order }: { viewer: Viewer; order: OrderView }) {
  return (
    <Layout
      viewer={viewer}
      title={titleOf(order)}
      section="tickets"
      isPrivate
      refreshSeconds={order.state === 'working' ? lookAgainSeconds : undefined}
      islands={order.state === 'working' ? ['storefront/order.island.js'] : undefined}
    >
      <div class={`order ${order.state}`} data-state={order.state}>
        {order.state === 'completed' ? <Completed order={order} /> : <NotCompleted order={order} />}
        <div class="order-side">
          <OrderSummary
            event={order.event}
            lines={order.lines}
            totalText={priceText(order.total)}
            title={words.summary}
            heading="h2"
          />
          <p class="small">
            {words.reference} <code>{order.reference}</code>. {words.placedFor} {order.buyerEmail}.
          </p>
        </div>
      </div>
    </Layout>
  );
}

function titleOf({ state }: OrderView): string {
  if (state === 'completed') return words.completedTitle;
  if (state === 'working') return words.workingTitle;
  return state === 'refused' ? words.refusedTitle : words.releasedTitle;
}

function Completed({ order }: { order: OrderView }) {
  return (
    <div class="order-main">
      <h1>{words.completedTitle}</h1>
      <p class="summary">{words.completedLead(order.tickets.length, order.event.title)}</p>
      <p>{words.sentTo(order.buyerEmail)}</p>
      <h2 class="hidden">{words.tickets}</h2>
      <ul class="stubs">
        {order.tickets.map(({ url, typeName, accessLevel, status, validFromMs }) => (
          <TicketStub
            event={order.event}
            url={url}
            typeName={typeName}
            accessLevel={accessLevel}
            status={statusWords(status)}
            at={validFromMs}
          />
        ))}
      </ul>
      {order.isGuest && (
        <aside class="keep">
          <h2>{words.keepTitle}</h2>
          <p>{words.keepDetail}</p>
          <ButtonLink href={pathTo('signIn')} quiet>
            {words.keepAction}
          </ButtonLink>
        </aside>
      )}
    </div>
  );
}

function statusWords(status: string): string {
  const known: Readonly<Record<string, string | undefined>> = messages.ticket.status;
  return known[status] ?? status;
}

function NotCompleted({ order }: { order: OrderView }) {
  const isWorking = order.state === 'working';
  const otherwise = isWorking
    ? words.workingDetail
    : order.state === 'refused'
      ? words.refusedDetail
      : words.releasedDetail;
  const eventUrl = pathTo('event', { slug: order.event.slug });
  return (
    <div class="order-main">
      <h1>{titleOf(order)}</h1>
      {order.problem && (
        <p class="summary">
          {order.problem.title} {order.problem.detail}
        </p>
      )}
      <p role={isWorking ? 'status' : undefined}>{otherwise}</p>
      {isWorking && <div class="feed" aria-hidden="true"></div>}
      <p>
        <ButtonLink
          href={isWorking ? pathTo('order', { orderId: order.orderId }) : `${eventUrl}#tickets`}
          quiet={isWorking}
        >
          {isWorking ? words.workingNow : words.tryAgain}
        </ButtonLink>
      </p>
    </div>
  );
}
