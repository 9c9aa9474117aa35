import type { OrderDeskPorts } from '#objects/order-desk/ports.ts';

/** Where a desk may be made to stop: just before or just after it asks somebody else for something. */
export type CrashPoint = `${'before' | 'after'} ${'hold' | 'firm' | 'confirm' | 'release' | 'gateway'}`;

const offsetKey = 'trials/offset-ms';

/**
 * What tests do to an object that no customer could: stop it dead in the middle of an order, and move its clock. Lives on
 * developers' machines only. The clock's offset survives a crash, as the real time would have passed.
 */
export class Trials {
  readonly #ctx: DurableObjectState;
  #crashAt: CrashPoint | undefined;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  readonly clock = (): number => Date.now() + this.#offsetMs();

  moveClock(byMs: number): void {
    this.#ctx.storage.kv.put(offsetKey, this.#offsetMs() + byMs);
  }

  /** Once: the object that starts after the crash is not armed. */
  crashAt(point: CrashPoint): void {
    this.#crashAt = point;
  }

  /** The ports, with a trapdoor before and after each call. */
  arm({ inventories, gateway, ...ports }: OrderDeskPorts): OrderDeskPorts {
    return {
      ...ports,
      clock: this.clock,
      inventories: {
        hold: (eventId, request) => this.#guard('hold', () => inventories.hold(eventId, request)),
        firm: (eventId, holdId) => this.#guard('firm', () => inventories.firm(eventId, holdId)),
        confirm: (eventId, holdId) => this.#guard('confirm', () => inventories.confirm(eventId, holdId)),
        release: (eventId, holdId) => this.#guard('release', () => inventories.release(eventId, holdId)),
      },
      gateway: (step, order) => this.#guard('gateway', () => gateway(step, order)),
    };
  }

  async #guard<T>(name: 'hold' | 'firm' | 'confirm' | 'release' | 'gateway', call: () => Promise<T>): Promise<T> {
    this.#crashIf(`before ${name}`);
    const answer = await call();
    this.#crashIf(`after ${name}`);
    return answer;
  }

  #offsetMs(): number {
    return this.#ctx.storage.kv.get<number>(offsetKey) ?? 0;
  }

  #crashIf(point: CrashPoint): void {
    if (this.#crashAt === point) this.#ctx.abort(`stopped ${point}`);
  }
}
