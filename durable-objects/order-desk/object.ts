import { DurableObject } from 'cloudflare:workers';
import { orderQuantity, type Contact, type Order, type OrderSnapshot } from '#shared/orders/order.ts';
import { applyOutcome, nextStep, type Step, type StepOutcome } from '#shared/orders/saga.ts';
import { nextWakeMs } from '#shared/orders/wake.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { DeskEntry } from '#shared/trail/entries.ts';
import { AlarmClock } from '../common/alarm-clock.ts';
import { CommitGroup } from '../common/commit-group.ts';
import { migrate } from '../common/migrate.ts';
import { OutboxBell } from '../common/outbox-bell.ts';
import { requestDigest } from '../common/request-digest.ts';
import { SegmentLog, type LogPage } from '../common/segment-log.ts';
import { deskMigrations } from './migrations.ts';
import { OrderStore } from './order-store.ts';
import type { OrderDeskPorts } from './ports.ts';

export type PlaceRequest = {
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly snapshot: OrderSnapshot;
  readonly contact: Contact;
};

/** Orders one alarm looks after: the rest wait for the next, so that a backlog never starves live calls. */
const ordersPerAlarm = 20;

/**
 * Carries orders from their placing to their end. Every change of an order is one synchronous transaction here, by
 * compare-and-set against its state; nothing is locked while another object is asked, because the answer may come
 * late, twice, or after a crash.
 */
export class OrderDeskObject<Env = unknown> extends DurableObject<Env> {
  readonly #ports: OrderDeskPorts;
  readonly #orders: OrderStore;
  readonly #log: SegmentLog<DeskEntry>;
  readonly #group: CommitGroup;
  readonly #alarms: AlarmClock;
  readonly #bell: OutboxBell;
  #hasNews = false;

  constructor(ctx: DurableObjectState, env: Env, ports: OrderDeskPorts) {
    super(ctx, env);
    migrate(ctx.storage, deskMigrations);
    this.#ports = ports;
    this.#orders = new OrderStore(ctx.storage.sql);
    this.#log = new SegmentLog(ctx.storage.sql, ports.clock);
    this.#alarms = new AlarmClock(ctx.storage);
    this.#bell = new OutboxBell(ports.doorbell, `desk:${ctx.id.name ?? ctx.id.toString()}`, ports.clock, this.#alarms);
    this.#group = new CommitGroup(ctx.storage, {
      begin: () => this.#log.begin(),
      mark: () => this.#log.mark(),
      finish: () => {
        this.#hasNews = this.#log.write();
      },
      committed: () => {
        if (this.#hasNews) ctx.waitUntil(this.#bell.ring());
      },
    });
  }

  /** Records the order under its idempotency key and takes it as far as it will go now. */
  async place(request: PlaceRequest): Promise<Result<Order>> {
    const recorded = await this.#group.run(() => this.#record(request));
    if (!recorded.ok) return recorded;
    await this.#alarms.ringBy(nextWakeMs(this.#ports.clock(), 0));
    return ok(await this.#advance(recorded.value));
  }

  /** The order as it stands. */
  show(orderId: string): Result<Order, 'order_unknown'> {
    const stored = this.#orders.find(orderId);
    return stored === undefined ? fail('order_unknown') : ok(stored.order);
  }

  /** Who to write to; undefined once erased. */
  contact(orderId: string): Contact | undefined {
    return this.#orders.contact(orderId);
  }

  /** Spends the link a mail carried. */
  spendLink(orderId: string, nonce: string): Promise<Result<undefined, 'order_unknown' | 'link_already_used'>> {
    return this.#group.run(() => {
      if (!this.#orders.has(orderId)) return fail('order_unknown');
      return this.#orders.spendLink(orderId, nonce, this.#ports.clock()) ? ok() : fail('link_already_used');
    });
  }

  /** Log entries after a reader's cursor, oldest first; the cursor is also its acknowledgement of all before. */
  readLog(afterSeq: number): LogPage<DeskEntry> {
    this.#bell.pulledAfter(afterSeq);
    return this.#log.readAfter(afterSeq);
  }

  override async alarm(): Promise<void> {
    this.#alarms.rang();
    const due = this.#orders.due(this.#ports.clock(), ordersPerAlarm);
    for (const orderId of due) await this.#lookAfter(orderId);
    await this.#bell.remind(this.#log.headSeq());
    const next = this.#orders.nextWakeMs();
    if (next !== undefined) await this.#alarms.ringBy(next);
  }

  #record(request: PlaceRequest): Result<Order, 'idempotency_key_reused'> {
    const { orderId, idempotencyKey, snapshot, contact } = request;
    const digest = requestDigest([snapshot.event.eventId, snapshot.lines, snapshot.totalMinor, contact]);
    const known = this.#orders.findByKey(idempotencyKey);
    if (known !== undefined) {
      return known.requestDigest === digest ? ok(known.order) : fail('idempotency_key_reused');
    }
    const now = this.#ports.clock();
    const order: Order = { orderId, state: 'placed', placedAtMs: now, snapshot, tickets: [] };
    this.#orders.insert(order, { idempotencyKey, requestDigest: digest }, contact, nextWakeMs(now, 0));
    this.#logMove(order);
    return ok(order);
  }

  /** Steps until the order ends, or a step could not be taken; then the alarm takes it later. */
  async #advance(from: Order): Promise<Order> {
    let order = from;
    for (let step = nextStep(order); step !== undefined; step = nextStep(order)) {
      const outcome = await this.#take(order, step);
      if (outcome === undefined) return order;
      order = await this.#group.run(() => this.#apply(order.orderId, outcome));
    }
    return order;
  }

  /** Undefined when the other object did not answer: nothing is known, so nothing is decided. */
  async #take(order: Order, step: Step): Promise<StepOutcome | undefined> {
    const { orderId, snapshot } = order;
    const { eventId } = snapshot.event;
    try {
      if (step.do === 'confirm') {
        const answer = await this.#ports.inventories.confirm(eventId, orderId);
        return answer.ok
          ? { of: 'confirm', ok: true, tickets: answer.value.tickets }
          : { of: 'confirm', ok: false, failure: answer.failure };
      }
      const lines = snapshot.lines.map(({ typeId, quantity }) => ({ typeId, quantity }));
      const { customerId } = snapshot;
      const hold = { holdId: orderId, orderId, customerId, lines, firm: true, ttlMs: 0 };
      const answer = await this.#ports.inventories.hold(eventId, hold);
      return answer.ok ? { of: 'hold', ok: true } : { of: 'hold', ok: false, failure: answer.failure };
    } catch (error) {
      console.error(`order step ${step.do} did not answer`, error);
      return undefined;
    }
  }

  /** Compare-and-set: an outcome that no longer fits the stored state (a repeat, a late answer) changes nothing. */
  #apply(orderId: string, outcome: StepOutcome): Order {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) throw new Error('An order vanished from its desk');
    const next = applyOutcome(stored.order, outcome);
    if (next === undefined) return stored.order;
    const isUnfinished = nextStep(next) !== undefined;
    this.#orders.update(next, isUnfinished ? nextWakeMs(this.#ports.clock(), stored.wakeCount) : undefined);
    this.#logMove(next);
    return next;
  }

  async #lookAfter(orderId: string): Promise<void> {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) return;
    // Postponed first: if the attempt takes the object down, the next one waits longer.
    const later = nextWakeMs(this.#ports.clock(), stored.wakeCount + 1);
    await this.#group.run(() => this.#orders.postpone(orderId, later));
    await this.#advance(stored.order);
  }

  #logMove({ orderId, state, snapshot, tickets, failure }: Order): void {
    this.#log.append({
      kind: 'order.moved',
      orderId,
      state,
      eventId: snapshot.event.eventId,
      customerId: snapshot.customerId,
      currency: snapshot.currency,
      totalMinor: snapshot.totalMinor,
      quantity: orderQuantity(snapshot),
      ticketIds: tickets.map(({ ticketId }) => ticketId),
      ...(failure === undefined ? {} : { failureCode: failure.code }),
    });
  }
}
