import { runDurableObjectAlarm } from 'cloudflare:test';
import { expect } from 'vitest';
import { deskOfOrder } from '#objects/order-desk/client.ts';
import { paymentPatienceMs } from '#shared/orders/attempt.ts';
import { minuteMs } from '#shared/time.ts';
import { moneyAndTickets, orderNow } from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { publishEvent } from '#test/workers/http/site.ts';
import type { OrderDesk } from '#workers/local/objects.ts';

export const priceMinor = 2_500;

/** An event with day tickets at £25. */
export function paidEvent(capacity = 100) {
  return publishEvent({ id: 'day', category: 'paid', priceMinor, capacity });
}

/** The order's desk, with the trapdoors and the movable clock it has on developers' machines. */
export function deskOf(orderId: string): DurableObjectStub<OrderDesk> {
  const desk = deskOfOrder(environment.ORDER_DESK, orderId);
  if (desk === undefined) throw new Error(`No desk for ${orderId}`);
  return desk as DurableObjectStub<OrderDesk>;
}

/** The buyer's patience runs out at the desk, and its alarm rings. */
export async function patienceEnds(orderId: string): Promise<void> {
  await deskOf(orderId).moveClock(paymentPatienceMs + minuteMs);
  await runDurableObjectAlarm(deskOf(orderId));
}

/** The end of every story: the order is at rest, and what was kept is what its live tickets cost (I3). */
export async function expectSettled(orderId: string, tickets: number): Promise<void> {
  const keptMinor = tickets * priceMinor;
  expect(await moneyAndTickets(orderId)).toEqual({ keptMinor, liveMinor: keptMinor, reservations: 0 });
  expect((await orderNow(orderId)).tickets).toHaveLength(tickets);
}
