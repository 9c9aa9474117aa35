import { Hono } from 'hono';
import * as v from 'valibot';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { nameBrowser } from '#workers/http/browser-id.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { eventForSale } from '#workers/operations/event-for-sale.ts';
import { loadChoice, whyGone } from '#workers/operations/load-choice.ts';
import { openQuote } from '#workers/operations/quote-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { carriedOffer, drawCheckout } from './checkout/draw.tsx';
import { nothingTyped, readForm, readQuantities, type Fields } from './checkout/fields.ts';
import { cartPurchase, expressPurchase, type Purchase } from './checkout/purchase.ts';
import { submit } from './checkout/submit.ts';
import { repeatOf } from './checkout/repeat.ts';

const words = messages.storefront.checkout;
const keySchema = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));

/**
 * Fill in, choose how to pay, done: one page for what was chosen on an event's page and for what is in the cart. It works
 * by plain forms; going back, reloading or clicking twice makes no second order.
 */
export const checkout = new Hono<AppEnv>()
  .get(routes.checkout, async (c) => {
    const sale = await eventForSale(c.var.services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const items = readQuantities(c.req.query(), namesOf(sale.value));
    const purchase = expressPurchase(sale.value, items.ok ? items.value : [], []);
    return items.ok ? open(c, purchase) : refuse(c, items.failure, [purchase.back]);
  })
  .post(routes.checkout, async (c) => {
    const { services } = c.var;
    const sale = await eventForSale(services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const form = await readForm(c);
    const items = readQuantities(form, namesOf(sale.value));
    const sealed = await openQuote(services, form['quote'] ?? '');
    const purchase = expressPurchase(sale.value, items.ok ? items.value : [], sealed?.codes ?? []);
    return items.ok ? take(c, purchase, form) : refuse(c, items.failure, [purchase.back]);
  })
  .get(routes.cartCheckout, async (c) => {
    const purchase = await cartPurchase(c);
    return purchase.ok ? open(c, purchase.value) : backToCart(c, purchase.failure);
  })
  .post(routes.cartCheckout, async (c) => {
    const form = await readForm(c);
    const purchase = await cartPurchase(c);
    if (purchase.ok) return take(c, purchase.value, form);
    return (await repeatOf(c, form)) ?? backToCart(c, purchase.failure);
  });

/** A form posted with a key. Pressing twice, or again after going back, leads to the same order. */
async function take(c: AppContext, purchase: Purchase, form: Fields): Promise<Response> {
  const key = v.safeParse(keySchema, form['idempotency_key']);
  if (!key.success) return refuse(c, fail('malformed_request', { field: 'idempotency_key' }).failure);
  return submit(c, purchase, form, key.output);
}

async function open(c: AppContext, purchase: Purchase): Promise<Response> {
  nameBrowser(c);
  // The key stands in the address: going back, reloading and a copied tab come back to the same order.
  const key = v.safeParse(keySchema, c.req.query('key'));
  if (!key.success) {
    const query = new URLSearchParams({ ...c.req.query(), key: crypto.randomUUID() });
    return c.redirect(`${c.req.path}?${query.toString()}`, 303);
  }
  const choice = await loadChoice(c.var.services, purchase.chosen);
  if (!choice.ok) return refuse(c, choice.failure);
  const gone = whyGone(choice.value);
  if (gone !== undefined) return refuse(c, gone, [purchase.back]);
  const { person } = c.var;
  const offer = await carriedOffer(c, choice.value);
  const values = { name: person?.name ?? '', email: offer?.email ?? person?.email ?? '' };
  const typed = { ...nothingTyped, values };
  return drawCheckout(c, { purchase, choice: choice.value, idempotencyKey: key.output, typed });
}

function namesOf({ event, business }: { event: { slug: string }; business: { slug: string } }) {
  return { event: event.slug, shop: business.slug };
}

/** An empty cart is shown as one; what is in two currencies is chosen from there. */
function backToCart(
  c: AppContext,
  failure: { code: string } & Parameters<typeof refuse>[1],
): Response | Promise<Response> {
  if (failure.code === 'cart_empty') return c.redirect(pathTo('cart'), 303);
  return refuse(c, failure, [{ label: words.backToCart, href: pathTo('cart') }]);
}
