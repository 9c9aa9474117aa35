import { Hono } from 'hono';
import { fail } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { readReader } from '#workers/http/reader.ts';
import { holdBack, refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import { routes } from '#workers/routes.ts';
import { belongingsOf } from './belongings.ts';
import { ticketInHand, ticketOfOrder } from './held-ticket.ts';
import { newsFrom } from './news-from.ts';
import { WalletPage } from './pages/wallet.tsx';
import { feedsOfWallet, presentWallet } from './present-wallet.ts';
import { drawGiven, drawTicket } from './ticket-shown.tsx';

/** Where tickets are kept and shown. */
export const wallet = new Hono<AppEnv>()
  .get(routes.ticket, async (c) => {
    const found = await ticketOfOrder(c);
    if (!found.ok) return refuse(c, found.failure);
    return isWithBuyer(found.value.ticket, found.value.order) ? drawTicket(c, found.value) : drawGiven(c, found.value);
  })
  .get(routes.ticketHeld, async (c) => {
    const found = await ticketInHand(c);
    return found.ok ? drawTicket(c, found.value) : refuse(c, found.failure);
  })
  .get(routes.ticketBarcode, (c) => drawBarcode(c))
  .get(routes.heldBarcode, (c) => drawBarcode(c))
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

async function drawBarcode(c: AppContext): Promise<Response> {
  const found = await ticketInHand(c);
  if (!found.ok) return refuse(c, found.failure);
  const { ticket } = found.value;
  const { handle, isNumberEnough } = await ticketCodeView(c.var.services, ticket);
  // No code is shown for it now, and so no number either; or bars of it would open nothing.
  if (handle === undefined || !isNumberEnough) return refuse(c, fail('ticket_unknown').failure);
  const { code128Svg } = await import('./code-128.ts');
  c.header('Cache-Control', 'no-store');
  return c.body(code128Svg(ticket.handle), 200, { 'Content-Type': 'image/svg+xml' });
}
