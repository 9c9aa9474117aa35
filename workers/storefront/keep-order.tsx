import { Hono } from 'hono';
import { fail } from '#shared/result.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { declineKeeping } from '#workers/http/keep-offer.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { claimOrder } from '#workers/operations/claim-orders.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { openOrder } from './order-shown.tsx';

const words = messages.signIn;

/** Keeping an order in an account. */
export const keepOrder = new Hono<AppEnv>()
  .post(routes.orderKeepDismiss, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const { orderId } = order.value;
    declineKeeping(c, orderId);
    return c.redirect(pathTo('order', { orderId }), 303);
  })
  .post(routes.orderClaim, async (c) => {
    const { services, person } = c.var;
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    if (person === undefined) return refuse(c, fail('sign_in_required').failure);
    const { orderId } = order.value;
    const page = pathTo('order', { orderId });
    const claimed = await claimOrder(services, await ownerOf(services, person), orderId);
    return claimed.ok ? c.redirect(page, 303) : refuse(c, claimed.failure, [{ label: words.backToOrder, href: page }]);
  });
