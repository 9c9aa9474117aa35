import { Hono } from 'hono';
import * as v from 'valibot';
import type { Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { mayOpenOrder } from '#workers/http/order-access.ts';
import { parseWith } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { showOrder } from '#workers/operations/show-order.ts';
import {
  openFeedSocket,
  readOrderFeed,
  readTicketFeed,
  readWalletFeed,
  type FeedPage,
} from '#workers/operations/wallet-feed.ts';
import { routes } from '#workers/routes.ts';
import { heldTicket } from './held-ticket.ts';

const afterSchema = v.object({ after: v.optional(v.pipe(v.string(), v.maxLength(120))) });

/** What changed in a wallet since a cursor, and sockets that say when to ask again. */
export const walletFeeds = new Hono<AppEnv>()
  .get(routes.apiWalletChanges, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const owner = await ownerOf(services, person);
    return answer(c, (after) => readWalletFeed(services, owner, after));
  })
  .get(routes.apiOrderChanges, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    return answer(c, (after) => readOrderFeed(c.var.services, order.value, after));
  })
  .get(routes.walletFeed, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const { customerId } = await ownerOf(services, person);
    // Whoever proved no address has no feed of their own: the orders they keep have theirs.
    if (customerId === undefined) return refuse(c, fail('not_found').failure);
    return isFromOurPage(c)
      ? openFeedSocket(c.env, `customer:${customerId}`, c.req.raw)
      : refuse(c, { code: 'cross_site_request' });
  })
  .get(routes.orderFeed, async (c) => {
    const order = await openOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    return isFromOurPage(c)
      ? openFeedSocket(c.env, `order:${order.value.orderId}`, c.req.raw)
      : refuse(c, { code: 'cross_site_request' });
  })
  .get(routes.apiTicketChanges, async (c) => {
    const held = await heldTicket(c);
    if (!held.ok) return refuse(c, held.failure);
    return answer(c, (after) => readTicketFeed(c.var.services, held.value.ticket, after));
  })
  .get(routes.heldFeed, async (c) => {
    const held = await heldTicket(c);
    if (!held.ok) return refuse(c, held.failure);
    return isFromOurPage(c)
      ? openFeedSocket(c.env, `ticket:${held.value.ticket.ticketId}`, c.req.raw)
      : refuse(c, { code: 'cross_site_request' });
  });

async function openOrder(c: AppContext, orderId: string): Promise<Result<Order, 'order_unknown'>> {
  const order = await showOrder(c.var.services, orderId);
  return order.ok && (await mayOpenOrder(c, order.value)) ? ok(order.value) : fail('order_unknown');
}

async function answer(
  c: AppContext,
  read: (after: string | undefined) => Promise<Result<FeedPage, 'malformed_request'>>,
): Promise<Response> {
  const query = parseWith(afterSchema, c.req.query());
  if (!query.ok) return refuse(c, query.failure);
  try {
    const page = await read(query.value.after);
    return page.ok ? c.json(page.value) : await refuse(c, page.failure);
  } catch (error) {
    console.error('the change feed did not answer', error);
    return refuse(c, fail('temporarily_unavailable').failure);
  }
}

/** A page of another site could open this socket with our cookies: browsers say where from, and can't be made to lie. */
function isFromOurPage(c: AppContext): boolean {
  return c.req.header('origin') === c.var.services.settings.publicOrigin;
}
