import { runInDurableObject } from 'cloudflare:test';
import { inventoryOf, only, type HoldRequest, type ScanRequest } from '#objects/event-inventory/client.ts';
import { EventInventoryObject } from '#objects/event-inventory/object.ts';
import type { EventInventoryPorts } from '#objects/event-inventory/ports.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { HoldLine } from '#shared/inventory/stock.ts';
import type { IssuedTicket } from '#shared/orders/order.ts';
import { minuteMs } from '#shared/time.ts';
import { isSignedBy } from '#workers/keys/device-signature.ts';
import { environment, keys } from './environment.ts';
import { eventRules } from './rules.ts';

export type InventoryStub = ReturnType<typeof inventoryOf>;

let eventsMade = 0;

/** An inventory nobody has used, under a name and event number of its own, with no rules yet. */
export function emptyInventory(): { eventId: string; eventNumber: number; stub: InventoryStub } {
  eventsMade += 1;
  const eventId = `evt_${crypto.randomUUID()}`;
  return { eventId, eventNumber: eventsMade, stub: inventoryOf(environment.EVENT_INVENTORY, eventId) };
}

/** An inventory with rules in force that are valid now, as version 1. */
export async function freshInventory(overrides: Partial<EventRules> = {}) {
  const { eventId, eventNumber, stub } = emptyInventory();
  const rules = eventRules({ eventId, eventNumber, ...overrides }, Date.now());
  await putInForce(stub, rules, 1);
  return { eventId, rules, stub };
}

export async function putInForce(stub: InventoryStub, rules: EventRules, version: number): Promise<void> {
  const applied = await stub.applyRules(version, `hash-${version}`, JSON.stringify(rules));
  if (!applied.ok) throw new Error(`Rules refused: ${JSON.stringify(applied.failure)}`);
}

/** One hold of one day ticket under an id of its own, waiting ten minutes, unless told otherwise. */
export function holdRequest(overrides: Partial<HoldRequest> = {}): HoldRequest {
  const holdId = overrides.holdId ?? `ord_eu00_${crypto.randomUUID()}`;
  return {
    holdId,
    orderId: holdId,
    customerId: 'cus_0123456789ABCDEF',
    lines: [{ typeId: 'day', quantity: 1 }],
    firm: false,
    ttlMs: 10 * minuteMs,
    ...overrides,
  };
}

/** Tickets as an order that went well gets them. */
export async function sell(
  stub: InventoryStub,
  lines: readonly HoldLine[] = [{ typeId: 'day', quantity: 1 }],
  as: Partial<HoldRequest> = {},
) {
  const request = holdRequest({ lines, firm: true, ...as });
  const held = only(await stub.holdMany([request]));
  const confirmed = only(await stub.confirmMany([request.holdId]));
  if (!held.ok || !confirmed.ok) throw new Error('The sale was refused');
  return confirmed.value.tickets;
}

export async function sellOne(stub: InventoryStub, typeId = 'day'): Promise<IssuedTicket> {
  return only(await sell(stub, [{ typeId, quantity: 1 }]));
}

/** The printed code of a ticket, made the way its holder's page makes it. */
export async function codeOf(stub: InventoryStub, { ticketId }: Pick<IssuedTicket, 'ticketId'>): Promise<string> {
  const { code } = only(await stub.showTickets([ticketId]));
  if (code === undefined) throw new Error('This ticket shows no code');
  return keys.issue(code.header, code.grants);
}

export function scanRequest(code: string, overrides: Partial<ScanRequest> = {}): ScanRequest {
  return { scanId: crypto.randomUUID(), gateId: 'north', deviceId: 'dev_1', staffId: 'per_1', code, ...overrides };
}

/** One scan's verdict. */
export async function scanAt(stub: InventoryStub, code: string, overrides: Partial<ScanRequest> = {}) {
  const answer = only(await stub.scanMany([scanRequest(code, overrides)]));
  if (!answer.ok) throw new Error(`No verdict: ${answer.failure.code}`);
  return answer.value;
}

/** Makes a ticket's earlier codes void, as the help desk does. */
export async function reissue(stub: InventoryStub, ticketId: string, reissueId: string = crypto.randomUUID()) {
  return only(await stub.reissueTickets([{ reissueId, ticketId, cause: 'support', staffId: 'per_support' }]));
}

/** What the inventory's log says, from its beginning. */
export async function trailOf(stub: InventoryStub) {
  const { entries } = await stub.readLog(0);
  return entries;
}

type Inside = { readonly inventory: EventInventoryObject; readonly state: DurableObjectState };

/** The object over the same storage with ports of the test's own: time stands where the test puts it, no bell rings. */
export function insideInventory<Answer>(
  stub: InventoryStub,
  ports: Partial<EventInventoryPorts>,
  use: (inside: Inside) => Answer | Promise<Answer>,
): Promise<Answer> {
  return runInDurableObject(stub, (_instance, state) => {
    const all: EventInventoryPorts = {
      clock: Date.now,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      verifier: keys,
      isSignedBy,
      doorbell: { ring: () => Promise.resolve() },
      publishLive: () => Promise.resolve({ viewers: 0 }),
      ...ports,
    };
    return use({ inventory: new EventInventoryObject(state, environment, all), state });
  });
}
