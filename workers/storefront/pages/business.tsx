import { pathTo } from '#workers/routes.ts';
import { EventCard } from '#workers/ui/components/event-card.tsx';
import { Prose } from '#workers/ui/components/prose.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Extras } from './extras.tsx';
import type { BusinessView, EventCard as Event, ShopItem } from '#workers/ui/views.ts';

const words = messages.storefront.business;
const shopWords = messages.storefront.shop;

type BusinessPageProps = { viewer: Viewer; business: BusinessView; events: Event[]; items: ShopItem[] };

export function BusinessPage({ viewer, business, events, items }: BusinessPageProps) {
  return (
    <Layout
      viewer={viewer}
      title={business.name}
      description={business.tagline}
      section="events"
      styles={['public.css']}
    >
      <header class="business">
        {business.logoUrl && <img src={business.logoUrl} alt="" width="160" height="160" />}
        <div>
          <p class="kicker">
            {business.category}, {business.city}
          </p>
          <h1>{business.name}</h1>
          <p class="summary">{business.tagline}</p>
        </div>
      </header>
      <section>
        <div class="section-head">
          <h2>{words.about}</h2>
        </div>
        <Prose text={business.story} />
        {business.website && (
          <p class="after">
            <a href={business.website} rel="noreferrer">
              {words.website}: {business.website.replace(/^https?:\/\//, '')}
            </a>
          </p>
        )}
      </section>
      {items.length > 0 && <Shop business={business} items={items} />}
      <section>
        <div class="section-head">
          <h2>{words.events(business.name)}</h2>
        </div>
        {events.length === 0 ? (
          <p class="empty">{words.noEvents}</p>
        ) : (
          <ul class="cards">
            {events.map((event) => (
              <EventCard event={event} heading="h3" />
            ))}
          </ul>
        )}
      </section>
    </Layout>
  );
}

function Shop({ business: { slug }, items }: { business: BusinessView; items: ShopItem[] }) {
  return (
    <section id="shop">
      <div class="section-head">
        <h2>{shopWords.title}</h2>
        <p>{shopWords.goesWellLead}</p>
      </div>
      <form method="post" action={`${pathTo('cart')}?shop=${slug}`}>
        <Extras items={items} />
        <div class="offers-foot">
          <button class="button" name="do" value="add">
            {messages.storefront.event.addToCart}
          </button>
        </div>
      </form>
    </section>
  );
}
