import { inject } from 'vitest';
import { deskOf } from '#shared/ids.ts';
import { orderEvents, type Order } from '#shared/orders/order.ts';
import type { Bank } from '#workers/local/bank/bank.ts';
import type { EventInventory, OrderDesk } from '#workers/local/objects.ts';

/** What journeys cannot do as people: move an object's clock, and read what came of it where it is true. */

type Objects = {
  readonly ORDER_DESK: OrderDesk;
  readonly EVENT_INVENTORY: EventInventory;
  readonly BANK: Bank;
};

export type ObjectCall = {
  readonly binding: keyof Objects;
  readonly name: string;
  readonly method: string;
  readonly args: readonly unknown[];
};

type Methods<Instance> = {
  [Name in keyof Instance]: Instance[Name] extends (...args: infer Args) => infer Answer
    ? (args: Args, answer: Awaited<Answer>) => void
    : never;
};
type Method<Binding extends keyof Objects> = keyof Methods<Objects[Binding]> & string;
type Part<Call, Which extends 0 | 1> = Call extends (...parts: infer Parts) => void ? Parts[Which] : never;

export async function callObject<Binding extends keyof Objects, Name extends Method<Binding>>(
  binding: Binding,
  name: string,
  method: Name,
  args: Part<Methods<Objects[Binding]>[Name], 0>,
): Promise<Part<Methods<Objects[Binding]>[Name], 1>> {
  const call: ObjectCall = { binding, name, method, args };
  const response = await fetch(inject('objectsUrl'), { method: 'POST', body: JSON.stringify(call) });
  if (!response.ok) throw new Error(`${binding} ${name}.${method}: ${await response.text()}`);
  const { answer } = await response.json<{ answer: Part<Methods<Objects[Binding]>[Name], 1> }>();
  return answer;
}

export async function orderNow(orderId: string): Promise<Order> {
  const shown = await callObject('ORDER_DESK', deskNameOf(orderId), 'show', [orderId]);
  if (!shown.ok) throw new Error(`No desk knows ${orderId}`);
  return shown.value;
}

/**
 * What happens once time has passed for an order and its event. Their clocks are put right afterwards, because other
 * journeys meet the same desk and the same event.
 */
export async function later<Seen>(orderId: string, byMs: number, what: () => Promise<Seen>): Promise<Seen> {
  const { snapshot } = await orderNow(orderId);
  const move = (ms: number) =>
    Promise.all([
      callObject('ORDER_DESK', deskNameOf(orderId), 'moveClock', [ms]),
      ...orderEvents(snapshot).map(({ eventId }) => callObject('EVENT_INVENTORY', eventId, 'moveClock', [ms])),
    ]);
  await move(byMs);
  try {
    return await what();
  } finally {
    await move(-byMs);
  }
}

function deskNameOf(orderId: string): string {
  const desk = deskOf(orderId);
  if (desk === undefined) throw new Error(`${orderId} is no order's id`);
  return desk;
}
