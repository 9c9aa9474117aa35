import type { OrderDeskPorts, StockPort } from '#objects/order-desk/ports.ts';
import type { MoneyStep, TicketStep } from '#shared/orders/steps.ts';

type Asked = 'hold' | 'issue' | 'firm' | 'confirm' | 'release' | TicketStep['do'] | MoneyStep['do'];

/** Where a desk may be made to stop: just before or just after it asks somebody else for something. */
export type CrashPoint = `${'before' | 'after'} ${Asked}`;

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
  arm({ inventories, shops, tickets, money, ...ports }: OrderDeskPorts): OrderDeskPorts {
    return {
      ...ports,
      clock: this.clock,
      inventories: this.#armStock(inventories),
      shops: this.#armStock(shops),
      tickets: {
        revoke: (id, request) => this.#guard('revoke', () => tickets.revoke(id, request)),
        dispute: (id, move) => this.#guard(move.isOver ? 'reinstate' : 'suspend', () => tickets.dispute(id, move)),
      },
      money: (step, order) => this.#guard(step.do, () => money(step, order)),
    };
  }

  #armStock<Request>(port: StockPort<Request>): StockPort<Request> {
    return {
      hold: (id, request) => this.#guard('hold', () => port.hold(id, request)),
      issue: (id, request) => this.#guard('issue', () => port.issue(id, request)),
      firm: (id, holdId) => this.#guard('firm', () => port.firm(id, holdId)),
      confirm: (id, holdId) => this.#guard('confirm', () => port.confirm(id, holdId)),
      release: (id, holdId) => this.#guard('release', () => port.release(id, holdId)),
    };
  }

  async #guard<T>(name: Asked, call: () => Promise<T>): Promise<T> {
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
