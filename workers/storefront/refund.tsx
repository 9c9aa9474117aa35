import { Hono } from 'hono';
import * as v from 'valibot';
import type { AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { orderReference } from '#shared/ids.ts';
import { refundableLines, refundByBuyer } from '#workers/operations/refund-order.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { openOrder } from './order-shown.tsx';
import { RefundPage } from './pages/refund.tsx';

const schema = v.object({
  key: v.pipe(v.string(), v.uuid()),
  line: v.pipe(v.string(), v.regex(/^\w{1,40}$/)),
  quantity: v.pipe(v.string(), v.regex(/^[1-9]\d?$/), v.transform(Number)),
  to: v.picklist(['source', 'wallet']),
});

/** A buyer gives tickets back: what for, how many, and where the money goes. Nothing happens before it is sent. */
export const refunds = new Hono<AppEnv>()
  .get(routes.orderRefund, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const { orderId, snapshot, refunds: made } = order.value;
    const lines = await refundableLines(c.var.services, order.value);
    const page = { orderId, reference: orderReference(orderId), currency: snapshot.currency, lines, made };
    c.header('Cache-Control', 'no-store');
    return c.html(<RefundPage viewer={viewerOf(c)} refund={page} freshKey={() => crypto.randomUUID()} />);
  })
  .post(routes.orderRefund, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const page = pathTo('orderRefund', { orderId: order.value.orderId });
    const form = await parseForm(c, schema);
    if (!form.ok) return refuse(c, form.failure);
    const { line: lineId, ...wish } = form.value;
    const refunded = await refundByBuyer(c.var.services, order.value, { lineId, ...wish });
    if (refunded.ok) return c.redirect(page, 303);
    return refuse(c, refunded.failure, [{ label: messages.storefront.refunding.back, href: page }]);
  });
