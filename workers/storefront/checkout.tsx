import { Hono } from 'hono';
import * as v from 'valibot';
import type { HoldLine } from '#shared/inventory/stock.ts';
import { money } from '#shared/money/money.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { rememberOrder } from '#workers/http/order-access.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf, withSession } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { placeOrder, priceLines } from '#workers/operations/place-order.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { checkoutLines } from '#workers/operations/present-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { CheckoutView } from '#workers/ui/views.ts';
import { contactSchema } from './contact.ts';
import { CheckoutPage } from './pages/checkout.tsx';

const words = messages.storefront.checkout;
const quantityField = /^q_([a-z0-9-]+)$/;
const keySchema = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));

type Typed = { readonly values: CheckoutView['values']; readonly fieldErrors: CheckoutView['fieldErrors'] };

/** Choose, fill in, done. The page works by plain forms; going back, reloading or clicking twice makes no second order. */
export const checkout = new Hono<AppEnv>()
  .use(routes.checkout, withSession)
  .get(routes.checkout, async (c) => {
    const sale = await eventForSale(c.var.services, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const lines = readQuantities(c.req.query());
    if (!lines.ok) return refuse(c, lines.failure, [backToEvent(sale.value)]);
    const { person } = c.var;
    const values = { name: person?.name ?? '', email: person?.email ?? '' };
    return draw(c, sale.value, lines.value, crypto.randomUUID(), { values, fieldErrors: {} });
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
    const request = { slug: sale.value.event.slug, lines: lines.value, contact: contact.output };
    const order = await placeOrder(services, { ...request, idempotencyKey: key.output });
    // A refused request never used its key; a refused order did, so another try is another order under a new one.
    const problem = order.ok ? order.value.failure : order.failure;
    if (order.ok && order.value.state !== 'refused') {
      await rememberOrder(c, order.value.orderId);
      return c.redirect(pathTo('order', { orderId: order.value.orderId }), 303);
    }
    const again = { values: typed, fieldErrors: {} };
    return draw(c, sale.value, lines.value, crypto.randomUUID(), again, problem);
  });

function draw(
  c: AppContext,
  sale: EventForSale,
  lines: readonly HoldLine[],
  idempotencyKey: string,
  typed: Typed,
  problem?: Failure,
  status?: 422,
): Response | Promise<Response> {
  const priced = priceLines(sale, lines);
  if (!priced.ok) return refuse(c, priced.failure, [backToEvent(sale)]);
  const { currency } = sale.rules;
  const shown = checkoutLines(priced.value, currency);
  const view: CheckoutView = {
    event: eventCard(sale.event, sale.rules, c.var.services.clock()),
    lines: shown,
    total: money(shown.reduce((sum, line) => sum + line.total.amountMinor, 0), currency),
    idempotencyKey,
    ...typed,
    problem: problem === undefined ? undefined : problemOf(problem),
  };
  c.header('Cache-Control', 'no-store');
  const answered = problem === undefined ? (status ?? 200) : problemOf(problem).status;
  return c.html(<CheckoutPage viewer={viewerOf(c)} checkout={view} />, answered);
}

async function readForm(c: AppContext): Promise<Record<string, string>> {
  const body: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
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
