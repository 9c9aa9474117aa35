import type { FC } from 'hono/jsx';
import { formatMoney } from '#shared/money/money.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { OrderState, OrderView } from '#workers/ui/views.ts';
import { Completed, hasEnded } from './order/completed.tsx';
import { Refunded, Refunding, Refused, Released } from './order/ended.tsx';
import { Paying, Unpaid, Working } from './order/open.tsx';
import { Receipt } from './receipt.tsx';

const words = messages.storefront.order;

/** How often an order that is being confirmed is looked at again where scripts are off. */
const lookAgainSeconds = 3;

type Standing = {
  readonly title: string;
  readonly Page: FC<{ order: OrderView }>;
  /** It may change without the reader doing anything: an island looks again. */
  readonly isOpen: boolean;
};

const standings: Readonly<Record<OrderState, Standing>> = {
  unpaid: { title: words.unpaid.title, Page: Unpaid, isOpen: true },
  paying: { title: words.paying.title, Page: Paying, isOpen: true },
  working: { title: words.working.title, Page: Working, isOpen: true },
  completed: { title: words.completedTitle, Page: Completed, isOpen: false },
  refused: { title: words.refused.title, Page: Refused, isOpen: false },
  // The bank may say yes after all: then its tickets are fetched again.
  released: { title: words.released.title, Page: Released, isOpen: true },
  refunding: { title: words.refunding.title, Page: Refunding, isOpen: true },
  refunded: { title: words.refunded.title, Page: Refunded, isOpen: false },
};

/** An order that was let go says why in its title: time ran out, a payment failed, somebody else was faster. */
function standingOf(order: OrderView): Standing {
  const { state, problem } = order;
  const standing = standings[state];
  if (state === 'completed') return { ...standing, title: completedTitle(order) };
  return state === 'released' && problem !== undefined ? { ...standing, title: problem.title } : standing;
}

function completedTitle(order: OrderView): string {
  const { gift, tickets, isTopUp, changes } = order;
  if (hasEnded(order)) {
    const isCancelled = changes.some(({ kind }) => kind === 'cancelled');
    return isCancelled ? words.changed.cancelledTitle : words.changed.endedTitle;
  }
  if (gift !== undefined) return gift.to === 'giver' ? words.gift.giverTitle : words.gift.recipientTitle;
  if (isTopUp) return words.topUp.title;
  return tickets.length === 0 ? words.things.title : words.completedTitle;
}

/** Where an order stands, whatever happened to it: what is true now, and the one thing to do about it. */
export function OrderPage({ viewer, order }: { viewer: Viewer; order: OrderView }) {
  const { state, reference, buyerEmail, receipt } = order;
  const { title, Page, isOpen } = standingOf(order);
  return (
    <Layout
      viewer={viewer}
      title={title}
      section="tickets"
      isPrivate
      refreshSeconds={state === 'working' ? lookAgainSeconds : undefined}
      islands={isOpen ? ['storefront/order.island.js'] : undefined}
    >
      <div class={`order ${state}`} data-state={state}>
        <div class="order-main">
          <h1>{title}</h1>
          <Page order={order} />
        </div>
        <div class="order-side">
          {receipt && <Receipt title={words.summary} receipt={receipt} />}
          {order.paidFrom && <PaidFrom paid={order.paidFrom} />}
          {order.hasDocuments && (
            <p>
              <a href={pathTo('orderDocuments', { orderId: order.orderId })}>{messages.documents.title}</a>
            </p>
          )}
          <p class="small">
            {words.reference} <code>{reference}</code>
            {buyerEmail !== '' && ` ${words.placedFor(buyerEmail)}`}
          </p>
        </div>
      </div>
    </Layout>
  );
}

/** Where the money came from, where it was not all the card's. */
function PaidFrom({ paid: { points, pointsWorth, balance, card } }: { paid: NonNullable<OrderView['paidFrom']> }) {
  const ways = messages.storefront.checkout.ways;
  return (
    <ul class="paid-from">
      {points > 0 && <li>{ways.points(points, formatMoney(pointsWorth))}</li>}
      {balance.amountMinor > 0 && <li>{ways.balance(formatMoney(balance))}</li>}
      {card.amountMinor > 0 && <li>{ways.rest(formatMoney(card))}</li>}
    </ul>
  );
}
