import { Hono } from 'hono';
import * as v from 'valibot';
import { findEntryLink } from '#d1/queries/entry-links.ts';
import { needsEntitlement } from '#shared/inventory/rules.ts';
import type { HoldLine } from '#shared/inventory/stock.ts';
import { orderLines, type Order } from '#shared/orders/order.ts';
import type { Quote } from '#shared/pricing/quote.ts';
import { money } from '#shared/money/money.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { rememberOrder } from '#workers/http/order-access.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { browserKey, nameBrowser } from '#workers/http/browser-id.ts';
import { readVia } from '#workers/http/entry-link.ts';
import { forgetOffer, readOffer } from '#workers/http/waitlist-offer.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { payOrder } from '#workers/operations/pay-order.ts';
import { placeOrder } from '#workers/operations/place-order.ts';
import { openQuote, quoteOrder, sealQuote } from '#workers/operations/quote-order.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { findPlace } from '#workers/operations/waitlist.ts';
import { checkoutLines, taxView } from '#workers/operations/present-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { CheckoutView } from '#workers/ui/views.ts';
import { contactSchema } from '#shared/people/contact.ts';
import { CheckoutPage } from './pages/checkout.tsx';

const words = messages.storefront.checkout;
const quantityField = /^q_([a-z0-9-]+)$/;
const keySchema = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));

type Typed = { readonly values: CheckoutView['values']; readonly fieldErrors: CheckoutView['fieldErrors'] };

/** Choose, fill in, done. The page works by plain forms; going back, reloading or clicking twice makes no second order. */
export const checkout = new Hono<AppEnv>()
  .get(routes.checkout, async (c) => {
    const sale = await eventForSale(c.var.services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const lines = readQuantities(c.req.query());
    if (!lines.ok) return refuse(c, lines.failure, [backToEvent(sale.value)]);
    nameBrowser(c);
    // The key stands in the address: going back, reloading and a copied tab come back to the same order.
    const key = v.safeParse(keySchema, c.req.query('key'));
    if (!key.success) {
      const query = new URLSearchParams({ ...c.req.query(), key: crypto.randomUUID() });
      return c.redirect(`${c.req.path}?${query.toString()}`, 303);
    }
    const { person } = c.var;
    const offer = await carriedOffer(c, sale.value, lines.value);
    const values = { name: person?.name ?? '', email: offer?.email ?? person?.email ?? '' };
    return draw(c, sale.value, lines.value, key.output, { values, fieldErrors: {} });
  })
  .post(routes.checkout, async (c) => {
    const { services } = c.var;
    const sale = await eventForSale(services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const form = await readForm(c);
    const lines = readQuantities(form);
    const key = v.safeParse(keySchema, form['idempotency_key']);
    if (!lines.ok) return refuse(c, lines.failure, [backToEvent(sale.value)]);
    if (!key.success) return refuse(c, fail('malformed_request', { field: 'idempotency_key' }).failure);
    const typed = { name: form['name'] ?? '', email: form['email'] ?? '' };
    const contact = v.safeParse(contactSchema, typed);
    if (!contact.success) {
      const fieldErrors = fieldErrorsOf(contact.issues);
      return draw(c, sale.value, lines.value, key.output, { values: typed, fieldErrors }, undefined, 422);
    }
    // Prices come from what we signed, quantities from what was typed: where they disagree, the buyer looks again.
    const promised = await openQuote(services, sale.value, form['quote'] ?? '');
    const again = { values: typed, fieldErrors: {} };
    if (!promised.ok || !sameLines(promised.value, lines.value)) {
      return draw(c, sale.value, lines.value, key.output, again, { code: 'quote_stale' });
    }
    const [via, offer] = await Promise.all([
      readVia(c, sale.value.event.id),
      readOffer(
        c,
        sale.value.event.id,
        lines.value.map(({ typeId }) => typeId),
      ),
    ]);
    const offerId = offer?.entryId;
    const request = { sale: sale.value, quote: promised.value, contact: contact.output, via, offerId };
    const order = await placeOrder(services, { ...request, idempotencyKey: await browserKey(c, key.output) });
    if (order.ok && order.value.state !== 'refused') {
      if (offerId !== undefined) forgetOffer(c);
      return onward(c, order.value);
    }
    // A refused request never used its key; a refused order did, so another try is another order under a new one.
    const problem = order.ok ? order.value.failure : order.failure;
    return draw(c, sale.value, lines.value, crypto.randomUUID(), again, problem);
  });

/** To the bank when there is something to pay, else to the tickets. The order page takes over if the bank won't answer. */
async function onward(c: AppContext, { orderId, state }: Order): Promise<Response> {
  await rememberOrder(c, orderId);
  const page = pathTo('order', { orderId });
  if (state === 'completed') return c.redirect(page, 303);
  const way = await payOrder(c.var.services, orderId);
  return c.redirect(way.ok ? (way.value.bankUrl ?? page) : page, 303);
}

/** The waitlist offer this browser came with, and whom it was made to: only that address can take it. */
async function carriedOffer(
  c: AppContext,
  sale: EventForSale,
  lines: readonly HoldLine[],
): Promise<{ email: string } | undefined> {
  const typeIds = lines.map(({ typeId }) => typeId);
  const offer = await readOffer(c, sale.event.id, typeIds);
  if (offer === undefined) return undefined;
  const place = await findPlace(c.var.services, offer.entryId);
  return place.ok ? { email: place.value.contact.email } : undefined;
}

/** A type that only the link which brought this browser opens, when it is not among what is being bought. */
async function openedByLink(
  c: AppContext,
  { event, rules }: EventForSale,
  lines: readonly HoldLine[],
): Promise<CheckoutView['opened']> {
  if (!rules.ticketTypes.some(needsEntitlement)) return undefined;
  const via = await readVia(c, event.id);
  if (via === undefined) return undefined;
  // Without the database the checkout goes on: the inventory knows what a link entitles to.
  const link = await findEntryLink(c.var.services.db, via).catch(() => undefined);
  const type = rules.ticketTypes.find(({ id }) => id === link?.opensTypeId);
  if (type === undefined || lines.some(({ typeId }) => typeId === type.id)) return undefined;
  const query = new URLSearchParams(lines.map(({ typeId, quantity }) => [`q_${typeId}`, String(quantity)]));
  query.set(`q_${type.id}`, '1');
  return { typeName: type.name, url: `${pathTo('checkout', { slug: event.slug })}?${query.toString()}` };
}

function sameLines(promised: Quote, lines: readonly HoldLine[]): boolean {
  const wanted = new Map(lines.map(({ typeId, quantity }) => [typeId, quantity]));
  const quoted = orderLines(promised);
  const isEach = quoted.every(({ itemId, quantity }) => wanted.get(itemId) === quantity);
  return isEach && quoted.length === wanted.size;
}

async function draw(
  c: AppContext,
  sale: EventForSale,
  lines: readonly HoldLine[],
  idempotencyKey: string,
  typed: Typed,
  problem?: Failure,
  status?: 422,
): Promise<Response> {
  const { services } = c.var;
  const priced = quoteOrder(services, sale, lines);
  if (!priced.ok) return refuse(c, priced.failure, [backToEvent(sale)]);
  const { currency, feeMinor, totalMinor } = priced.value;
  const view: CheckoutView = {
    event: eventCard(sale.event, sale.rules, services.clock()),
    lines: checkoutLines(
      orderLines(priced.value),
      currency,
      new Map(sale.rules.ticketTypes.map(({ id, tier }) => [id, tier])),
    ),
    fee: money(feeMinor, currency),
    tax: taxView(priced.value),
    total: money(totalMinor, currency),
    quote: await sealQuote(services, priced.value),
    idempotencyKey,
    opened: await openedByLink(c, sale, lines),
    waitlistUrl: problem?.code === 'sold_out' ? waitlistUrl(sale, lines) : undefined,
    isOffer: (await carriedOffer(c, sale, lines)) !== undefined,
    ...typed,
    problem: problem === undefined ? undefined : problemOf(problem),
  };
  c.header('Cache-Control', 'no-store');
  const answered = problem === undefined ? (status ?? 200) : problemOf(problem).status;
  return c.html(<CheckoutPage viewer={viewerOf(c)} checkout={view} />, answered);
}

function waitlistUrl({ event }: EventForSale, lines: readonly HoldLine[]): string {
  const [only, ...more] = lines;
  const page = pathTo('waitlist', { slug: event.slug });
  return only === undefined || more.length > 0 ? page : `${page}?type=${encodeURIComponent(only.typeId)}`;
}

async function readForm(c: AppContext): Promise<Record<string, string>> {
  // What cannot be read as a form has no fields: it is refused for what is missing.
  const body: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Every `q_<type>` field that asks for something. */
function readQuantities(fields: Readonly<Record<string, string>>) {
  const lines: HoldLine[] = [];
  for (const [name, text] of Object.entries(fields)) {
    const typeId = quantityField.exec(name)?.[1];
    if (typeId === undefined || text === '' || text === '0') continue;
    if (!/^\d{1,4}$/.test(text)) return fail('quantity_invalid');
    lines.push({ typeId, quantity: Number(text) });
  }
  return lines.length === 0 ? fail('quantity_invalid') : { ok: true as const, value: lines };
}

function fieldErrorsOf(issues: readonly v.BaseIssue<unknown>[]): CheckoutView['fieldErrors'] {
  const wrong = new Set(issues.map((issue) => v.getDotPath(issue)));
  return {
    ...(wrong.has('name') ? { name: words.nameError } : {}),
    ...(wrong.has('email') ? { email: words.emailError } : {}),
  };
}

function backToEvent({ event }: EventForSale): { label: string; href: string } {
  return { label: words.back, href: pathTo('event', { slug: event.slug }) };
}
