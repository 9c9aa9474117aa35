import { exports } from 'cloudflare:workers';
import { vi } from 'vitest';
import { changesOf, progressOf } from '#d1/queries/event-changes.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import type { Contact } from '#shared/orders/order.ts';
import { dayMs } from '#shared/time.ts';
import { deskOf } from '#test/workers/payments/orders.ts';
import { publishEvent } from '#test/workers/http/site.ts';
import { cancelEvent, eventNow, postponeEvent } from '#workers/operations/call-off-event.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { pathTo } from '#workers/routes.ts';
import { servicesOf } from '#workers/services.ts';
import { choose, allHeard, checkoutForm, atBank, openBrowser, orderBecomes, orderNow } from './bank.ts';
import { environment } from './environment.ts';

/** Events that are cancelled or moved, and what their buyers had paid. */

export const services = servicesOf({ ...environment }, sandboxes({ exports }));
export const priceMinor = 2_400;

export function paidDayEvent(overrides: Partial<TicketType> = {}) {
  return publishEvent({ id: 'day', category: 'paid', priceMinor, capacity: 20, ...overrides });
}

/** Day tickets paid by card, by somebody in a browser of their own. */
export async function boughtByCard(
  slug: string,
  quantity = 1,
  contact: Contact = { name: 'Ama', email: 'ama@x.example' },
) {
  const browser = openBrowser();
  const form = { ...(await checkoutForm(browser, slug, quantity)), name: contact.name, email: contact.email };
  const { sessionId, orderId } = await atBank(await browser.post(pathTo('checkout', { slug }), form));
  await choose(browser, sessionId, 'approve');
  await orderBecomes(orderId, 'completed');
  await allHeard(sessionId);
  return { browser, orderId, sessionId };
}

export function inventoryAt(eventId: string) {
  return inventoryOf(environment.EVENT_INVENTORY, eventId);
}

/** Everything of an order goes back, and the card turns out to be closed. */
export async function refundedToClosedCard(contact: Contact) {
  const { slug } = await paidDayEvent();
  const { orderId } = await boughtByCard(slug, 1, contact);
  const { snapshot, tickets, attempts } = await orderNow(orderId);
  const refundId = `${orderId}/o-closed`;
  const lines = snapshot.sections.flatMap((section) =>
    section.lines.map(({ lineId, quantity }) => {
      return { lineId, quantity, feePercent: 0, ticketIds: tickets.map(({ ticketId }) => ticketId) };
    }),
  );
  const about = { to: 'source', cause: 'organiser', byId: 'per_1', isUnusedOnly: true } as const;
  await deskOf(orderId).refund(orderId, { refundId, lines, ...about });
  await deskOf(orderId).report(orderId, attempts.at(-1)?.attemptId ?? '', { refundId, isPaid: false });
  return { orderId, refundId };
}

/** What the gateway says of a dispute about all that the card paid. */
export async function tellDispute(orderId: string, state: 'open' | 'won'): Promise<void> {
  const attempt = (await orderNow(orderId)).attempts.at(-1);
  const about = { disputeId: `dp_${orderId}`, amountMinor: attempt?.tender.cardMinor ?? 0, reason: 'fraudulent' };
  const disputes = [{ ...about, state, feeMinor: 0, feeBackMinor: 0 }];
  await deskOf(orderId).report(orderId, attempt?.attemptId ?? '', { state: 'captured', disputes });
}

async function saleOf(slug: string) {
  const sale = await eventNow(services, slug);
  if (!sale.ok) throw new Error(sale.failure.code);
  return sale.value;
}

/** By two days, or to the start that a form said before; with half a day less to choose. Answers the change's id. */
export async function postpone(slug: string, key: string = crypto.randomUUID(), saidMs?: number): Promise<string> {
  const sale = await saleOf(slug);
  const startsAt = saidMs ?? sale.rules.startsAt + 2 * dayMs;
  const dates = { startsAt, refundUntil: startsAt - dayMs / 2 };
  const done = await postponeEvent(services, { sale, actorId: 'per_1', key, ...dates });
  if (!done.ok) throw new Error(done.failure.code);
  return `chg_${key}`;
}

export async function cancel(slug: string): Promise<void> {
  const done = await cancelEvent(services, { sale: await saleOf(slug), actorId: 'per_1' });
  if (!done.ok) throw new Error(done.failure.code);
}

/** How an event's newest change stands, once nothing more is to be done for it by itself. */
export function looked(eventId: string) {
  return vi.waitFor(
    async () => {
      const [change] = await changesOf(services.db, eventId, 1);
      if (change?.endedAtMs == null) throw new Error('Orders are still being looked after');
      return { change, ...(await progressOf(services.db, change.id)) };
    },
    { timeout: 15_000, interval: 50 },
  );
}
