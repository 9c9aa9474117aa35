import { byCard, learn, paymentPatienceMs, type Attempt, type GatewayStatus } from '#shared/orders/attempt.ts';
import { holdIdOf, type Order } from '#shared/orders/order.ts';
import {
  applyOutcome,
  beginPayment,
  currentAttempt,
  isGatewayStep,
  nextStep,
  type GatewayStep,
  type Outcome,
  type StockStep,
} from '#shared/orders/saga.ts';
import { minuteMs } from '#shared/time.ts';

type Hold = 'held' | 'firm' | 'confirmed' | 'gone';
type Payment = { state: 'open' | 'authorised' | 'captured' | 'voided' | 'refunded' | 'dead' };

/**
 * An inventory with few places and a gateway, as plainly as they can be told, around one order and some strangers. A
 * step's effect and its answer are separate, so that an answer can get lost between them, as in a crash.
 */
export class World {
  order: Order;
  now: number;
  #places: number;
  #isCancelled = false;
  readonly #holds = new Map<string, { state: Hold; expiresAtMs: number }>();
  readonly #payments = new Map<string, Payment>();

  constructor(order: Order, places: number) {
    this.order = order;
    this.now = order.placedAtMs;
    this.#places = places;
  }

  /** Takes the order's next step. With `loses`, the effect happens and nobody hears of it. */
  step(loses: boolean): boolean {
    const step = nextStep(this.order, this.now);
    if (step === undefined) return false;
    const outcome = isGatewayStep(step) ? this.#atGateway(step) : this.#atInventory(step);
    if (!loses) this.order = applyOutcome(this.order, outcome) ?? this.order;
    return true;
  }

  pressPay(): void {
    const attempt: Attempt = {
      attemptId: `${this.order.orderId}/${this.order.attempts.length + 1}`,
      method: 'card',
      tender: byCard(this.order.snapshot.totalMinor),
      state: 'new',
      createdAtMs: this.now,
      deadlineMs: this.now + paymentPatienceMs,
    };
    const begun = beginPayment(this.order, attempt);
    if (typeof begun !== 'string') this.order = begun;
  }

  /** The bank says yes to any payment that is still open, the newest or an older one. */
  approve(nth: number): void {
    const open = [...this.#payments.values()].filter(({ state }) => state === 'open');
    const payment = open[nth % Math.max(open.length, 1)];
    if (payment !== undefined) payment.state = 'authorised';
  }

  /** Money that arrives on a payment the gateway had called dead: transfers and slow banks do that. */
  arriveLate(nth: number): void {
    const dead = [...this.#payments.values()].filter(({ state }) => state === 'dead');
    const payment = dead[nth % Math.max(dead.length, 1)];
    if (payment !== undefined) payment.state = 'authorised';
  }

  /** From now on the event confirms nothing. */
  cancelEvent(): void {
    this.#isCancelled = true;
  }

  /** Every attempt's webhook, as a gateway that repeats until it is heard ends up delivering them. */
  deliverAll(): void {
    for (const attempt of this.order.attempts) this.#tell(attempt.attemptId);
  }

  /** A webhook, perhaps an old one: it makes somebody ask how that attempt stands. */
  webhook(nth: number): void {
    const attempt = this.order.attempts[nth % Math.max(this.order.attempts.length, 1)];
    if (attempt !== undefined) this.#tell(attempt.attemptId);
  }

  /** News that was overtaken on the way. */
  staleWebhook(nth: number, state: GatewayStatus['state']): void {
    const attempt = this.order.attempts[nth % Math.max(this.order.attempts.length, 1)];
    const truth = attempt && this.#payments.get(attempt.attemptId);
    if (attempt === undefined || truth === undefined) return;
    // Only what was once true can be told late.
    const isPast = learn({ ...attempt, state }, { state: truth.state }) !== undefined && state !== truth.state;
    if (isPast) {
      this.order =
        applyOutcome(this.order, { of: 'gateway', attemptId: attempt.attemptId, status: { state } }) ?? this.order;
    }
  }

  passMinutes(minutes: number): void {
    this.now += minutes * minuteMs;
    for (const hold of this.#holds.values()) {
      if (hold.state === 'held' && hold.expiresAtMs <= this.now) hold.state = 'gone';
    }
  }

  /** Others buy the last places, or give some back. */
  othersTake(count: number): void {
    this.#places = Math.max(0, this.#places - count);
  }

  /** What the gateway took and did not give back, in orders' prices. */
  moneyKept(): number {
    return [...this.#payments.values()].filter(({ state }) => state === 'captured').length;
  }

  moneyReserved(): number {
    return [...this.#payments.values()].filter(({ state }) => state === 'authorised').length;
  }

  holds(state: Hold): number {
    return [...this.#holds.values()].filter((hold) => hold.state === state).length;
  }

  #tell(attemptId: string): void {
    const payment = this.#payments.get(attemptId);
    if (payment === undefined) return;
    this.order = applyOutcome(this.order, { of: 'gateway', attemptId, status: { state: payment.state } }) ?? this.order;
  }

  #atInventory(step: StockStep): Outcome {
    const { holdId } = step;
    const hold = this.#holds.get(holdId);
    const refusal = (code: 'sold_out' | 'hold_expired' | 'hold_released' | 'event_cancelled'): Outcome => {
      return { of: 'refusal', from: step.do, holdId, failure: { code } };
    };
    switch (step.do) {
      case 'hold': {
        const expiresAtMs = this.now + (this.order.snapshot.sections[0]?.holdTtlMs ?? 0);
        if (hold !== undefined) {
          return hold.state === 'gone' ? refusal('hold_expired') : { of: 'hold', holdId, expiresAtMs };
        }
        const taken = this.holds('held') + this.holds('firm') + this.holds('confirmed');
        if (taken >= this.#places) return refusal('sold_out');
        this.#holds.set(holdId, { state: step.firm ? 'firm' : 'held', expiresAtMs });
        return { of: 'hold', holdId, expiresAtMs };
      }
      case 'firm':
        if (hold === undefined || hold.state === 'gone') return refusal('hold_expired');
        if (hold.state === 'held') hold.state = 'firm';
        return { of: 'firm', holdId };
      case 'confirm':
        if (hold === undefined || hold.state === 'gone') return refusal('hold_released');
        if (this.#isCancelled && hold.state !== 'confirmed') return refusal('event_cancelled');
        hold.state = 'confirmed';
        return {
          of: 'confirm',
          holdId,
          tickets: [{ ticketId: `tkt_${holdId}`, typeId: 'day', handle: '7KQ2MX9TBD', eventId: 'evt_test' }],
        };
      case 'release':
        if (hold?.state === 'held' || hold?.state === 'firm') hold.state = 'gone';
        return { of: 'release', holdId };
    }
  }

  #atGateway({ do: operation, attempt }: GatewayStep): Outcome {
    const { attemptId } = attempt;
    const payment = this.#payments.get(attemptId) ?? { state: 'open' as const };
    this.#payments.set(attemptId, payment);
    if (operation === 'abandon' && payment.state === 'open') payment.state = 'dead';
    if (operation === 'capture' && payment.state === 'authorised') payment.state = 'captured';
    if (operation === 'void' && payment.state === 'authorised') payment.state = 'voided';
    if (operation === 'refund' && payment.state === 'captured') payment.state = 'refunded';
    return { of: 'gateway', attemptId, status: { state: payment.state } };
  }
}

/** Steps a world needs to come to rest, with room to spare: beyond it something turns in circles. */
const restLimit = 200;

/** Lets time pass and steps be taken until nothing moves any more. */
export function comeToRest(world: World): void {
  for (let turn = 0; turn < restLimit; turn += 1) {
    if (world.step(false)) continue;
    const before = world.order;
    world.deliverAll();
    if (world.order !== before) continue;
    const { order } = world;
    const waits = order.state === 'held' || (order.state === 'firm' && currentAttempt(order) !== undefined);
    if (!waits) return;
    world.passMinutes(16);
  }
  throw new Error(`Never came to rest: ${world.order.state} ${holdIdOf(world.order)}`);
}
