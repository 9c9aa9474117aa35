import { DurableObject } from 'cloudflare:workers';
import { byCard, paymentPatienceMs, type Attempt, type GatewayStatus, type Tender } from '#shared/orders/attempt.ts';
import { isSettled, type Contact, type Order, type OrderSnapshot } from '#shared/orders/order.ts';
import { orderMoved } from '#shared/orders/trace.ts';
import {
  applyOutcome,
  beginPayment,
  isGatewayStep,
  nextStep,
  waitsUntilMs,
  type GatewayStep,
  type Outcome,
} from '#shared/orders/saga.ts';
import { nextWakeMs } from '#shared/orders/wake.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { DeskEntry } from '#shared/trail/entries.ts';
import { AlarmClock } from '../common/alarm-clock.ts';
import { CommitGroup } from '../common/commit-group.ts';
import { migrate } from '../common/migrate.ts';
import { OutboxBell } from '../common/outbox-bell.ts';
import { requestDigest } from '../common/request-digest.ts';
import { SegmentLog, type LogPage } from '../common/segment-log.ts';
import { deskMigrations } from './migrations.ts';
import { OrderStore, type StoredOrder } from './order-store.ts';
import type { OrderDeskPorts } from './ports.ts';
import { takeStockStep } from './stock-steps.ts';

export type PlaceRequest = {
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly snapshot: OrderSnapshot;
  readonly contact: Contact;
};

/** The order as it stands, and what its buyer's Worker is to ask the gateway for next, if anything. */
export type Progress = { readonly order: Order; readonly task: GatewayStep | undefined };

/** Orders one alarm looks after: the rest wait for the next, so that a backlog never starves live calls. */
const ordersPerAlarm = 20;
/** Gateway calls one order may take in one recovery; each state of the saga needs one. */
const recoverySteps = 6;

/**
 * Carries orders from their placing to their end. Every change of an order is one synchronous transaction here, by
 * compare-and-set against its state; nothing is locked while anybody else is asked, because the answer may come late,
 * twice, or after a crash. Money is asked for by the buyer's Worker; the desk itself calls the gateway in recovery only.
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
    this.#alarms = new AlarmClock(ctx, () => this.#setNextAlarm());
    this.#bell = new OutboxBell(ports.doorbell, `desk:${ctx.id.name ?? ctx.id.toString()}`, ports.clock, this.#alarms);
    this.#group = new CommitGroup(ctx.storage, {
      begin: () => this.#log.begin(),
      mark: () => this.#log.mark(),
      finish: () => {
        this.#hasNews = this.#log.write().length > 0;
      },
      committed: () => {
        this.#setNextAlarm();
        if (this.#hasNews) ctx.waitUntil(this.#bell.ring());
      },
    });
  }

  /** Records the order under its idempotency key and takes it as far as it goes without money. */
  async place(request: PlaceRequest): Promise<Result<Progress>> {
    const recorded = await this.#group.run(() => this.#record(request));
    return recorded.ok ? ok(await this.#advance(recorded.value)) : recorded;
  }

  /** The buyer wants to pay, by card unless told otherwise. One attempt at a time: a second click gets the one under way. */
  async pay(orderId: string, tender?: Tender): Promise<Result<Progress>> {
    const begun = await this.#group.run(() => this.#begin(orderId, tender));
    return begun.ok ? ok(await this.#advance(begun.value)) : begun;
  }

  /** What the gateway said of an attempt, whoever asked it. */
  async report(orderId: string, attemptId: string, status: GatewayStatus): Promise<Result<Progress, 'order_unknown'>> {
    if (!this.#orders.has(orderId)) return fail('order_unknown');
    const { order } = await this.#group.run(() => this.#apply(orderId, { of: 'gateway', attemptId, status }));
    return ok(await this.#advance(order));
  }

  /** Whether a webhook was acted on before. */
  hasHeard(eventId: string): boolean {
    return this.#orders.hasHeard(eventId);
  }

  /** Notes a webhook that was acted on. */
  async hear(event: { eventId: string; orderId: string; kind: string }): Promise<void> {
    await this.#group.run(() => this.#orders.hearEvent(event, this.#ports.clock()));
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

  /** The same for several; orders without a name are left out. */
  contacts(orderIds: readonly string[]): { orderId: string; contact: Contact }[] {
    return orderIds.flatMap((orderId) => {
      const contact = this.#orders.contact(orderId);
      return contact === undefined ? [] : [{ orderId, contact }];
    });
  }

  /**
   * Erases the names of these orders, or none of them: while money is under way its buyer must stay within reach. The
   * orders themselves stay, under their pseudonym. Unknown orders are passed over, so that a repeat changes nothing.
   */
  forget(orderIds: readonly string[]): Promise<Result<undefined, 'order_unsettled'>> {
    return this.#group.run(() => {
      const known = orderIds.flatMap((orderId) => this.#orders.find(orderId)?.order ?? []);
      if (known.some(({ state }) => !isSettled(state))) return fail('order_unsettled');
      for (const { orderId } of known) this.#orders.forget(orderId);
      return ok();
    });
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
    this.#setNextAlarm();
  }

  #record(request: PlaceRequest): Result<Order, 'idempotency_key_reused'> {
    const { orderId, idempotencyKey, snapshot, contact } = request;
    const digest = digestOf(snapshot, contact);
    const known = this.#orders.findByKey(idempotencyKey);
    if (known !== undefined) {
      return this.#isSame(known, digest) ? ok(known.order) : fail('idempotency_key_reused');
    }
    const now = this.#ports.clock();
    const order: Order = { orderId, state: 'placed', placedAtMs: now, snapshot, holdNo: 1, attempts: [], tickets: [] };
    this.#orders.insert(order, { idempotencyKey, requestDigest: digest }, contact, nextWakeMs(now, 0));
    this.#log.append(orderMoved(order, undefined));
    return ok(order);
  }

  /** Orders placed before they could have sections bear a digest of another form: theirs is made anew from what is stored. */
  #isSame({ order, requestDigest: stored }: StoredOrder, digest: string): boolean {
    if (stored === digest) return true;
    const contact = this.#orders.contact(order.orderId);
    return contact !== undefined && digestOf(order.snapshot, contact) === digest;
  }

  #begin(orderId: string, tender: Tender | undefined): Result<Order> {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) return fail('order_unknown');
    const { order } = stored;
    const now = this.#ports.clock();
    const attemptId = `${orderId}/${order.attempts.length + 1}`;
    const deadlineMs = now + paymentPatienceMs;
    const whole = tender ?? byCard(order.snapshot.totalMinor);
    const attempt: Attempt = { attemptId, method: 'card', tender: whole, state: 'new', createdAtMs: now, deadlineMs };
    const begun = beginPayment(order, attempt);
    if (begun === 'under_way') return ok(order);
    if (typeof begun === 'string') return fail(begun);
    this.#store(order, begun, stored.wakeCount);
    return ok(begun);
  }

  /** Takes stock steps until the order ends, waits, or needs the gateway. A step that got no answer waits for the alarm. */
  async #advance(from: Order): Promise<Progress> {
    let order = from;
    for (;;) {
      const step = nextStep(order, this.#ports.clock());
      if (step === undefined) return { order, task: undefined };
      if (isGatewayStep(step)) return { order, task: step };
      let outcome: Outcome;
      try {
        const buyerName = this.#orders.contact(order.orderId)?.name;
        outcome = await takeStockStep(this.#ports.inventories, order, step, buyerName);
      } catch (error) {
        console.error(`order step ${step.do} got no answer`, error);
        return { order, task: undefined };
      }
      const { orderId } = order;
      ({ order } = await this.#group.run(() => this.#apply(orderId, outcome)));
    }
  }

  /** Compare-and-set: an outcome that no longer fits the stored order (a repeat, late or old news) changes nothing. */
  #apply(orderId: string, outcome: Outcome): { order: Order; isNews: boolean } {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) throw new Error('An order vanished from its desk');
    const next = applyOutcome(stored.order, outcome);
    if (next === undefined) return { order: stored.order, isNews: false };
    this.#store(stored.order, next, stored.wakeCount);
    return { order: next, isNews: true };
  }

  #store(before: Order, order: Order, wakeCount: number): void {
    this.#orders.update(order, this.#wakeAt(order, wakeCount));
    this.#log.append(orderMoved(order, before));
  }

  #wakeAt(order: Order, wakeCount: number): EpochMs | undefined {
    const now = this.#ports.clock();
    return nextStep(order, now) === undefined ? waitsUntilMs(order) : nextWakeMs(now, wakeCount);
  }

  async #lookAfter(orderId: string): Promise<void> {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) return;
    // Postponed first: if the attempt takes the object down, the next one waits longer.
    const later = nextWakeMs(this.#ports.clock(), stored.wakeCount + 1);
    await this.#group.run(() => this.#orders.postpone(orderId, later));
    let progress = await this.#advance(stored.order);
    for (let taken = 0; progress.task !== undefined && taken < recoverySteps; taken += 1) {
      const { order, task } = progress;
      let status: GatewayStatus;
      try {
        status = await this.#ports.gateway(task, order);
      } catch (error) {
        console.error(`gateway step ${task.do} got no answer`, error);
        return;
      }
      const { attemptId } = task.attempt;
      const next = await this.#group.run(() => this.#apply(orderId, { of: 'gateway', attemptId, status }));
      if (!next.isNews) return;
      progress = await this.#advance(next.order);
    }
  }

  #setNextAlarm(): void {
    const next = this.#orders.nextWakeMs();
    if (next !== undefined) this.#alarms.ringBy(next);
  }
}

/** What makes a repeat the same request: what was asked for, at which price, by whom. */
function digestOf({ sections, totalMinor }: OrderSnapshot, contact: Contact): string {
  const wanted = sections.map(({ inventoryId, lines }) => [
    inventoryId,
    lines.map(({ itemId, quantity, unitMinor }) => [itemId, quantity, unitMinor]),
  ]);
  return requestDigest([wanted, totalMinor, contact]);
}
