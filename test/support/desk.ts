import { runInDurableObject } from 'cloudflare:test';
import { deskNamed, type PlaceRequest } from '#objects/order-desk/client.ts';
import { OrderDeskObject } from '#objects/order-desk/object.ts';
import type { OrderDeskPorts } from '#objects/order-desk/ports.ts';
import { orderIdOf } from '#shared/ids.ts';
import { deskPorts } from '#workers/adapters.ts';
import { environment } from './environment.ts';
import { orderSnapshot } from './orders.ts';

export type DeskStub = ReturnType<typeof deskNamed>;

let desksMade = 0;

/** A desk nobody has used, under a name of its own. */
export function freshDesk(): { desk: string; stub: DeskStub } {
  desksMade += 1;
  const letters = [desksMade % 26, Math.floor(desksMade / 26)].map((n) => String.fromCharCode(97 + n)).join('');
  const desk = `t${letters}01`;
  return { desk, stub: deskNamed(environment.ORDER_DESK, desk) };
}

export function freshOrderId(desk: string): string {
  return orderIdOf(desk, crypto.getRandomValues(new Uint8Array(16)));
}

/** An order of two free day tickets, under keys of its own unless told otherwise. */
export function placeRequest(desk: string, eventId: string, overrides: Partial<PlaceRequest> = {}): PlaceRequest {
  return {
    orderId: freshOrderId(desk),
    idempotencyKey: crypto.randomUUID(),
    snapshot: orderSnapshot({}, eventId),
    contact: { name: 'Ama Mensah', email: 'ama@example.org' },
    ...overrides,
  };
}

/** The desk over the same storage with ports of the test's own; no bell rings, nobody answers about money unless told to. */
export function insideDesk<Answer>(
  stub: DeskStub,
  ports: Partial<OrderDeskPorts>,
  use: (desk: OrderDeskObject) => Answer | Promise<Answer>,
): Promise<Answer> {
  return runInDurableObject(stub, (_instance, state) => {
    const all: OrderDeskPorts = {
      ...deskPorts(environment),
      doorbell: { ring: () => Promise.resolve() },
      money: () => Promise.reject(new Error('nobody to ask about money here')),
      ...ports,
    };
    return use(new OrderDeskObject(state, environment, all));
  });
}

/** Inventories that answer at once and remember nothing: each hold is confirmed into the tickets it was given. */
export const willingInventories: OrderDeskPorts['inventories'] = {
  hold: (_eventId, { holdId, firm, ttlMs }) =>
    Promise.resolve({ ok: true, value: { holdId, expiresAtMs: firm ? undefined : Date.now() + ttlMs } }),
  issue: (eventId, { holdId }) => Promise.resolve(ticketsOf(eventId, holdId)),
  firm: (_eventId, holdId) => Promise.resolve({ ok: true, value: { holdId, expiresAtMs: undefined } }),
  confirm: (eventId, holdId) => Promise.resolve(ticketsOf(eventId, holdId)),
  release: () => Promise.resolve({ ok: true, value: undefined }),
};

function ticketsOf(eventId: string, holdId: string) {
  const ticket = { ticketId: `tkt_${holdId}`, typeId: 'day', handle: '7KQ2MX9TBD', eventId };
  return { ok: true as const, value: { tickets: [ticket] } };
}
