import { beforeEach, describe, expect, it, vi } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { eventChangeOrders, eventChanges } from '#d1/schema/index.ts';
import { moneyAndTickets, orderNow } from '#test/support/bank.ts';
import {
  boughtByCard,
  cancel,
  inventoryAt,
  looked,
  paidDayEvent,
  priceMinor,
  services,
  tellDispute,
} from '#test/support/changes.ts';
import { textOf } from '#test/support/earning.ts';
import { codeOf, scanAt } from '#test/support/inventory.ts';
import { newBusiness, newWorker, post, trailOf } from '#test/support/staff.ts';
import { businessId, orderRequest, placeOrder, publishEvent, visit } from '#test/workers/http/site.ts';
import { Shopper } from '#test/workers/cart/shopper.ts';
import { carryOutChange } from '#workers/operations/event-change-run.ts';
import { pathTo } from '#workers/routes.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const title = '247GBS Expo';

describe('an event is cancelled (6.x, 8.2/6, I3)', () => {
  it('by typing its name, once: sales stop, gates refuse, everybody has everything back', async () => {
    const { slug, eventId } = await paidDayEvent();
    const [one, two] = [await boughtByCard(slug, 2), await boughtByCard(slug)];
    const stub = inventoryAt(eventId);
    const [used] = (await orderNow(two.orderId)).tickets;
    const code = await codeOf(stub, used!);
    await scanAt(stub, code);
    const owner = await newWorker({ businessId, role: 'owner' });
    const path = pathTo('studioCancel', { slug });
    expect((await post(path, owner.headers, { title: '247GBS' })).status).toBe(422);
    expect((await visit(pathTo('event', { slug }))).status).toBe(200);
    const pressed = await Promise.all([post(path, owner.headers, { title }), post(path, owner.headers, { title })]);
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    expect(await looked(eventId)).toMatchObject({ done: 2, failed: 0, due: 0, amountMinor: 3 * priceMinor });
    for (const { orderId } of [one, two]) {
      expect(await moneyAndTickets(orderId)).toEqual({ keptMinor: 0, liveMinor: 0, reservations: 0 });
      const { refunds } = await orderNow(orderId);
      expect(refunds).toMatchObject([{ cause: 'event_cancelled', state: 'done', keptFeeMinor: 0 }]);
    }
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'refuse', reason: 'event_cancelled' });
    const late = await visit(
      pathTo('apiOrders'),
      orderRequest({ event: slug, lines: [{ typeId: 'day', quantity: 1 }] }),
    );
    expect(late.status).toBeGreaterThanOrEqual(400);
    const told = (await trailOf(businessId)).filter(({ subjectId }) => subjectId === eventId);
    expect(told.map(({ action }) => action)).toEqual(['event.cancelled']);
    const page = await textOf(await visit(pathTo('studioPlans', { slug }), owner));
    for (const text of ['2 of 2 orders', '£72.00 given back', 'Everybody was looked after.']) {
      expect(page).toContain(text);
    }
    const { html } = await one.browser.get(pathTo('order', { orderId: one.orderId }));
    for (const text of ['Cancelled.', `${title} will not take place.`, '£48 to your card']) {
      expect(html).toContain(text);
    }
  });

  it('free tickets end too, and an order over two events keeps the other one', async () => {
    const [gone, stays] = [await publishEvent(), await publishEvent()];
    const free = await placeOrder(gone.slug, 2);
    const both = await overTwoEvents(gone, stays);
    await cancel(gone.slug);
    expect(await looked(gone.eventId)).toMatchObject({ done: 2, failed: 0 });
    const statusesAt = async (eventId: string, orderId: string) => {
      const { tickets } = await orderNow(orderId);
      const ids = tickets.filter((ticket) => ticket.eventId === eventId).map(({ ticketId }) => ticketId);
      return (await inventoryAt(eventId).showTickets(ids)).map(({ status }) => status);
    };
    expect(await statusesAt(gone.eventId, free.order.orderId)).toEqual(['refunded', 'refunded']);
    expect(await statusesAt(gone.eventId, both)).toEqual(['refunded']);
    expect(await statusesAt(stays.eventId, both)).toEqual(['active']);
  });

  it('what fails is told with its reason, and is tried again when somebody says so', async () => {
    const { slug, eventId } = await paidDayEvent();
    const [asked, fine] = [await boughtByCard(slug), await boughtByCard(slug)];
    await tellDispute(asked.orderId, 'open');
    await cancel(slug);
    const { change, ...progress } = await looked(eventId);
    expect(progress).toMatchObject({ done: 1, failed: 1 });
    expect((await orderNow(fine.orderId)).refunds).toHaveLength(1);
    const owner = await newWorker({ businessId, role: 'owner' });
    const page = await textOf(await visit(pathTo('studioPlans', { slug }), owner));
    expect(page).toContain('The bank is asking about this payment');
    await tellDispute(asked.orderId, 'won');
    expect((await post(pathTo('studioPlansRetry', { slug }), owner.headers, { change: change.id })).status).toBe(303);
    expect(await looked(eventId)).toMatchObject({ done: 2, failed: 0, amountMinor: 2 * priceMinor });
  });

  it('stopped anywhere and run again, even twice at once, pays each order once', async () => {
    const { slug, eventId } = await paidDayEvent();
    const { orderId } = await boughtByCard(slug);
    await cancel(slug);
    const { change } = await looked(eventId);
    // As if it had died after the refund and before it could say so.
    const { db } = services;
    await db
      .update(eventChanges)
      .set({ endedAtMs: null, listedAtMs: null, listedAfter: '' })
      .where(eq(eventChanges.id, change.id));
    await db
      .update(eventChangeOrders)
      .set({ state: 'due', amountMinor: 0 })
      .where(and(eq(eventChangeOrders.changeId, change.id), eq(eventChangeOrders.orderId, orderId)));
    await Promise.all([carryOutChange(services, change.id), carryOutChange(services, change.id)]);
    expect(await looked(eventId)).toMatchObject({ done: 1, amountMinor: priceMinor });
    expect((await orderNow(orderId)).refunds).toHaveLength(1);
    expect(await moneyAndTickets(orderId)).toMatchObject({ keptMinor: 0 });
  });

  it('by its own owner alone', async () => {
    const { slug } = await publishEvent();
    const stranger = await newWorker({ businessId: await newBusiness(), role: 'owner' });
    const manager = await newWorker({ businessId, role: 'manager' });
    for (const { headers } of [stranger, manager]) {
      expect((await visit(pathTo('studioPlans', { slug }), { headers })).status).toBe(403);
      expect((await post(pathTo('studioCancel', { slug }), headers, { title })).status).toBe(403);
    }
  });
});

/** One free ticket of each, in one order. */
async function overTwoEvents(one: { slug: string }, other: { slug: string }): Promise<string> {
  const shopper = new Shopper();
  await shopper.add(one.slug, { q_day: '1' });
  await shopper.add(other.slug, { q_day: '1' });
  const { action, fields } = await shopper.openCheckout(pathTo('cartCheckout'));
  const placed = await shopper.post(action, { ...fields, name: 'Ama', email: 'ama@buyers.example' });
  return placed.location.replace('/orders/', '');
}
