import { evictDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Order } from '#shared/orders/order.ts';
import { hourMs } from '#shared/time.ts';
import { deskPorts } from '#workers/adapters.ts';
import { freshDesk, freshOrderId, insideDesk, placeRequest, type DeskStub } from '#test/support/desk.ts';
import { environment } from '#test/support/environment.ts';
import { freshInventory, emptyInventory, type InventoryStub } from '#test/support/inventory.ts';
import { pricedSnapshot } from '#test/support/orders.ts';
import { ticketType } from '#test/support/rules.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const orderOf = async (placed: ReturnType<DeskStub['place']>): Promise<Order> => {
  const answer = await placed;
  if (!answer.ok) throw new Error(`Not placed: ${answer.failure.code}`);
  return answer.value.order;
};
const leftOf = async (stub: InventoryStub) => {
  const availability = await stub.availability();
  return availability.ok ? availability.value.left['day'] : undefined;
};
const broken = () => Promise.reject(new Error('the inventory does not answer'));
const real = deskPorts(environment).inventories;

describe('a free order', () => {
  it('is completed at once, with the tickets its event issued', async () => {
    const { eventId, stub: inventory } = await freshInventory();
    const { desk, stub } = freshDesk();
    const order = await orderOf(stub.place(placeRequest(desk, eventId)));
    expect(order).toMatchObject({ state: 'completed', tickets: [{ typeId: 'day' }, { typeId: 'day' }] });
    const shown = await inventory.showTickets(order.tickets.map(({ ticketId }) => ticketId));
    expect(shown.map(({ orderId, status }) => [orderId, status])).toEqual([
      [order.orderId, 'active'],
      [order.orderId, 'active'],
    ]);
    expect(await stub.show(order.orderId)).toEqual({ ok: true, value: order });
  });

  it('is refused when it is sold out, the reason is kept, and nothing stays held', async () => {
    const { eventId, stub: inventory } = await freshInventory({
      ticketTypes: [ticketType({ capacity: 1 }, Date.now())],
    });
    const { desk, stub } = freshDesk();
    const order = await orderOf(stub.place(placeRequest(desk, eventId)));
    const failure = { code: 'sold_out', facts: { type: 'Day ticket', left: 1 } };
    expect(order).toMatchObject({ state: 'refused', failure, tickets: [] });
    expect(await stub.show(order.orderId)).toMatchObject({ value: { state: 'refused', failure } });
    expect(await leftOf(inventory)).toBe(1);
  });

  it('of an event that is not on sale is refused', async () => {
    const { desk, stub } = freshDesk();
    const order = await orderOf(stub.place(placeRequest(desk, emptyInventory().eventId)));
    expect(order).toMatchObject({ state: 'refused', failure: { code: 'event_not_on_sale' } });
  });

  it('is still there, with its tickets, when the desk lost its memory', async () => {
    const { eventId } = await freshInventory();
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, eventId);
    const order = await orderOf(stub.place(request));
    await evictDurableObject(stub);
    expect(await orderOf(stub.place(request))).toEqual(order);
  });
});

describe('I5: the same idempotency key', () => {
  it('finds the same order, whatever id the second click came with', async () => {
    const { eventId, stub: inventory } = await freshInventory();
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, eventId);
    const first = await orderOf(stub.place(request));
    expect(await orderOf(stub.place({ ...request, orderId: freshOrderId(desk) }))).toEqual(first);
    expect(await leftOf(inventory)).toBe(98);
  });

  it('sent twenty times at once is one order, one hold, one set of tickets', async () => {
    const { eventId, stub: inventory } = await freshInventory();
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, eventId);
    const clicks = Array.from({ length: 20 }, () => ({ ...request, orderId: freshOrderId(desk) }));
    const orders = await Promise.all(clicks.map((click) => orderOf(stub.place(click))));
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(1);
    expect(new Set(orders.map(({ tickets }) => JSON.stringify(tickets))).size).toBe(1);
    expect(orders[0]?.tickets).toHaveLength(2);
    expect(await leftOf(inventory)).toBe(98);
  });

  it('with another payload is refused, and the first order stands', async () => {
    const { eventId } = await freshInventory();
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, eventId);
    const first = await orderOf(stub.place(request));
    const contact = { name: 'Kofi', email: 'kofi@example.org' };
    const snapshot = pricedSnapshot(0, 1, eventId);
    for (const other of [{ contact }, { snapshot }]) {
      expect(await stub.place({ ...request, ...other })).toEqual({
        ok: false,
        failure: { code: 'idempotency_key_reused' },
      });
    }
    expect(await stub.show(first.orderId)).toEqual({ ok: true, value: first });
  });
});

describe('an order whose inventory does not answer', () => {
  it('waits, and the alarm finishes it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { eventId, stub: inventory } = await freshInventory();
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, eventId);
    const inventories = { ...real, issue: broken };
    const waiting = await insideDesk(stub, { inventories }, (object) => object.place(request));
    expect(waiting).toMatchObject({ ok: true, value: { order: { state: 'placed', tickets: [] } } });
    await insideDesk(stub, { clock: () => Date.now() + hourMs }, (object) => object.alarm());
    expect(await stub.show(request.orderId)).toMatchObject({ value: { state: 'completed', tickets: [{}, {}] } });
    expect(await leftOf(inventory)).toBe(98);
  });

  it('though it did what it was asked takes and issues nothing twice (I5)', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { eventId, stub: inventory } = await freshInventory();
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, eventId);
    const mute = { ...real, issue: (...given: Parameters<typeof real.issue>) => real.issue(...given).then(broken) };
    await insideDesk(stub, { inventories: mute }, (object) => object.place(request));
    await insideDesk(stub, { clock: () => Date.now() + hourMs }, (object) => object.alarm());
    expect(await stub.show(request.orderId)).toMatchObject({ value: { state: 'completed', tickets: [{}, {}] } });
    expect(await leftOf(inventory)).toBe(98);
  });

  it('is asked again ever more rarely, and never again once it has ended', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { desk, stub } = freshDesk();
    const request = placeRequest(desk, 'evt_silent');
    const issue = vi.fn<typeof real.issue>(broken);
    const inventories = { ...real, issue };
    let now = Date.now() + hourMs;
    await insideDesk(stub, { inventories, clock: () => now }, async (object) => {
      await object.place(request);
      await object.alarm();
      expect(issue).toHaveBeenCalledTimes(1);
      for (let wake = 2; wake < 6; wake += 1) {
        now += hourMs;
        await object.alarm();
        expect(issue).toHaveBeenCalledTimes(wake);
      }
      issue.mockResolvedValue({ ok: false, failure: { code: 'event_cancelled' } });
      now += hourMs;
      await object.alarm();
      now += hourMs;
      await object.alarm();
      expect(issue).toHaveBeenCalledTimes(6);
    });
    expect(await stub.show(request.orderId)).toMatchObject({ value: { state: 'refused' } });
  });
});
