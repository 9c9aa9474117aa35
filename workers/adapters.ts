import { inventoryOf, only, type ConfirmAnswer, type HoldAnswer } from '#objects/event-inventory/client.ts';
import { ok, type Result } from '#shared/result.ts';
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
  const at = (inventoryId: string) => inventoryOf(env.EVENT_INVENTORY, inventoryId);
  return {
    money: (step, order) => servicesOf(env, outside).money(step, order),
    clock: Date.now,
    doorbell: doorbell(env),
    within,
    inventories: {
      hold: async (id, request) => only(await at(id).holdMany([request])),
      issue: async (id, request) => only(await at(id).issueMany([request])),
      firm: async (id, holdId) => only(await at(id).firmMany([holdId])),
      confirm: async (id, holdId) => only(await at(id).confirmMany([holdId])),
      release: async (id, holdId) => only(await at(id).releaseMany([holdId])),
    },
    tickets: {
      revoke: (id, request) => at(id).revokeTickets(request),
      dispute: (id, move) => at(id).standInDispute(move),
    },
    takeBack: (id, request) => at(id).takeBackGoods(request),
    shops: {
      hold: async (id, request) => only(await at(id).holdGoods([request])),
      issue: async (id, request) => {
        const held = only(await at(id).holdGoods([request]));
        return held.ok ? withoutTickets(only(await at(id).moveGoods('confirm', [request.holdId]))) : held;
      },
      firm: async (id, holdId) => only(await at(id).moveGoods('firm', [holdId])),
      confirm: async (id, holdId) => withoutTickets(only(await at(id).moveGoods('confirm', [holdId]))),
      release: async (id, holdId) => nothing(only(await at(id).moveGoods('release', [holdId]))),
    },
  };
}

function withoutTickets(answer: HoldAnswer): ConfirmAnswer {
  return answer.ok ? ok({ tickets: [] }) : answer;
}

function nothing(answer: HoldAnswer): Result<undefined> {
  return answer.ok ? ok() : answer;
}

/** The timer goes with the work: one left behind would keep its object awake. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
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
