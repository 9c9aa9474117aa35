import { Hono } from 'hono';
import * as v from 'valibot';
import { emailSchema } from '#shared/access/address.ts';
import { needsEntitlement } from '#shared/inventory/rules.ts';
import { hourMs } from '#shared/time.ts';
import { linkReferrerPolicy } from '#workers/http/guards.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { browserKey, nameBrowser } from '#workers/http/browser-id.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { rememberOffer } from '#workers/http/waitlist-offer.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import {
  joinWaitlist,
  leaveWaitlist,
  offerMinutes,
  openPlace,
  type WaitlistPlace,
} from '#workers/operations/waitlist.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { JoinWaitlistPage, type JoinView } from './pages/waitlist-join.tsx';
import { WaitlistPlacePage } from './pages/waitlist-place.tsx';

const words = messages.storefront.waitlist;

const joinSchema = v.object({
  type: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  quantity: v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.minValue(1)),
  email: emailSchema,
  key: v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/)),
});

/** A refused form, as far as it can be shown again. */
const typedSchema = v.object({
  type: v.fallback(v.pipe(v.string(), v.maxLength(40)), ''),
  quantity: v.fallback(v.pipe(v.string(), v.maxLength(2)), '1'),
  email: v.fallback(v.pipe(v.string(), v.maxLength(254)), ''),
});

const placeSchema = v.object({
  token: v.pipe(v.string(), v.maxLength(1_000)),
  do: v.picklist(['take', 'leave']),
});

/** For when everything is taken: a place in the line, what comes of it, and the way out of it. */
export const waitlist = new Hono<AppEnv>()
  .get(routes.waitlist, async (c) => {
    const sale = await eventForSale(c.var.services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    nameBrowser(c);
    const values = { type: c.req.query('type') ?? '', quantity: '1', email: c.var.person?.email ?? '' };
    return draw(c, sale.value, { values, isJoined: c.req.query('joined') !== undefined });
  })
  .post(routes.waitlist, async (c) => {
    const { services } = c.var;
    const sale = await eventForSale(services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const form = await parseForm(c, joinSchema);
    const typed = await parseForm(c, typedSchema);
    const values = typed.ok ? typed.value : { type: '', quantity: '1', email: '' };
    if (!form.ok) return draw(c, sale.value, { values, emailError: words.emailError });
    const { type: typeId, quantity, email: address, key } = form.value;
    const request = { typeId, quantity, email: address, key: await browserKey(c, key) };
    const joined = await joinWaitlist(services, sale.value, request);
    if (!joined.ok) return draw(c, sale.value, { values, problem: problemOf(joined.failure) });
    const type = encodeURIComponent(typeId);
    return c.redirect(`${pathTo('waitlist', { slug: sale.value.event.slug })}?type=${type}&joined`, 303);
  })
  .get(routes.waitlistLink, async (c) => {
    const token = c.req.query('t') ?? '';
    const place = await openPlace(c.var.services, token);
    return place.ok ? drawPlace(c, place.value, token) : refuse(c, place.failure);
  })
  .post(routes.waitlistLink, async (c) => {
    const form = await parseForm(c, placeSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { services } = c.var;
    const place = await openPlace(services, form.value.token);
    if (!place.ok) return refuse(c, place.failure);
    const { contact, sale, status } = place.value;
    if (form.value.do === 'leave') {
      const left = await leaveWaitlist(services, place.value);
      if (!left.ok) return refuse(c, left.failure);
      return drawPlace(c, { ...place.value, status: 'left' }, form.value.token);
    }
    // It ran out, or was taken, since the page was drawn: the page says so.
    if (status !== 'offered') return drawPlace(c, place.value, form.value.token);
    const { entryId, eventId, typeId, quantity } = contact;
    await rememberOffer(c, { entryId, eventId, typeId, expiresAtMs: services.clock() + hourMs });
    const { slug } = sale.event;
    return c.redirect(`${pathTo('checkout', { slug })}?q_${typeId}=${quantity}`, 303);
  });

async function draw(
  c: AppContext,
  sale: EventForSale,
  said: Pick<JoinView, 'values'> & Partial<JoinView>,
): Promise<Response> {
  const { services } = c.var;
  const answer = await services.inventory(sale.event.id).availability();
  const left: Readonly<Record<string, number>> = answer.ok ? answer.value.left : {};
  const now = services.clock();
  const open = sale.rules.ticketTypes.filter(
    (type) => !needsEntitlement(type) && now < type.sale.until && (left[type.id] === 0 || type.id === said.values.type),
  );
  const view: JoinView = {
    event: eventCard(sale.event, sale.rules, now),
    types: open.map(({ id, name, perOrderMax }) => ({ id, name, perOrderMax })),
    key: crypto.randomUUID(),
    offerMinutes,
    isJoined: false,
    emailError: undefined,
    problem: undefined,
    ...said,
  };
  c.header('Cache-Control', 'no-store');
  const status = view.problem === undefined ? (view.emailError === undefined ? 200 : 422) : 409;
  return c.html(<JoinWaitlistPage viewer={viewerOf(c)} view={view} />, status);
}

function drawPlace(c: AppContext, place: WaitlistPlace, token: string): Response | Promise<Response> {
  const { sale, typeName, status, contact, offerEndsAtMs } = place;
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', linkReferrerPolicy);
  const event = eventCard(sale.event, sale.rules, c.var.services.clock());
  const view = { event, typeName, typeId: contact.typeId, quantity: contact.quantity, status, offerEndsAtMs, token };
  return c.html(<WaitlistPlacePage view={{ ...view, offerMinutes }} />);
}
