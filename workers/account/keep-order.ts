import { Hono } from 'hono';
import * as v from 'valibot';
import type { Order } from '#shared/orders/order.ts';
import { fail, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { declineKeeping } from '#workers/http/keep-offer.ts';
import { holdsOrder, mayOpenOrder, readOrders } from '#workers/http/order-access.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { answerCode, askForCode } from '#workers/operations/challenge.ts';
import { claimOrder, claimOrders } from '#workers/operations/claim-orders.ts';
import { orderContact, showOrder } from '#workers/operations/show-order.ts';
import { personWhoOwns } from '#workers/operations/sign-in.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { askingBrowser, enter, landing } from './enter.ts';

const words = messages.signIn;
const codeSchema = v.object({
  challenge: v.pipe(v.string(), v.maxLength(80)),
  code: v.pipe(v.string(), v.maxLength(40)),
});

/**
 * Keeping an order in an account, from where its tickets stand: a code goes to the order's own address and is typed right
 * there. Who proves that address has an account from then on; what this browser opened besides comes along.
 */
export const keepOrder = new Hono<AppEnv>()
  .post(routes.orderKeep, async (c) => {
    const order = await heldOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const { services } = c.var;
    const { orderId } = order.value;
    const contact = await orderContact(services, orderId);
    if (contact === undefined) return refuse(c, fail('order_unknown').failure);
    const to = { channel: 'email', address: contact.email.toLowerCase() } as const;
    const asked = await askForCode(services, to, { purpose: 'sign_in' }, await askingBrowser(c));
    if (!asked.ok) return refuse(c, asked.failure, backTo(orderId));
    return c.redirect(pageWith(orderId, { keep: asked.value }), 303);
  })
  .post(routes.orderKeepCode, async (c) => {
    const order = await heldOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const form = await parseForm(c, codeSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { services } = c.var;
    const { orderId } = order.value;
    const { challenge: challengeId } = form.value;
    const code = form.value.code.replaceAll(/[\s-]/g, '');
    const proved = await answerCode(services, { challengeId, code, purpose: 'sign_in' }, await askingBrowser(c));
    if (!proved.ok && proved.failure.code === 'code_wrong') {
      return c.redirect(pageWith(orderId, { keep: challengeId, wrong: '1' }), 303);
    }
    if (!proved.ok) return refuse(c, proved.failure, backTo(orderId));
    // Before the session is new: what this browser may open is read from its cookies.
    const orderIds = await readOrders(c);
    const personId = await personWhoOwns(services, proved.value);
    await enter(c, personId, 'email_code');
    const owner = await ownerOf(services, { personId, email: proved.value.address });
    await claimOrders(services, owner, orderIds);
    return c.redirect(await landing(c, personId, pathTo('wallet')), 303);
  })
  .post(routes.orderKeepDismiss, async (c) => {
    const order = await heldOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const { orderId } = order.value;
    declineKeeping(c, orderId);
    return c.redirect(pathTo('order', { orderId }), 303);
  })
  .post(routes.orderClaim, async (c) => {
    const { services, person } = c.var;
    const order = await showOrder(services, c.req.param('orderId'));
    if (!order.ok || !(await mayOpenOrder(c, order.value))) return refuse(c, fail('order_unknown').failure);
    if (person === undefined) return refuse(c, fail('sign_in_required').failure);
    const { orderId } = order.value;
    const claimed = await claimOrder(services, await ownerOf(services, person), orderId);
    return claimed.ok ? c.redirect(pathTo('order', { orderId }), 303) : refuse(c, claimed.failure, backTo(orderId));
  });

/** For guests: only a browser that holds the order is asked to keep it, and sends mail about it. */
async function heldOrder(c: AppContext, orderId: string): Promise<Result<Order, 'order_unknown'>> {
  const order = await showOrder(c.var.services, orderId);
  return order.ok && (await holdsOrder(c, orderId)) ? order : fail('order_unknown');
}

function pageWith(orderId: string, query: Record<string, string>): string {
  return `${pathTo('order', { orderId })}?${new URLSearchParams(query).toString()}#keep`;
}

function backTo(orderId: string): { label: string; href: string }[] {
  return [{ label: words.backToOrder, href: pathTo('order', { orderId }) }];
}
