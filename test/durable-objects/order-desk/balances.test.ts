import { runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OrderDeskObject, Progress } from '#objects/order-desk/object.ts';
import type { OrderDeskPorts } from '#objects/order-desk/ports.ts';
import { byCard, type Tender } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import { isSettled } from '#shared/orders/saga.ts';
import type { Result } from '#shared/result.ts';
import { tenders } from '#workers/payments/tenders.ts';
import { freshDesk, insideDesk, placeRequest, type DeskStub } from '#test/support/desk.ts';
import { freshInventory, sell } from '#test/support/inventory.ts';
import { orderSnapshot, pricedSnapshot, topUpSection } from '#test/support/orders.ts';
import { Purse } from '#test/support/purse.ts';
import { ticketType } from '#test/support/rules.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const price = 2_400;
const allBalance: Tender = { cardMinor: 0, walletMinor: price, points: 0, pointsMinor: 0 };
const mixed: Tender = { cardMinor: 1_000, walletMinor: 1_300, points: 100, pointsMinor: 100 };

/** A card that says yes to everything, at once. */
const states = {
  open: 'authorised',
  inquire: 'authorised',
  capture: 'captured',
  abandon: 'dead',
  void: 'voided',
  refund: 'refunded',
} as const;

function moneyOf(purse: Purse): OrderDeskPorts['money'] {
  const card = {
    perform: ({ do: operation }: { do: keyof typeof states }) =>
      Promise.resolve({ state: states[operation], intentId: 'pi_1' }),
    payBack: ({ refundId }: { refundId: string }) => Promise.resolve({ refundId, isPaid: true }),
    hear: () => Promise.resolve(undefined),
  };
  return tenders(card, purse);
}

/** What the buyer's Worker does: asks as the desk bids it, and reports back. */
async function carryOut(desk: OrderDeskObject, from: Result<Progress>, money: OrderDeskPorts['money']): Promise<Order> {
  if (!from.ok) throw new Error(from.failure.code);
  let progress = from.value;
  while (progress.task !== undefined) {
    const { order, task } = progress;
    const status = await money(task, order);
    const reported = await desk.report(order.orderId, task.attempt.attemptId, status);
    if (!reported.ok) throw new Error(reported.failure.code);
    progress = reported.value;
  }
  return progress.order;
}

async function oneTicketAt(priceMinor: number) {
  const { eventId, stub } = await freshInventory({
    ticketTypes: [ticketType({ priceMinor, capacity: 1 }, Date.now())],
  });
  const { desk, stub: deskStub } = freshDesk();
  return {
    inventory: stub,
    desk: deskStub,
    request: placeRequest(desk, eventId, { snapshot: pricedSnapshot(priceMinor, 1, eventId) }),
  };
}

function segmentsOf(desk: DeskStub): Promise<number> {
  return runInDurableObject(desk, (_object, { storage }) => {
    return storage.sql.exec<{ segments: number }>('SELECT COUNT(*) AS segments FROM log_segments').one().segments;
  });
}

const kindsOf = (desk: OrderDeskObject) =>
  desk.readLog(0).entries.flatMap((entry) => (entry.kind === 'order.moved' ? [] : [entry.kind]));

describe('an order paid from a balance', () => {
  it.each([
    ['all of it', allBalance, ['order.earned']],
    ['with a card for the rest', mixed, ['money.captured', 'order.earned']],
  ])('%s ends in tickets, and each movement of money is told once', async (_what, tender, told) => {
    const { desk, request } = await oneTicketAt(price);
    const purse = new Purse(5_000);
    const money = moneyOf(purse);
    await insideDesk(desk, { money }, async (object) => {
      await object.place(request);
      const order = await carryOut(object, await object.pay(request.orderId, tender), money);
      expect(order).toMatchObject({ state: 'completed', tickets: [{}], attempts: [{ balance: 'posted' }] });
      expect(kindsOf(object)).toEqual(told);
    });
    expect(purse.leftMinor).toBe(5_000 - tender.walletMinor - tender.pointsMinor);
  });

  it.each([
    ['free', 0, 2],
    ['by card, placed and paid in one', price, 5],
  ])('%s costs its desk few transactions: a segment of its log each', async (_what, priceMinor, transactions) => {
    const { desk, request } = await oneTicketAt(priceMinor);
    const money = moneyOf(new Purse(0));
    await insideDesk(desk, { money }, async (object) => {
      const tender = priceMinor === 0 ? undefined : byCard(priceMinor);
      const order = await carryOut(object, await object.place({ ...request, tender }), money);
      expect(order).toMatchObject({ state: 'completed', tickets: [{}] });
    });
    expect(await segmentsOf(desk)).toBe(transactions);
  });

  it('with too little in it keeps its hold, and may be paid another way', async () => {
    const { desk, request } = await oneTicketAt(price);
    const money = moneyOf(new Purse(100));
    await insideDesk(desk, { money }, async (object) => {
      await object.place(request);
      const back = await carryOut(object, await object.pay(request.orderId, allBalance), money);
      expect(back).toMatchObject({ state: 'held', failure: { code: 'balance_too_low' }, stock: [{ state: 'held' }] });
      const paid = await carryOut(object, await object.pay(request.orderId, byCard(price)), money);
      expect(paid).toMatchObject({ state: 'completed', tickets: [{}] });
    });
  });

  it('that a ledger does not answer about is finished by the alarm, and taken once', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { desk, request } = await oneTicketAt(price);
    const purse = new Purse(5_000);
    const money = moneyOf(purse);
    const mute: OrderDeskPorts['money'] = async (...asked) => {
      await money(...asked);
      throw new Error('no answer');
    };
    let now = Date.now();
    await insideDesk(desk, { money: mute, clock: () => now }, async (object) => {
      await object.place(request);
      await object.pay(request.orderId, allBalance);
      now += 6_000;
      await object.alarm();
      expect(purse.leftMinor).toBe(5_000 - price);
    });
    await insideDesk(desk, { money, clock: () => now + 60_000 }, async (object) => {
      await object.alarm();
      const shown = object.show(request.orderId);
      expect(shown).toMatchObject({ ok: true, value: { state: 'completed', attempts: [{ balance: 'posted' }] } });
      expect(shown.ok && isSettled(shown.value)).toBe(true);
    });
    expect(purse.leftMinor).toBe(5_000 - price);
  });

  it('gets it back when the last ticket went to somebody else', async () => {
    const { desk, inventory, request } = await oneTicketAt(price);
    const purse = new Purse(5_000);
    const money = moneyOf(purse);
    await insideDesk(desk, { money }, (object) => object.place(request));
    await inventory.releaseMany([`${request.orderId}/1`]);
    await sell(inventory);
    await insideDesk(desk, { money }, async (object) => {
      const order = await carryOut(object, await object.pay(request.orderId, allBalance), money);
      expect(order).toMatchObject({
        state: 'released',
        failure: { code: 'sold_out' },
        attempts: [{ balance: 'void' }],
      });
    });
    expect(purse.leftMinor).toBe(5_000);
  });

  it.each([
    ['that does not add up', { ...allBalance, walletMinor: price - 1 }],
    ['of less than nothing', { cardMinor: price + 100, walletMinor: -100, points: 0, pointsMinor: 0 }],
  ])('is not begun with a tender %s', async (_what, tender) => {
    const { desk, request } = await oneTicketAt(price);
    await desk.place(request);
    expect(await desk.pay(request.orderId, tender)).toMatchObject({ ok: false, failure: { code: 'tender_invalid' } });
    expect(await desk.place({ ...placeRequest('taa00', ''), snapshot: request.snapshot, tender })).toMatchObject({
      failure: { code: 'tender_invalid' },
    });
  });
});

it('a top-up asks no inventory, and earns nobody anything', async () => {
  const { desk, stub } = freshDesk();
  const request = placeRequest(desk, '', { snapshot: orderSnapshot({ sections: [topUpSection(2_000)] }) });
  const money = moneyOf(new Purse(0));
  await insideDesk(stub, { money }, async (object) => {
    expect(await object.place(request)).toMatchObject({ value: { order: { state: 'held', stock: [] } } });
    const order = await carryOut(object, await object.pay(request.orderId), money);
    expect(order).toMatchObject({ state: 'completed', tickets: [] });
    const { entries } = object.readLog(0);
    expect(entries.find(({ kind }) => kind === 'order.earned')).toMatchObject({ shares: [], topUpMinor: 2_000 });
  });
});
