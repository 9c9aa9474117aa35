import { runDurableObjectAlarm } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { deskNamed } from '#objects/order-desk/client.ts';
import { currentAttempt, type Order } from '#shared/orders/order.ts';
import { isSettled } from '#shared/orders/saga.ts';
import { deskOf } from '#shared/ids.ts';
import { hourMs } from '#shared/time.ts';
import type { OrderDesk } from '#workers/local/objects.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import type { CrashPoint } from '#workers/local/trials.ts';
import { checkLedger } from '#workers/operations/check-ledger.ts';
import { carryOut } from '#workers/operations/pay-order.ts';
import { project } from '#workers/operations/project-log.ts';
import { orderTickets } from '#workers/operations/show-order.ts';
import { servicesOf } from '#workers/services.ts';
import { allHeard, choose, moneyAndTickets, openBrowser, paymentsOf, sendAll } from '#test/support/bank.ts';
import { freshDesk, placeRequest } from '#test/support/desk.ts';
import { environment } from '#test/support/environment.ts';
import { freshInventory, putInForce, type InventoryStub } from '#test/support/inventory.ts';
import { eventSection, orderSnapshot, ticketLine } from '#test/support/orders.ts';
import { ticketType } from '#test/support/rules.ts';

const services = servicesOf(environment, sandboxes({ exports }));
const price = 2_400;

type Desk = DurableObjectStub<OrderDesk>;

/** Each stub is of the object's next life: one whose object was stopped answers nothing any more. */
const deskAt = (desk: string) => deskNamed(environment.ORDER_DESK, desk) as unknown as Desk;

/** A stop takes the caller's answer with it. */
async function orNothing<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch {
    return undefined;
  }
}

async function orderAt(desk: string, orderId: string): Promise<Order> {
  const shown = await deskAt(desk).show(orderId);
  if (!shown.ok) throw new Error(shown.failure.code);
  return shown.value;
}

/** More than any of these stories needs: an alarm that meets a desk as it dies has done nothing. */
const lookLimit = 20;

/** Time passes and alarms ring until the order has ended, and another alarm changes nothing more. */
async function recover(desk: string, orderId: string): Promise<Order> {
  let before: Order | undefined;
  for (let look = 0; look < lookLimit; look += 1) {
    await orNothing(() => deskAt(desk).moveClock(hourMs));
    await orNothing(() => runDurableObjectAlarm(deskAt(desk)));
    const order = await orderAt(desk, orderId);
    if (isSettled(order) && JSON.stringify(order) === JSON.stringify(before)) return order;
    before = order;
  }
  throw new Error(`Never came to rest: ${JSON.stringify(before)}`);
}

type Event = Awaited<ReturnType<typeof smallEvent>>;

type Story = {
  readonly point: CrashPoint;
  readonly isWorkerAlive: boolean;
  /** Placed and paid in one, or held by the clock first. */
  readonly isPaidAtOnce?: boolean;
  /** What happens to the events between the bank's yes and the tickets. */
  readonly meanwhile?: (events: readonly Event[]) => Promise<void>;
};

/** An event with one place, at a price. */
function smallEvent(title: string) {
  return freshInventory({ title, ticketTypes: [ticketType({ priceMinor: price, capacity: 1 }, Date.now())] });
}

/** A paid order over two events whose desk is stopped once, at a point, and whose buyer approves as soon as the bank asks. */
async function buyThrough({ point, isWorkerAlive, isPaidAtOnce = false, meanwhile }: Story) {
  const events = [await smallEvent('Expo'), await smallEvent('Concert')];
  const { desk } = freshDesk();
  const sections = events.map(({ eventId }, index) => {
    const line = ticketLine({ lineId: `l${index + 1}`, unitMinor: price, quantity: 1 });
    return eventSection({ lines: [line] }, eventId);
  });
  const snapshot = orderSnapshot({ sections });
  const tender = isPaidAtOnce ? { cardMinor: 2 * price, walletMinor: 0, points: 0, pointsMinor: 0 } : undefined;
  const request = placeRequest(desk, '', { snapshot, tender });
  const { orderId } = request;
  await deskAt(desk).crashAt(point);
  await orNothing(async () => deskAt(desk).place(request));
  // What a browser does that got no answer: the same again.
  await orNothing(async () => deskAt(desk).place(request));
  const paying = (await orNothing(async () => deskAt(desk).pay(orderId))) ?? (await deskAt(desk).pay(orderId));
  if (!paying.ok) throw new Error(paying.failure.code);
  const opened = await carryOut(services, paying.value);
  await choose(openBrowser(), currentAttempt(opened)?.sessionId ?? '', 'approve');
  await meanwhile?.(events);
  const inquire = { do: 'inquire' as const, attempt: currentAttempt(opened)! };
  if (isWorkerAlive) await orNothing(() => carryOut(services, { order: opened, task: inquire }));
  const order = await recover(desk, orderId);
  return { order, left: await Promise.all(events.map(({ stub }) => leftOf(stub))) };
}

async function leftOf(stub: InventoryStub): Promise<number | undefined> {
  const availability = await stub.availability();
  return availability.ok ? availability.value.left['day'] : undefined;
}

const points: readonly CrashPoint[] = (
  ['hold', 'firm', 'open', 'inquire', 'abandon', 'capture', 'confirm'] as const
).flatMap((step) => [`before ${step}` as const, `after ${step}` as const]);

describe('I3: a desk stopped in the middle of an order over two events', () => {
  describe.each([
    ['and the buyer’s Worker goes on', true],
    ['and the buyer’s Worker is gone too', false],
  ])('%s', (_who, isWorkerAlive) => {
    it.each(points)('%s: one payment, both tickets', async (point) => {
      const { order, left } = await buyThrough({ point, isWorkerAlive });
      expect(order).toMatchObject({ state: 'completed', tickets: [{ typeId: 'day' }, { typeId: 'day' }] });
      expect(new Set(order.tickets.map(({ eventId }) => eventId)).size).toBe(2);
      await expectOneCharge(order, 2 * price);
      expect(left).toEqual([0, 0]);
    });
  });

  it.each(['before hold', 'after hold'] as const)(
    '%s, when it was placed and paid in one: one payment, both tickets',
    async (point) => {
      const { order, left } = await buyThrough({ point, isWorkerAlive: true, isPaidAtOnce: true });
      expect(order.state).toBe('completed');
      await expectOneCharge(order, 2 * price);
      expect(left).toEqual([0, 0]);
    },
  );

  const backPoints: readonly CrashPoint[] = (['confirm', 'release', 'pay_back'] as const).flatMap((step) => [
    `before ${step}` as const,
    `after ${step}` as const,
  ]);

  it.each(backPoints)('%s, one of which was cancelled: its price back, and the other’s ticket', async (point) => {
    const meanwhile = async ([first]: readonly Event[]) => first && cancel(first);
    const { order, left } = await buyThrough({ point, isWorkerAlive: false, meanwhile });
    expect(order).toMatchObject({
      state: 'completed',
      tickets: [{}],
      refunds: [{ state: 'done', amountMinor: price }],
    });
    await expectOneCharge(order, price);
    expect(left).toEqual([1, 0]);
  });

  const undonePoints: readonly CrashPoint[] = (['confirm', 'release', 'refund'] as const).flatMap((step) => [
    `before ${step}` as const,
    `after ${step}` as const,
  ]);

  it.each(undonePoints)('%s, both of which were cancelled: all of the money back', async (point) => {
    const meanwhile = async (both: readonly Event[]) => {
      for (const event of both) await cancel(event);
    };
    const { order, left } = await buyThrough({ point, isWorkerAlive: false, meanwhile });
    expect(order).toMatchObject({ state: 'refunded', tickets: [], failure: { code: 'event_cancelled' } });
    await expectOneCharge(order, 0);
    expect(left).toEqual([1, 1]);
  });
});

const refundPoints: readonly CrashPoint[] = (['revoke', 'pay_back'] as const).flatMap((step) => [
  `before ${step}` as const,
  `after ${step}` as const,
]);

describe('I3: a desk stopped in the middle of a refund', () => {
  it.each(refundPoints)('%s: one ticket revoked, its price back once', async (point) => {
    const { order } = await buyThrough({ point: 'before hold', isWorkerAlive: true });
    const desk = deskOf(order.orderId) ?? '';
    const [ticket] = order.tickets;
    const line = { lineId: 'l1', ticketIds: [ticket!.ticketId], quantity: 1, feePercent: 0 };
    const refundId = `${order.orderId}/b1`;
    const about = { refundId, to: 'source', cause: 'buyer', byId: 'per_1', isUnusedOnly: true } as const;
    await deskAt(desk).crashAt(point);
    await orNothing(async () => deskAt(desk).refund(order.orderId, { ...about, lines: [line] }));
    // Pressed again, as somebody does who got no answer.
    await orNothing(async () => deskAt(desk).refund(order.orderId, { ...about, lines: [line] }));
    const refunded = await recover(desk, order.orderId);
    expect(refunded).toMatchObject({ state: 'completed', refunds: [{ refundId, state: 'done', amountMinor: price }] });
    await expectOneCharge(refunded, price);
  });
});

const disputePoints = (['suspend', 'reinstate', 'revoke'] as const).flatMap(
  (step) => [`before ${step}`, `after ${step}`] as const,
);

describe('I3: a desk stopped in the middle of a dispute about an order over two events', () => {
  it.each(disputePoints)('%s: one verdict at both events, and one in the books', async (point) => {
    const { order } = await buyThrough({ point: 'before hold', isWorkerAlive: true });
    const desk = deskOf(order.orderId) ?? '';
    const sessionId = currentAttempt(order)?.sessionId ?? '';
    const isLost = point.endsWith('revoke');
    const browser = openBrowser();
    await deskAt(desk).crashAt(point);
    for (const choice of ['dispute', isLost ? 'lose' : 'win']) {
      await orNothing(() => browser.post(`/local/bank/${sessionId}/later`, { choice }));
      // The bank tells it again until it is heard.
      await orNothing(() => sendAll(browser, sessionId));
      await orNothing(() => sendAll(browser, sessionId));
    }
    await allHeard(sessionId);
    const ended = await recover(desk, order.orderId);
    const statuses = (await orderTickets(services, ended)).map(({ status }) => status);
    const isGood = statuses.every((status) => status === 'paid' || status === 'active');
    expect({ disputes: ended.disputes?.map(({ state }) => state), refunds: ended.refunds.length, isGood }).toEqual(
      isLost ? { disputes: ['lost'], refunds: 1, isGood: false } : { disputes: ['won'], refunds: 0, isGood: true },
    );
    if (isLost) expect(statuses).toEqual(['refunded', 'refunded']);
    while (!(await project({ ...services, queueMessage: () => Promise.resolve() }, `desk:${desk}`)));
    const { drifted, differing, gateway } = await checkLedger(services, services.gatewayBooks);
    expect({ drifted, differing, findings: gateway?.findings }).toEqual({ drifted: [], differing: [], findings: [] });
  });
});

/** Its organiser calls it off: rules in a new version. */
async function cancel({ stub, rules }: Event): Promise<void> {
  await putInForce(stub, { ...rules, status: 'cancelled' }, 2);
}

async function expectOneCharge(order: Order, keptMinor: number): Promise<void> {
  expect(isSettled(order)).toBe(true);
  expect(await paymentsOf(order.orderId)).toHaveLength(1);
  expect(await moneyAndTickets(order.orderId)).toEqual({ keptMinor, liveMinor: keptMinor, reservations: 0 });
}
