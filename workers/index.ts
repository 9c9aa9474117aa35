import { EventInventoryObject } from '#objects/event-inventory/object.ts';
import { OrderDeskObject } from '#objects/order-desk/object.ts';
import { deskPorts, inventoryPorts } from './adapters.ts';
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

export default createWorker() satisfies ExportedHandler<Env>;
