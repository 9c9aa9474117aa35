import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import type { EventInventoryPorts } from '#objects/event-inventory/ports.ts';
import { liveBoardOf } from '#objects/live-board/client.ts';
import type { LiveBoardPorts } from '#objects/live-board/ports.ts';
import type { OrderDeskPorts } from '#objects/order-desk/ports.ts';
import { settingsOf, type Env } from './env.ts';
import { servicesOf, type Outside } from './services.ts';
import { isSignedBy } from './keys/device-signature.ts';
import { ticketKeys } from './keys/ticket-keys.ts';

/** What the objects need from outside, made of this Worker's bindings. */
export function inventoryPorts(env: Env): EventInventoryPorts {
  return {
    clock: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    verifier: ticketKeys(settingsOf(env).masterKey),
    isSignedBy,
    doorbell: doorbell(env),
    publishLive: (eventId, snapshot) => liveBoardOf(env.LIVE_BOARD, eventId).publish(snapshot),
  };
}

export function liveBoardPorts(env: Env): LiveBoardPorts {
  return { pull: (eventId) => inventoryOf(env.EVENT_INVENTORY, eventId).live() };
}

export function deskPorts(env: Env, outside?: Outside): OrderDeskPorts {
  return {
    gateway: (step, order) => servicesOf(env, outside).gateway.perform(step, order),
    clock: Date.now,
    doorbell: doorbell(env),
    inventories: {
      hold: async (eventId, request) => only(await inventoryOf(env.EVENT_INVENTORY, eventId).holdMany([request])),
      firm: async (eventId, holdId) => only(await inventoryOf(env.EVENT_INVENTORY, eventId).firmMany([holdId])),
      release: async (eventId, holdId) => only(await inventoryOf(env.EVENT_INVENTORY, eventId).releaseMany([holdId])),
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
