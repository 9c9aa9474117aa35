import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { boreTicket } from '#workers/http/bearer.ts';
import { holdsOrder } from '#workers/http/order-access.ts';
import { hasRecentProof, requireRecentProof } from '#workers/http/recent-proof.ts';
import { holdsTicket } from '#workers/http/ticket-access.ts';
import type { Held } from './held-ticket.ts';

/**
 * A session alone is not enough to take a ticket off its phone, nor to give it away or make it out anew, which take it off that
 * phone too: who stole one would empty the wallet with it. The browser that bought the tickets, spent their link or accepted this
 * one may, one that bore this very ticket and lost its key may, and whoever proved a moment ago who they are.
 */
export async function isInHand(c: AppContext, { ticket, order }: Held): Promise<boolean> {
  if (hasRecentProof(c) || (await holdsTicket(c, ticket))) return true;
  if (isWithBuyer(ticket, order) && (await holdsOrder(c, order.orderId))) return true;
  const holderKey = ticket.live?.holderKey;
  return holderKey !== undefined && boreTicket(c, ticket.ticketId, holderKey);
}

/** Undefined for whoever has the ticket in hand; for a session alone, the way to prove who it is, which comes back to `page`. */
export async function requireInHand(c: AppContext, held: Held, page: string): Promise<Response | undefined> {
  return (await isInHand(c, held)) ? undefined : requireRecentProof(c, page);
}
