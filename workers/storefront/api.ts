import { Hono } from 'hono';
import { orderLines, type Order } from '#shared/orders/order.ts';
import { fail } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { isGivenTo, mayOpenOrder, rememberOrder } from '#workers/http/order-access.ts';
import { idempotencyKey, parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { placeOrder } from '#workers/operations/place-order.ts';
import { orderTickets, showOrder } from '#workers/operations/show-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { orderSchema } from './api/order-body.ts';
import { prepare } from './api/prepare.ts';

/** Ordering for programs: the same use cases as the pages, with problem details instead of words on a page. */
export const ordersApi = new Hono<AppEnv>()
  .post(routes.apiOrders, async (c) => {
    const key = idempotencyKey(c);
    if (!key.ok) return refuse(c, key.failure);
    const body = await parseJson(c, orderSchema);
    if (!body.ok) return refuse(c, body.failure);
    const request = await prepare(c, body.value);
    if (!request.ok) return refuse(c, request.failure);
    const order = await placeOrder(c.var.services, { ...request.value, idempotencyKey: key.value });
    if (!order.ok) return refuse(c, order.failure);
    if (order.value.failure !== undefined) return refuse(c, order.value.failure);
    await rememberOrder(c, order.value.orderId);
    return c.json(shown(order.value), 201, { Location: pathTo('apiOrder', { orderId: order.value.orderId }) });
  })
  .get(routes.apiOrder, async (c) => {
    const order = await showOrder(c.var.services, c.req.param('orderId'));
    if (!order.ok || !(await mayOpenOrder(c, order.value))) return refuse(c, fail('order_unknown').failure);
    c.header('Cache-Control', 'no-store');
    // What a gift cost is its giver's to tell.
    const isHidden = order.value.snapshot.gift?.hidesPrice === true && (await isGivenTo(c, order.value));
    const tickets = await ticketsNow(c, order.value);
    const { currency: _currency, totalMinor: _total, lines: _lines, discounts: _off, ...rest } = shown(order.value);
    return c.json(isHidden ? { ...rest, tickets } : { ...shown(order.value), tickets });
  });

/** The number people type changes with the code, and is nothing of the buyer's once the ticket is somebody else's. */
async function ticketsNow({ var: { services } }: AppContext, order: Order) {
  const tickets = await orderTickets(services, order);
  return tickets.map((ticket) => {
    const { ticketId, eventId, type, handle } = ticket;
    const isTheirs = isWithBuyer(ticket, order);
    return { ticketId, typeId: type.id, eventId, ...(isTheirs ? { handle } : { isGiven: true }) };
  });
}

function shown({ orderId, state, snapshot, tickets, failure }: Order) {
  const { currency, totalMinor, discounts } = snapshot;
  const code = failure?.code;
  return { orderId, state, currency, totalMinor, discounts, lines: orderLines(snapshot), tickets, failure: code };
}
