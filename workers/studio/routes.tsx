import { Hono } from 'hono';
import { encodeQR } from 'qr';
import * as v from 'valibot';
import { listEvents } from '#d1/queries/catalogue.ts';
import { entryLinksOf, linkLimit } from '#d1/queries/entry-links.ts';
import { businessesWhere, may, type Permission } from '#shared/access/permissions.ts';
import { entryChannels } from '#shared/entry/channels.ts';
import { needsEntitlement, ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { makeWayIn } from '#workers/operations/make-way-in.ts';
import { openLiveSocket, readLive } from '#workers/operations/watch-event.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { LinksPage } from './pages/links.tsx';
import { LivePage } from './pages/live.tsx';
import { StudioPage } from './pages/studio.tsx';
import { toolsOf } from './tools-of.ts';
import type { EntryLinkView, LinksView } from './views.ts';

const mostOpened = 10_000;

const linkSchema = v.object({
  label: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  channel: v.picklist(entryChannels),
  opens: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
  count: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.minValue(1), v.maxValue(mostOpened)),
    '1',
  ),
});

const emptyLink = { label: '', channel: 'qr_poster', opens: '', count: '1' } as const;

/** A refused form, as far as it can be shown again. */
const typedSchema = v.object({
  label: v.fallback(v.pipe(v.string(), v.maxLength(400)), emptyLink.label),
  channel: v.fallback(v.picklist(entryChannels), emptyLink.channel),
  opens: v.fallback(v.pipe(v.string(), v.maxLength(40)), emptyLink.opens),
  count: v.fallback(v.pipe(v.string(), v.maxLength(5)), emptyLink.count),
});

/** Where organisers watch and steer their events. */
export const studio = new Hono<AppEnv>()
  .get(routes.studio, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const reach = businessesWhere(person.memberships, 'event.watch');
    const rows = await listEvents(services.db);
    const own = rows.filter(({ event }) => reach.everywhere || reach.businessIds.includes(event.businessId));
    if (own.length === 0) return refuse(c, { code: 'not_permitted' });
    const now = services.clock();
    const events = own.map(({ event, document }) => {
      const rules = JSON.parse(document) as EventRules;
      return eventCard(event, rules, now);
    });
    c.header('Cache-Control', 'no-store');
    return c.html(<StudioPage viewer={viewerOf(c)} events={events} tools={toolsOf(person)} />);
  })
  .get(routes.studioLive, async (c) => {
    const sale = await watchedEvent(c, c.req.param('slug'), 'event.watch');
    if (!sale.ok) return refuse(c, sale.failure);
    const { services } = c.var;
    const { event, rules } = sale.value;
    const [snapshot, links] = await Promise.all([readLive(services, event.id), entryLinksOf(services.db, event.id)]);
    if (snapshot === undefined) return refuse(c, fail('temporarily_unavailable').failure);
    const live = {
      event: studioEvent(c, sale.value),
      currency: rules.currency,
      snapshot,
      linkLabels: Object.fromEntries(links.map(({ code, label }) => [code, label])),
      socketUrl: pathTo('studioLiveSocket', { slug: event.slug }),
    };
    c.header('Cache-Control', 'no-store');
    return c.html(<LivePage viewer={viewerOf(c)} live={live} />);
  })
  .get(routes.studioLiveSocket, async (c) => {
    const sale = await watchedEvent(c, c.req.param('slug'), 'event.watch');
    if (!sale.ok) return refuse(c, sale.failure);
    // A page of another site could open this socket with our cookies: browsers say where from, and can't be made to lie.
    const { publicOrigin } = c.var.services.settings;
    if (c.req.header('origin') !== publicOrigin) return refuse(c, { code: 'cross_site_request' });
    return openLiveSocket(c.env, sale.value.event.id, c.req.raw);
  })
  .get(routes.studioLinks, async (c) => {
    const sale = await watchedEvent(c, c.req.param('slug'), 'event.edit');
    if (!sale.ok) return refuse(c, sale.failure);
    return drawLinks(c, sale.value, emptyLink, undefined);
  })
  .post(routes.studioLinks, async (c) => {
    const sale = await watchedEvent(c, c.req.param('slug'), 'event.edit');
    if (!sale.ok) return refuse(c, sale.failure);
    const form = await parseForm(c, linkSchema);
    if (!form.ok) return drawLinks(c, sale.value, await typedLink(c), messages.studio.links.labelError);
    const { label, channel, opens, count } = form.value;
    const way = { label, channel, opens: opens === '' ? undefined : { typeId: opens, count } };
    const made = await makeWayIn(c.var.services, sale.value, way);
    if (!made.ok) {
      const { full, labelError } = messages.studio.links;
      const error = made.failure.code === 'batch_too_large' ? full(linkLimit) : labelError;
      return drawLinks(c, sale.value, await typedLink(c), error);
    }
    return c.redirect(pathTo('studioLinks', { slug: sale.value.event.slug }), 303);
  });

async function watchedEvent(c: AppContext, slug: string, permission: Permission): Promise<Result<EventForSale>> {
  const { person, services } = c.var;
  if (person === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  return may(person.memberships, permission, sale.value.event.businessId) ? ok(sale.value) : fail('not_permitted');
}

function studioEvent(c: AppContext, { event, rules }: EventForSale): EventCard {
  return eventCard(event, rules, c.var.services.clock());
}

async function typedLink(c: AppContext): Promise<LinksView['values']> {
  const typed = await parseForm(c, typedSchema);
  return typed.ok ? typed.value : emptyLink;
}

async function drawLinks(
  c: AppContext,
  sale: EventForSale,
  values: LinksView['values'],
  error: string | undefined,
): Promise<Response> {
  const { services } = c.var;
  const [rows, snapshot] = await Promise.all([
    entryLinksOf(services.db, sale.event.id),
    readLive(services, sale.event.id),
  ]);
  const soldBy = new Map(snapshot?.links.map(({ code, sold }) => [code, sold]));
  const links = rows.map(({ code, channel, label, visits, opensTypeId, opensCount }): EntryLinkView => {
    const url = `${services.settings.publicOrigin}${pathTo('goLink', { code })}`;
    return {
      code,
      channel,
      label,
      url,
      visits,
      sold: soldBy.get(code) ?? 0,
      opens:
        opensTypeId === null
          ? undefined
          : { typeName: ticketTypeOf(sale.rules, opensTypeId)?.name ?? opensTypeId, count: opensCount ?? 0 },
      qrSvg: encodeQR(url, 'svg', { border: 4 }),
    };
  });
  c.header('Cache-Control', 'no-store');
  const openable = sale.rules.ticketTypes.filter(needsEntitlement).map(({ id, name }) => ({ id, name }));
  const view = { event: studioEvent(c, sale), links, openable, values, error };
  return c.html(<LinksPage viewer={viewerOf(c)} links={view} />, error === undefined ? 200 : 422);
}
