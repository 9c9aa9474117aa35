import type { Tender } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail, type Result } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { keepOffer } from '#workers/http/keep-offer.ts';
import { boughtByViewer, isGivenTo, mayLookAtOrder, mayOpenOrder } from '#workers/http/order-access.ts';
import { viewerOf } from '#workers/http/session.ts';
import { orderView } from '#workers/operations/present-order.ts';
import { orderContact, orderTickets, showOrder } from '#workers/operations/show-order.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import { offeredWays } from './checkout/payment.ts';
import { OrderPage } from './pages/order.tsx';

type Opened = Promise<Result<Order, 'order_unknown'>>;

/** Somebody else's order and no order at all look the same: ids tell nothing. */
export async function openOrder(c: AppContext, orderId: string): Opened {
  const order = await showOrder(c.var.services, orderId);
  return order.ok && (await mayOpenOrder(c, order.value)) ? order : fail('order_unknown');
}

/** As `openOrder`, for whoever may only look. */
export async function lookAtOrder(c: AppContext, orderId: string): Opened {
  const order = await showOrder(c.var.services, orderId);
  return order.ok && (await mayLookAtOrder(c, order.value)) ? order : fail('order_unknown');
}

export async function drawOrder(c: AppContext, order: Order) {
  const { services } = c.var;
  const [tickets, contact] = await Promise.all([orderTickets(services, order), orderContact(services, order.orderId)]);
  // What was given to somebody shows no code here, and is no reason to show none of the others.
  const first = tickets.find((ticket) => isWithBuyer(ticket, order));
  const firstCode = first && (await ticketCodeView(services, first));
  const isRecipient = await isGivenTo(c, order);
  // A code to keep the order goes to its buyer's address: for who is given it, that is somebody else's.
  const keep = isRecipient && c.var.person === undefined ? undefined : await keepOffer(c, order, contact);
  const ways = await waysFor(c, order);
  const view = orderView(order, tickets, { contact, now: services.clock(), firstCode, keep, ways, isRecipient });
  c.header('Cache-Control', 'no-store');
  return c.html(<OrderPage viewer={viewerOf(c)} order={view} />);
}

/** More than the card only for the buyer, and only while there is something to pay. */
async function waysFor(c: AppContext, order: Order): Promise<Tender[]> {
  const { totalMinor, currency } = order.snapshot;
  const isPayable = order.state === 'held' || order.state === 'released';
  return isPayable && (await boughtByViewer(c, order)) ? offeredWays(c, totalMinor, currency) : [];
}
