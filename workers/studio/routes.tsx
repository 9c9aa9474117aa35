import { Hono } from 'hono';
import { encodeQR } from 'qr';
import * as v from 'valibot';
import { listEvents } from '#d1/queries/catalogue.ts';
import { addEntryLink, entryLinksOf, linkLimit } from '#d1/queries/entry-links.ts';
import { businessesWhere, may, platformBusinessId, type Permission } from '#shared/access/permissions.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { entryChannels } from '#shared/entry/channels.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { openLiveSocket, readLive } from '#workers/operations/watch-event.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { LinksPage } from './pages/links.tsx';
import { LivePage } from './pages/live.tsx';
import { StudioPage } from './pages/studio.tsx';
import type { EntryLinkView, LinksView } from './views.ts';

const linkSchema = v.object({
  label: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  channel: v.picklist(entryChannels),
});

const emptyLink = { label: '', channel: 'qr_poster' } as const;

/** A refused form, as far as it can be shown again. */
const typedSchema = v.object({
  label: v.fallback(v.pipe(v.string(), v.maxLength(400)), emptyLink.label),
  channel: v.fallback(v.picklist(entryChannels), emptyLink.channel),
});

const codeBytes = 5;

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
    const isOperator = may(person.memberships, 'operations.manage', platformBusinessId);
    return c.html(<StudioPage viewer={viewerOf(c)} events={events} isOperator={isOperator} />);
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
    const { db, clock, randomBytes } = c.var.services;
    const existing = await entryLinksOf(db, sale.value.event.id);
    if (existing.length >= linkLimit) {
      return drawLinks(c, sale.value, await typedLink(c), messages.studio.links.full(linkLimit));
    }
    const code = encodeBase32(randomBytes(codeBytes)).toLowerCase();
    await addEntryLink(db, { code, eventId: sale.value.event.id, ...form.value, createdAtMs: clock() });
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
  const links = rows.map(({ code, channel, label, visits }): EntryLinkView => {
    const url = `${services.settings.publicOrigin}${pathTo('goLink', { code })}`;
    return {
      code,
      channel,
      label,
      url,
      visits,
      sold: soldBy.get(code) ?? 0,
      qrSvg: encodeQR(url, 'svg', { border: 4 }),
    };
  });
  c.header('Cache-Control', 'no-store');
  const view = { event: studioEvent(c, sale), links, values, error };
  return c.html(<LinksPage viewer={viewerOf(c)} links={view} />, error === undefined ? 200 : 422);
}
