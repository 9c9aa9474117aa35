import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import type { EventInventoryPorts } from '#objects/event-inventory/ports.ts';
import { boardsPerEvent, liveBoardOf } from '#objects/live-board/client.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { LiveBoardPorts } from '#objects/live-board/ports.ts';
import { presenceOf } from '#objects/presence/client.ts';
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
    publishLive: (eventId, snapshot) => publishLive(env, eventId, snapshot),
  };
}

export function liveBoardPorts(env: Env): LiveBoardPorts {
  return {
    pull: (eventId) => inventoryOf(env.EVENT_INVENTORY, eventId).live(),
    looking: (eventId) => presenceOf(env.PRESENCE, eventId).looking(),
    clock: Date.now,
  };
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

/** To all of the event's boards: which of them have viewers only they know, and one that fails keeps no other waiting. */
async function publishLive(env: Env, eventId: string, snapshot: LiveSnapshot): Promise<{ viewers: number }> {
  const boards = Array.from({ length: boardsPerEvent }, (_, board) => liveBoardOf(env.LIVE_BOARD, eventId, board));
  const told = await Promise.allSettled(boards.map((board) => board.publish(snapshot)));
  return { viewers: told.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value.viewers : 0), 0) };
}

function doorbell(env: Env) {
  return {
    ring: async (source: string) => {
      await env.DOORBELL.send({ source });
    },
  };
}
