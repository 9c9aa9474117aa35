import type { FoundOrder } from '#workers/operations/studio-orders.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.sellerOrders;
const soughtMax = 254;

type OrdersPageProps = {
  viewer: Viewer;
  tools: readonly Tool[];
  sought: string;
  /** Undefined before anything was looked for. */
  found: readonly FoundOrder[] | undefined;
};

/** One question, and what was found under it. */
export function OrdersPage({ viewer, tools, sought, found }: OrdersPageProps) {
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="orders" shown={tools} />
        <div class="opening">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
      </header>
      <form class="find-order" method="post" action={pathTo('studioOrders')}>
        <Field
          name="sought"
          label={words.search}
          hint={words.searchHint}
          type="text"
          value={sought}
          autocomplete="off"
          maxLength={soughtMax}
        />
        <Button>{words.submit}</Button>
      </form>
      {found !== undefined && <Found found={found} />}
    </Layout>
  );
}

function Found({ found }: { found: readonly FoundOrder[] }) {
  if (found.length === 0) {
    return (
      <div role="status">
        <p class="summary">{words.none}</p>
        <p>{words.noneHint}</p>
      </div>
    );
  }
  return (
    <section aria-labelledby="found">
      <div class="section-head">
        <h2 id="found" role="status">
          {words.found(found.length)}
        </h2>
      </div>
      <ul class="payouts found-orders">
        {found.map(({ orderId, reference, state, placedAtMs, currency, totalMinor }) => (
          <li>
            <a href={pathTo('studioOrder', { orderId })}>
              <code>{reference}</code>
            </a>
            <b>{sumText(totalMinor, currency)}</b>
            <span class="payout-state">{words.states[state]}</span>
            {placedAtMs !== undefined && (
              <time datetime={isoInstant(placedAtMs)}>{shortDayYear(placedAtMs, 'UTC')}</time>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
