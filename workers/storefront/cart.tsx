import { Hono } from 'hono';
import { addCode, addItems, countOf, keyOf, removeCode, setQuantities, type Cart } from '#shared/cart/cart.ts';
import { currencies, type Currency } from '#shared/money/money.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { nameBrowser } from '#workers/http/browser-id.ts';
import { ownCart, showCount } from '#workers/http/cart-cookie.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { changeCart, limitsOf, notePrices, type KeptCart } from '#workers/operations/cart.ts';
import { eventForSale } from '#workers/operations/event-for-sale.ts';
import { loadChoice, type Choice } from '#workers/operations/load-choice.ts';
import { cartView, currencyOf, unitPrices } from '#workers/operations/present-cart.ts';
import { codeViews } from '#workers/operations/present-codes.ts';
import { shopForSale } from '#workers/operations/shop-for-sale.ts';
import { quoteOrder } from '#workers/operations/quote-order.ts';
import { stockLeft } from '#workers/operations/stock-left.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import type { CartView, CodeView } from '#workers/ui/views.ts';
import type { QuotedCart } from '#shared/pricing/quote-cart.ts';
import { readForm, readQuantities, type Fields } from './checkout/fields.ts';
import { currentCart } from './current-cart.ts';
import { CartPage } from './pages/cart.tsx';
import { tryCode } from './try-code.ts';

const quantityField = /^n:((?:ticket|product|bundle)\/[\w-]{1,80}\/[\w-]{1,80})$/;

/** What was chosen and not ordered yet. Each press is a form of its own; the page is drawn again from what then stands. */
export const cartDoor = new Hono<AppEnv>()
  .get(routes.cart, async (c) => {
    nameBrowser(c);
    const kept = await currentCart(c);
    return draw(c, kept);
  })
  .post(routes.cart, async (c) => {
    const form = await readForm(c);
    const [act, about] = splitOnce(form['do'] ?? '');
    if (act === 'add') return add(c, form);
    await currentCart(c);
    // Enter in the code's field presses the form's first button: what was typed is never passed over in silence.
    if (act === 'code' || (act === 'update' && (form['code'] ?? '').trim() !== '')) return applyCode(c, form);
    if (act === 'remove-code') return change(c, form, (kept) => removeCode(kept, about));
    if (act === 'remove') return change(c, form, (kept) => setQuantities(kept, new Map([[about, 0]])));
    if (act !== 'update' && act !== 'checkout') return refuse(c, fail('malformed_request', { field: 'do' }).failure);
    const next = act === 'checkout' ? `${pathTo('cartCheckout')}?currency=${currencyNamed(about)}` : pathTo('cart');
    return change(c, form, (kept) => asTyped(kept, form), next);
  });

/** From an event's or a business's page: on top of what is there. */
async function add(c: AppContext, form: Fields): Promise<Response> {
  const { services } = c.var;
  const event = c.req.query('event');
  const from =
    event === undefined ? await shopForSale(services, c.req.query('shop') ?? '') : await eventForSale(services, event);
  if (!from.ok) return refuse(c, from.failure);
  const { business } = from.value;
  const items = readQuantities(form, { event: event ?? '', shop: business.slug });
  const back =
    'event' in from.value
      ? pathTo('event', { slug: from.value.event.slug })
      : pathTo('business', { slug: business.slug });
  if (!items.ok) return refuse(c, items.failure, [{ label: business.name, href: back }]);
  await currentCart(c);
  // What nobody sells must not take a place in the cart.
  const choice = await loadChoice(services, { items: items.value, codes: [] });
  if (!choice.ok) return refuse(c, choice.failure);
  const known = items.value.filter((item) => !choice.value.gone.includes(item));
  if (known.length === 0) return refuse(c, fail('ticket_type_unknown').failure, [{ label: business.name, href: back }]);
  const prices = unitPrices(choice.value, known);
  const seen = known.map((item) => ({ ...item, seenMinor: prices.get(keyOf(item)) }));
  const maxOf = await limitsOf(services, known);
  const kept = await changeCart(services, await ownCart(c), (cart) => addItems(cart, seen, maxOf));
  if (!kept.ok) return refuse(c, kept.failure);
  showCount(c, countOf(kept.value.cart));
  return c.redirect(pathTo('cart'), 303);
}

/** A change made on the page that its reader saw: of another state than that, they look again first. */
async function change(
  c: AppContext,
  form: Fields,
  how: (cart: Cart) => Cart,
  next: string = pathTo('cart'),
): Promise<Response> {
  const seen = /^\d{1,9}$/.test(form['version'] ?? '') ? Number(form['version']) : -1;
  const kept = await changeCart(c.var.services, await ownCart(c), how, seen);
  if (!kept.ok) return draw(c, await currentCart(c), { problem: kept.failure });
  showCount(c, countOf(kept.value.cart));
  return c.redirect(next, 303);
}

function asTyped(kept: Cart, form: Fields): Cart {
  const quantities = new Map(
    Object.entries(form).flatMap(([name, text]) => {
      const key = quantityField.exec(name)?.[1];
      return key === undefined || !/^\d{1,4}$/.test(text) ? [] : [[key, Number(text)] as const];
    }),
  );
  return { ...setQuantities(kept, quantities), isGift: form['gift'] === undefined ? undefined : true };
}

async function applyCode(c: AppContext, form: Fields): Promise<Response> {
  const { services } = c.var;
  const kept = await currentCart(c);
  const chosen = { items: kept.cart.items, codes: kept.cart.codes };
  const choice = await loadChoice(services, chosen);
  if (!choice.ok) return refuse(c, choice.failure);
  // Tried on what one order could be: the first currency's things that it does something for.
  let error = '';
  for (const currency of currenciesOf(choice.value, kept)) {
    const items = kept.cart.items.filter((item) => currencyOf(choice.value, item) === currency);
    const tried = await tryCode(c, choice.value, { ...chosen, items }, form['code'] ?? '');
    if (tried.ok) return change(c, form, (cart) => addCode(cart, tried.code));
    error = tried.words;
  }
  return draw(c, kept, { codeError: error });
}

async function draw(
  c: AppContext,
  kept: KeptCart,
  said: { problem?: Failure; codeError?: string } = {},
): Promise<Response> {
  const { services } = c.var;
  const { cart: own, version } = kept;
  const choice = await loadChoice(services, { items: own.items, codes: own.codes });
  if (!choice.ok) return refuse(c, choice.failure);
  const [left, priced] = await Promise.all([stockLeft(services, choice.value), priceByCurrency(c, choice.value, kept)]);
  const now = services.clock();
  const { quotes, codes } = priced;
  const drawn = cartView({ cart: own, version, choice: choice.value, left, quotes, codes, now });
  const problem = said.problem ?? priced.failure;
  const view: CartView = {
    ...drawn,
    codeError: said.codeError,
    problem: problem === undefined ? undefined : problemOf(problem),
  };
  const shown = view.groups.flatMap(({ parts }) => parts.flatMap(({ rows }) => rows));
  const isTold = shown.some(({ was }) => was !== undefined);
  // Told once: the next look compares with what is shown now.
  if (isTold) c.executionCtx.waitUntil(noteShown(c, kept, choice.value));
  c.header('Cache-Control', 'no-store');
  const status =
    said.problem === undefined ? (said.codeError === undefined ? 200 : 422) : problemOf(said.problem).status;
  return c.html(<CartPage viewer={viewerOf(c)} cart={view} />, status);
}

async function noteShown(c: AppContext, kept: KeptCart, choice: Choice): Promise<void> {
  try {
    await notePrices(c.var.services, await ownCart(c), kept, unitPrices(choice, kept.cart.items));
  } catch (error) {
    console.error('prices shown were not noted', error);
  }
}

function currenciesOf(choice: Choice, { cart: { items } }: KeptCart): Currency[] {
  return [...new Set(items.flatMap((item) => (choice.gone.includes(item) ? [] : (currencyOf(choice, item) ?? []))))];
}

/** Each currency's things priced by themselves. A code is good where any of them takes something off for it. */
async function priceByCurrency(c: AppContext, choice: Choice, kept: KeptCart) {
  const quotes = new Map<Currency, QuotedCart | undefined>();
  const codes = new Map<string, CodeView>();
  let failure: Failure | undefined;
  for (const currency of currenciesOf(choice, kept)) {
    const items = kept.cart.items.filter((item) => currencyOf(choice, item) === currency);
    const own = await loadChoice(c.var.services, { items, codes: kept.cart.codes });
    if (!own.ok) continue;
    const priced = quoteOrder(c.var.services, own.value);
    quotes.set(currency, priced.ok ? priced.value : undefined);
    if (!priced.ok) {
      failure = priced.failure;
      continue;
    }
    for (const view of await codeViews(own.value, priced.value, kept.cart.codes)) {
      if (codes.get(view.code)?.name === undefined) codes.set(view.code, view);
    }
  }
  return { quotes, codes: [...codes.values()], failure };
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function currencyNamed(text: string): string {
  return currencies.find((each) => each === text) ?? '';
}
