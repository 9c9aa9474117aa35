import type { FC } from 'hono/jsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { OrderState, OrderView } from '#workers/ui/views.ts';
import { Completed } from './order/completed.tsx';
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
function standingOf({ state, problem }: OrderView): Standing {
  const standing = standings[state];
  return state === 'released' && problem !== undefined ? { ...standing, title: problem.title } : standing;
}

/** Where an order stands, whatever happened to it: what is true now, and the one thing to do about it. */
export function OrderPage({ viewer, order }: { viewer: Viewer; order: OrderView }) {
  const { state, tax, reference, buyerEmail } = order;
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
          <Receipt
            title={words.summary}
            event={order.event}
            lines={order.lines}
            fee={order.fee}
            tax={tax}
            total={order.total}
          />
          <p class="small">
            {words.reference} <code>{reference}</code>
            {buyerEmail !== '' && ` ${words.placedFor(buyerEmail)}`}
          </p>
        </div>
      </div>
    </Layout>
  );
}
