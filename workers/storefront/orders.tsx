import { Hono } from 'hono';
import * as v from 'valibot';
import type { AppEnv } from '#workers/http/app-context.ts';
import { readOrders, rememberOrder } from '#workers/http/order-access.ts';
import { linkReferrerPolicy } from '#workers/http/guards.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { readOrderLink, spendOrderLink } from '#workers/operations/order-link.ts';
import { orderTickets } from '#workers/operations/show-order.ts';
import { checkPayment, payOrder } from '#workers/operations/pay-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { calendarFile } from './calendar.ts';
import { tenderOf } from './checkout/payment.ts';
import { LinkPage } from '#workers/ui/pages/link.tsx';
import { drawOrder, lookAtOrder, openOrder } from './order-shown.tsx';

const words = messages.signIn;
const paySchema = v.object({ pay: v.optional(v.pipe(v.string(), v.maxLength(40))) });

/** The order page, and the way back to it from a mail. */
export const orders = new Hono<AppEnv>()
  .get(routes.order, async (c) => {
    const order = await lookAtOrder(c, c.req.param('orderId'));
    return order.ok ? drawOrder(c, order.value) : refuse(c, order.failure);
  })
  .post(routes.orderPay, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const { orderId } = order.value;
    const page = pathTo('order', { orderId });
    const form = await parseForm(c, paySchema);
    const tender = await tenderOf(c, order.value, form.ok ? form.value.pay : undefined);
    if (!tender.ok) return refuse(c, tender.failure, [{ label: words.backToOrder, href: page }]);
    const way = await payOrder(c.var.services, orderId, tender.value);
    if (way.ok) return c.redirect(way.value.bankUrl ?? page, 303);
    return refuse(c, way.failure, [{ label: words.backToOrder, href: page }]);
  })
  // Where the bank sends the buyer back to. It is believed nothing: the gateway is asked.
  .get(routes.orderReturn, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    await checkPayment(c.var.services, order.value.orderId);
    return c.redirect(pathTo('order', { orderId: order.value.orderId }), 303);
  })
  .get(routes.orderCalendar, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const { services } = c.var;
    const tickets = await orderTickets(services, order.value);
    return c.body(calendarFile(order.value, tickets, services.settings.publicOrigin), 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="event.ics"',
      'Cache-Control': 'no-store',
    });
  })
  .get(routes.orderLink, async (c) => {
    const token = c.req.query('t') ?? '';
    const link = await readOrderLink(c.var.services, token);
    if (!link.ok) return refuse(c, link.failure);
    const { orderId } = link.value;
    // This browser may open the order already: nothing to spend.
    if ((await readOrders(c)).includes(orderId)) return c.redirect(pathTo('order', { orderId }), 303);
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', linkReferrerPolicy);
    return c.html(<OrderLinkPage token={token} />);
  })
  .post(routes.orderLink, async (c) => {
    const form = await parseForm(c, v.object({ token: v.pipe(v.string(), v.maxLength(1_000)) }));
    if (!form.ok) return refuse(c, form.failure);
    const spent = await spendOrderLink(c.var.services, form.value.token);
    if (!spent.ok) return refuse(c, spent.failure);
    const { orderId, as } = spent.value;
    await rememberOrder(c, orderId, as);
    return c.redirect(pathTo('order', { orderId }), 303);
  });

function OrderLinkPage({ token }: { token: string }) {
  const { orderLinkTitle: title, orderLinkDetail: detail, orderLinkButton: button } = words;
  return <LinkPage title={title} detail={detail} button={button} action={pathTo('orderLink')} token={token} />;
}
