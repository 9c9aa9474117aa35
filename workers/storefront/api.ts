import { Hono } from 'hono';
import * as v from 'valibot';
import type { AppEnv } from '#workers/http/app-context.ts';
import { readVia } from '#workers/http/entry-link.ts';
import { mayOpenOrder, rememberOrder } from '#workers/http/order-access.ts';
import { idempotencyKey, parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { fail } from '#shared/result.ts';
import { orderLines, type Order } from '#shared/orders/order.ts';
import { eventForSale } from '#workers/operations/event-for-sale.ts';
import { placeOrder } from '#workers/operations/place-order.ts';
import { quoteOrder } from '#workers/operations/quote-order.ts';
import { showOrder } from '#workers/operations/show-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { contactSchema } from '#shared/people/contact.ts';

const orderSchema = v.object({
  event: v.pipe(v.string(), v.maxLength(80)),
  lines: v.pipe(
    v.array(v.object({ typeId: v.pipe(v.string(), v.maxLength(40)), quantity: v.number() })),
    v.minLength(1),
    v.maxLength(60),
  ),
  contact: contactSchema,
});

/** Ordering for programs: the same use cases as the pages, with problem details instead of words on a page. */
export const ordersApi = new Hono<AppEnv>()
  .post(routes.apiOrders, async (c) => {
    const key = idempotencyKey(c);
    if (!key.ok) return refuse(c, key.failure);
    const body = await parseJson(c, orderSchema);
    if (!body.ok) return refuse(c, body.failure);
    const { services } = c.var;
    const sale = await eventForSale(services, body.value.event);
    if (!sale.ok) return refuse(c, sale.failure);
    const priced = quoteOrder(services, sale.value, body.value.lines);
    if (!priced.ok) return refuse(c, priced.failure);
    const request = {
      sale: sale.value,
      quote: priced.value,
      contact: body.value.contact,
      via: await readVia(c, sale.value.event.id),
    };
    const order = await placeOrder(services, { ...request, idempotencyKey: key.value });
    if (!order.ok) return refuse(c, order.failure);
    if (order.value.failure !== undefined) return refuse(c, order.value.failure);
    await rememberOrder(c, order.value.orderId);
    return c.json(shown(order.value), 201, { Location: pathTo('apiOrder', { orderId: order.value.orderId }) });
  })
  .get(routes.apiOrder, async (c) => {
    const order = await showOrder(c.var.services, c.req.param('orderId'));
    if (!order.ok || !(await mayOpenOrder(c, order.value))) return refuse(c, fail('order_unknown').failure);
    c.header('Cache-Control', 'no-store');
    return c.json(shown(order.value));
  });

function shown({ orderId, state, snapshot, tickets, failure }: Order) {
  const { currency, totalMinor } = snapshot;
  return { orderId, state, currency, totalMinor, lines: orderLines(snapshot), tickets, failure: failure?.code };
}
