import { ticketClaimantOf } from '#d1/queries/ticket-transfers.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { keepOffer } from '#workers/http/keep-offer.ts';
import { viewerOf } from '#workers/http/session.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { orderContact } from '#workers/operations/show-order.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import type { KeepView, TicketActs } from '#workers/ui/views.ts';
import { pathsOf, type Held } from './held-ticket.ts';
import { liveView } from './live-view.ts';
import { newsFrom } from './news-from.ts';
import { GivenTicketPage } from './pages/given.tsx';
import { TicketPage } from './pages/ticket.tsx';
import { historyOf, placeInOrder, presentTicket } from './present-ticket.ts';
import { feedOfOrder, feedOfTicket } from './present-wallet.ts';
import type { FeedSource } from './views.ts';

/** The ticket as its holder sees it: its buyer with the order around it, whoever was given it with nothing but the ticket. */
export async function drawTicket(c: AppContext, held: Held): Promise<Response> {
  const { services } = c.var;
  const { ticket, order } = held;
  // Before anything is read: what happens from here on is news.
  const after = await newsFrom(c);
  const [code, history, live, keep, acts] = await Promise.all([
    ticketCodeView(services, ticket),
    historyOf(services, held),
    liveView(c, ticket, pathsOf(held).activation),
    // After the first entry, not in the queue before it.
    ticket.admitted > 0 && isWithBuyer(ticket, order) ? offerOf(c, order) : undefined,
    actsOf(c, held),
  ]);
  const view = { ...presentTicket(held, code, services.clock()), history, live, keep, acts };
  const feeds = after === undefined ? [] : [feedOf(held, after)];
  c.header('Cache-Control', 'no-store');
  return c.html(<TicketPage viewer={viewerOf(c)} ticket={view} feeds={feeds} />);
}

function feedOf({ ticket, order }: Held, after: string): FeedSource {
  return isWithBuyer(ticket, order) ? feedOfOrder(order.orderId, after) : feedOfTicket(ticket, after);
}

/** To whoever bought it: that it is somebody else's, and nothing of what they do with it. */
export async function drawGiven(c: AppContext, { ticket, order }: Held): Promise<Response> {
  const after = await newsFrom(c);
  c.header('Cache-Control', 'no-store');
  const event = snapshotCard(order.snapshot, c.var.services.clock(), ticket);
  const { name: typeName, accessLevel, tier } = ticket.type;
  const view = { event, typeName, accessLevel, tier, ofOrder: placeInOrder(order, ticket.ticketId) };
  const feeds = after === undefined ? [] : [feedOfOrder(order.orderId, after)];
  return c.html(<GivenTicketPage viewer={viewerOf(c)} ticket={view} feeds={feeds} />);
}

async function offerOf(c: AppContext, order: Order): Promise<KeepView | undefined> {
  return keepOffer(c, order, await orderContact(c.var.services, order.orderId));
}

async function actsOf(c: AppContext, { ticket, order }: Held): Promise<TicketActs> {
  const { eventId, ticketId, transfer, type, status } = ticket;
  const isGood = status === 'paid' || status === 'active';
  return {
    eventId,
    ticketId,
    offer: transfer && { isMailed: transfer.forCustomerId !== undefined, endsAtMs: transfer.endsAtMs },
    mayGive: ticket.whyNotGiven === undefined && transfer === undefined,
    mayReissue: isGood && type.code !== 'live_only',
    keep: isWithBuyer(ticket, order) ? undefined : await keepOf(c, ticket),
    done: doneOf(c),
  };
}

/** Whoever was given a ticket by a link has it in one browser until they keep it. Asked of the database for them alone. */
async function keepOf(c: AppContext, ticket: ShownTicket): Promise<TicketActs['keep']> {
  const { services, person } = c.var;
  try {
    if ((await ticketClaimantOf(services.db, ticket)) !== undefined) return undefined;
  } catch (error) {
    console.error('claims did not answer', error);
    return undefined;
  }
  return person === undefined ? 'sign_in' : 'add';
}

const deeds = ['anew', 'taken_back', 'yours'] as const;

/** What the form before this page did: said once, in its address, and worth nothing to whoever types it. */
function doneOf(c: AppContext): TicketActs['done'] {
  const done = c.req.query('done');
  return deeds.find((deed) => deed === done);
}
