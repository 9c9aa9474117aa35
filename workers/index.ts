import { EventInventoryObject } from '#objects/event-inventory/object.ts';
import { LiveBoardObject } from '#objects/live-board/object.ts';
import { PresenceObject } from '#objects/presence/object.ts';
import { OrderDeskObject } from '#objects/order-desk/object.ts';
import { WalletFeedObject } from '#objects/wallet-feed/object.ts';
import { deskPorts, inventoryPorts, liveBoardPorts } from './adapters.ts';
import type { Env } from './env.ts';
import { createWorker } from './worker.ts';

export class EventInventory extends EventInventoryObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, inventoryPorts(env));
  }
}

export class OrderDesk extends OrderDeskObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, deskPorts(env));
  }
}

export class LiveBoard extends LiveBoardObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, liveBoardPorts(env));
  }
}

export class Presence extends PresenceObject {
  constructor(state: DurableObjectState) {
    super(state, Date.now);
  }
}

export class WalletFeed extends WalletFeedObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { clock: Date.now, random: Math.random });
  }
}

export default createWorker() satisfies ExportedHandler<Env>;
