import { EventInventoryObject } from '#objects/event-inventory/object.ts';
import { OrderDeskObject } from '#objects/order-desk/object.ts';
import { deskPorts, inventoryPorts } from '#workers/adapters.ts';
import type { LocalEnv } from './env.ts';
import { sandboxes } from './sandboxes.ts';
import { Trials, type CrashPoint } from './trials.ts';

/** The desk as deployed, with the sandbox gateway, a movable clock and trapdoors. */
export class OrderDesk extends OrderDeskObject<LocalEnv> {
  readonly #trials: Trials;

  constructor(ctx: DurableObjectState, env: LocalEnv) {
    const trials = new Trials(ctx);
    super(ctx, env, trials.arm(deskPorts(env, sandboxes(ctx))));
    this.#trials = trials;
  }

  moveClock(byMs: number): void {
    this.#trials.moveClock(byMs);
  }

  crashAt(point: CrashPoint): void {
    this.#trials.crashAt(point);
  }
}

/** The inventory as deployed, with a movable clock. */
export class EventInventory extends EventInventoryObject<LocalEnv> {
  readonly #trials: Trials;

  constructor(ctx: DurableObjectState, env: LocalEnv) {
    const trials = new Trials(ctx);
    super(ctx, env, { ...inventoryPorts(env), clock: trials.clock });
    this.#trials = trials;
  }

  moveClock(byMs: number): void {
    this.#trials.moveClock(byMs);
  }
}
