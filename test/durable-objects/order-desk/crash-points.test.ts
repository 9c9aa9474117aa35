import { runDurableObjectAlarm } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { deskNamed } from '#objects/order-desk/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { currentAttempt } from '#shared/orders/saga.ts';
import { hourMs } from '#shared/time.ts';
import type { OrderDesk } from '#workers/local/objects.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import type { CrashPoint } from '#workers/local/trials.ts';
import { carryOut } from '#workers/operations/pay-order.ts';
import { servicesOf } from '#workers/services.ts';
import { choose, moneyAndTickets, openBrowser, paymentsOf } from '#test/support/bank.ts';
import { freshDesk, placeRequest } from '#test/support/desk.ts';
import { environment } from '#test/support/environment.ts';
import { freshInventory } from '#test/support/inventory.ts';
import { pricedSnapshot } from '#test/support/orders.ts';
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

/** Time passes and alarms ring until the order neither moves nor is about to. */
async function recover(desk: string, orderId: string): Promise<Order> {
  for (let before = ''; ;) {
    await deskAt(desk).moveClock(hourMs);
    await orNothing(() => runDurableObjectAlarm(deskAt(desk)));
    const shown = await deskAt(desk).show(orderId);
    if (!shown.ok) throw new Error(shown.failure.code);
    const now = JSON.stringify(shown.value);
    if (now === before) return shown.value;
    before = now;
  }
}

/** A paid order whose desk is stopped once, at a point, and whose buyer approves at the bank as soon as there is one to. */
async function buyThrough(point: CrashPoint, isWorkerAlive: boolean) {
  const { eventId, stub: inventory } = await freshInventory({
    ticketTypes: [ticketType({ priceMinor: price, capacity: 1 }, Date.now())],
  });
  const { desk } = freshDesk();
  const snapshot = pricedSnapshot(price, 1, eventId);
  const request = placeRequest(desk, eventId, { snapshot });
  const { orderId } = request;
  await deskAt(desk).crashAt(point);
  await orNothing(async () => deskAt(desk).place(request));
  // What a browser does that got no answer: the same again.
  await orNothing(async () => deskAt(desk).place(request));
  const paying = (await orNothing(async () => deskAt(desk).pay(orderId))) ?? (await deskAt(desk).pay(orderId));
  if (!paying.ok) throw new Error(paying.failure.code);
  const opened = await carryOut(services, paying.value);
  const sessionId = currentAttempt(opened)?.sessionId ?? '';
  await choose(openBrowser(), sessionId, 'approve');
  const inquire = { do: 'inquire' as const, attempt: currentAttempt(opened)! };
  if (isWorkerAlive) await orNothing(() => carryOut(services, { order: opened, task: inquire }));
  const order = await recover(desk, orderId);
  return { order, inventory };
}

const points: readonly CrashPoint[] = [
  'before hold',
  'after hold',
  'before firm',
  'after firm',
  'before gateway',
  'after gateway',
  'before confirm',
  'after confirm',
];

describe('I3: a desk stopped in the middle of an order', () => {
  describe.each([
    ['and the buyer’s Worker goes on', true],
    ['and the buyer’s Worker is gone too', false],
  ])('%s', (_who, isWorkerAlive) => {
    it.each(points)('%s: one payment, one ticket', async (point) => {
      const { order, inventory } = await buyThrough(point, isWorkerAlive);
      expect(order).toMatchObject({ state: 'completed', tickets: [{ typeId: 'day' }] });
      expect(await paymentsOf(order.orderId)).toHaveLength(1);
      expect(await moneyAndTickets(order.orderId)).toEqual({ keptMinor: price, liveMinor: price, reservations: 0 });
      expect(await inventory.availability()).toMatchObject({ ok: true, value: { left: { day: 0 } } });
    });
  });
});
