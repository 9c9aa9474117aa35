import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import type { EventInventoryPorts } from '#objects/event-inventory/ports.ts';
import type { OrderDeskPorts } from '#objects/order-desk/ports.ts';
import { settingsOf, type Env } from './env.ts';
import { ticketKeys } from './keys/ticket-keys.ts';

/** What the objects need from outside, made of this Worker's bindings. */
export function inventoryPorts(env: Env): EventInventoryPorts {
  return {
    clock: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    verifier: ticketKeys(settingsOf(env).masterKey),
    doorbell: doorbell(env),
  };
}

export function deskPorts(env: Env): OrderDeskPorts {
  return {
    clock: Date.now,
    doorbell: doorbell(env),
    inventories: {
      hold: async (eventId, request) => only(await inventoryOf(env.EVENT_INVENTORY, eventId).holdMany([request])),
      confirm: async (eventId, holdId) => only(await inventoryOf(env.EVENT_INVENTORY, eventId).confirmMany([holdId])),
    },
  };
}

function doorbell(env: Env) {
  return {
    ring: async (source: string) => {
      await env.DOORBELL.send({ source });
    },
  };
}
