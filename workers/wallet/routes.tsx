import { Hono } from 'hono';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { keepOffer } from '#workers/http/keep-offer.ts';
import { mayLookAtOrder } from '#workers/http/order-access.ts';
import { readReader } from '#workers/http/reader.ts';
import { holdBack, refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { orderContact, showOrder, showTicket } from '#workers/operations/show-order.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import { feedStart } from '#workers/operations/wallet-feed.ts';
import { routes } from '#workers/routes.ts';
import type { KeepView } from '#workers/ui/views.ts';
import { belongingsOf } from './belongings.ts';
import { liveView } from './live-view.ts';
import { TicketPage } from './pages/ticket.tsx';
import { WalletPage } from './pages/wallet.tsx';
import { historyOf, presentTicket } from './present-ticket.ts';
import { feedOfOrder, feedsOfWallet, presentWallet } from './present-wallet.ts';

/** Where tickets are kept and shown. */
export const wallet = new Hono<AppEnv>()
  .get(routes.ticket, async (c) => {
    const { services } = c.var;
    const opened = await openTicket(c, c.req.param('orderId'), c.req.param('ticketId'));
    if (!opened.ok) return refuse(c, opened.failure);
    const { order, ticket } = opened.value;
    // Before anything is read: what happens from here on is news.
    const after = await newsFrom(c);
    const [code, history, live, keep] = await Promise.all([
      ticketCodeView(services, ticket),
      historyOf(services, order, ticket.ticketId),
      liveView(c, ticket),
      // After the first entry, not in the queue before it.
      ticket.admitted > 0 ? offerOf(c, order) : undefined,
    ]);
    const view = { ...presentTicket(opened.value, code, services.clock()), history, live, keep };
    const feeds = after === undefined ? [] : [feedOfOrder(order.orderId, after)];
    c.header('Cache-Control', 'no-store');
    return c.html(<TicketPage viewer={viewerOf(c)} ticket={view} feeds={feeds} />);
  })
  .get(routes.ticketBarcode, async (c) => {
    const opened = await openTicket(c, c.req.param('orderId'), c.req.param('ticketId'));
    if (!opened.ok) return refuse(c, opened.failure);
    const { handle } = await ticketCodeView(c.var.services, opened.value.ticket);
    // No code is shown for it now, and so no number either.
    if (handle === undefined) return refuse(c, fail('ticket_unknown').failure);
    const { code128Svg } = await import('./code-128.ts');
    c.header('Cache-Control', 'no-store');
    return c.body(code128Svg(opened.value.ticket.handle), 200, { 'Content-Type': 'image/svg+xml' });
  })
  .get(routes.wallet, async (c) => {
    const { held, services, person } = c.var;
    // A browser cannot show its key to a database that does not answer; its cookie of the last hour shows the tickets.
    if (held !== undefined && (await readReader(c)) === undefined) return holdBack(c, held);
    const after = await newsFrom(c);
    const belongings = await belongingsOf(c);
    const customerId = person === undefined ? undefined : (await ownerOf(services, person)).customerId;
    const feeds = after === undefined ? [] : feedsOfWallet(belongings, { customerId, after });
    const view = await presentWallet(services, belongings, feeds);
    c.header('Cache-Control', 'no-store');
    return c.html(<WalletPage viewer={viewerOf(c)} wallet={view} />);
  });

type Opened = Result<{ readonly order: Order; readonly ticket: ShownTicket; readonly index: number }, 'ticket_unknown'>;

async function openTicket(c: AppContext, orderId: string, ticketId: string): Promise<Opened> {
  const { services } = c.var;
  const order = await showOrder(services, orderId);
  if (!order.ok || !(await mayLookAtOrder(c, order.value))) return fail('ticket_unknown');
  const shown = await showTicket(services, order.value, ticketId);
  return shown.ok ? ok({ order: order.value, ...shown.value }) : shown;
}

/** Where a page begins to listen; undefined while the database does not answer, and then it is as a page without scripts. */
async function newsFrom(c: AppContext): Promise<string | undefined> {
  if (c.var.isDatabaseSilent) return undefined;
  try {
    return await feedStart(c.var.services);
  } catch (error) {
    console.error('the change feed did not answer', error);
    return undefined;
  }
}

async function offerOf(c: AppContext, order: Order): Promise<KeepView | undefined> {
  return keepOffer(c, order, await orderContact(c.var.services, order.orderId));
}
