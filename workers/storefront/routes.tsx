import { Hono } from 'hono';
import * as v from 'valibot';
import { findBusiness, listEvents, readEventPage } from '#d1/queries/catalogue.ts';
import { productsOf } from '#d1/queries/shop.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { fail, ok } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { edgeCached } from '#workers/http/edge-cache.ts';
import { parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { eventForSale } from '#workers/operations/event-for-sale.ts';
import { lookAtEvent } from '#workers/operations/look-at-event.ts';
import { businessView, eventCard, eventView, ticketOffers } from '#workers/operations/present-event.ts';
import { shopItems } from '#workers/operations/present-shop.ts';
import { shopForSaleById } from '#workers/operations/shop-for-sale.ts';
import { routes } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { eventJsonLd } from './event-json-ld.ts';
import { BusinessPage } from './pages/business.tsx';
import { CataloguePage } from './pages/catalogue.tsx';
import { EventPage } from './pages/event/page.tsx';
import { ProgrammePage } from './pages/event/programme.tsx';

const pageSeconds = 30;

/** Ids travel in a header on their way to the object: nothing but these letters may come in. */
const lookSchema = v.object({ look: v.pipe(v.string(), v.regex(/^[\w-]{8,40}$/)) });

/** What anyone may read without being anyone: the same for everybody, so the edge keeps it. */
export const storefront = new Hono<AppEnv>()
  .get(routes.home, edgeCached(pageSeconds), async (c) => {
    const { services } = c.var;
    const events = await cards(services);
    return c.html(<CataloguePage viewer="anonymous" events={events} />);
  })
  .get(routes.event, edgeCached(pageSeconds), async (c) => {
    const view = await readEventView(c.var.services, c.req.param('slug'));
    if (!view.ok) return refuse(c, view.failure);
    const { publicOrigin } = c.var.services.settings;
    return c.html(
      <EventPage event={view.value} jsonLd={eventJsonLd(view.value, publicOrigin)} origin={publicOrigin} />,
    );
  })
  .get(routes.eventProgramme, edgeCached(pageSeconds), async (c) => {
    const view = await readEventView(c.var.services, c.req.param('slug'));
    if (!view.ok) return refuse(c, view.failure);
    return c.html(<ProgrammePage event={view.value} origin={c.var.services.settings.publicOrigin} />);
  })
  .get(routes.business, edgeCached(pageSeconds), async (c) => {
    const { services } = c.var;
    const business = await findBusiness(services.db, c.req.param('slug'));
    if (business === undefined) return refuse(c, fail('not_found').failure);
    const [events, shop, products] = await Promise.all([
      cards(services, { businessId: business.id }),
      shopForSaleById(services, business.id),
      productsOf(services.db, business.id),
    ]);
    const items = shop.ok ? shopItems(shop.value, products) : [];
    return c.html(<BusinessPage viewer="anonymous" business={businessView(business)} events={events} items={items} />);
  })
  .get(routes.eventAvailability, (c) => availability(c, c.req.param('slug')))
  .get(routes.apiAvailability, (c) => availability(c, c.req.param('slug')))
  .post(routes.eventLooking, async (c) => {
    const { services } = c.var;
    const body = await parseJson(c, lookSchema);
    if (!body.ok) return refuse(c, body.failure);
    const found = await eventForSale(services, c.req.param('slug'));
    if (!found.ok) return refuse(c, found.failure);
    // Absent on a developer's machine, where everybody is one address.
    const address = c.req.header('cf-connecting-ip') ?? '';
    const looking = await lookAtEvent(services, found.value.event.id, { lookId: body.value.look, address });
    return c.json({ looking }, 200, { 'Cache-Control': 'no-store' });
  })
  .get(routes.media, edgeCached(3_600), async (c) => {
    const object = await c.var.services.media.get(c.req.param('key'));
    if (object === null) return refuse(c, fail('not_found').failure);
    c.header('Content-Type', object.httpMetadata?.contentType ?? 'application/octet-stream');
    c.header('ETag', object.httpEtag);
    // A picture is never a page: even an uploaded SVG may run nothing and load nothing.
    c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
    return c.body(object.body);
  });

async function readEventView(services: Services, slug: string) {
  const found = await eventForSale(services, slug);
  if (!found.ok) return found;
  const [rows, shop] = await Promise.all([
    readEventPage(services.db, found.value.event),
    shopForSaleById(services, found.value.business.id),
  ]);
  return ok(eventView(found.value, rows, shop.ok ? shop.value : undefined, services.clock()));
}

async function cards(services: Services, where?: { businessId: string }) {
  const now = services.clock();
  const rows = await listEvents(services.db, where);
  return rows.map(({ event, document }) => eventCard(event, JSON.parse(document) as EventRules, now));
}

/** Asked of the inventory itself: the one thing on an event page that is not cached. */
async function availability(c: AppContext, slug: string): Promise<Response> {
  const { services } = c.var;
  const found = await eventForSale(services, slug);
  if (!found.ok) return refuse(c, found.failure);
  const { event, rules } = found.value;
  const answer = await services.inventory(event.id).availability();
  const left: Readonly<Record<string, number>> = answer.ok ? answer.value.left : {};
  const offers = ticketOffers(rules, (type) => left[type.id] ?? 0, services.clock());
  const shown = offers.map((offer) => ({ typeId: offer.type.id, availability: offer.availability, left: offer.left }));
  return Response.json({ offers: shown }, { headers: { 'Cache-Control': 'no-store' } });
}
