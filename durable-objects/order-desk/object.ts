import { DurableObject } from 'cloudflare:workers';
import { byCard, newAttempt, type Tender } from '#shared/orders/attempt.ts';
import type { Contact, Order, OrderSnapshot } from '#shared/orders/order.ts';
import {
  applyOutcome,
  beginAtOnce,
  beginPayment,
  isOverdue,
  isSettled,
  newOrder,
  nextSteps,
  waitsUntilMs,
} from '#shared/orders/saga.ts';
import type { RefundRequest } from '#shared/orders/refund.ts';
import { beginRefund } from '#shared/orders/refund-moves.ts';
import {
  isMoneyStep,
  isReturnStep,
  isTicketStep,
  type MoneyStatus,
  type MoneyStep,
  type Outcome,
  type ReturnStep,
  type StockStep,
  type TicketStep,
} from '#shared/orders/steps.ts';
import { entriesOf } from '#shared/orders/trace.ts';
import { nextWakeMs } from '#shared/orders/wake.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { secondMs, type EpochMs } from '#shared/time.ts';
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
import { takeReturnStep, takeTicketStep } from './ticket-steps.ts';

export type PlaceRequest = {
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly snapshot: OrderSnapshot;
  readonly contact: Contact;
  /** Pays at once: stock is made firm in the round that takes it, instead of waiting by the clock first. */
  readonly tender?: Tender | undefined;
};

/** The order as it stands, and what its buyer's Worker is to ask gateway or ledger for next, if anything. */
export type Progress = { readonly order: Order; readonly task: MoneyStep | undefined };

/** Asked of inventories: no money moves by it. */
type StillStep = StockStep | TicketStep | ReturnStep;

/** Orders one alarm looks after: the rest wait for the next, so that a backlog never starves live calls. */
const ordersPerAlarm = 20;
/** Calls about money one order may take in one recovery; each state of the saga needs one. */
const recoverySteps = 8;
/** Rounds of stock steps one call may take an order through: beyond them something turns in circles. */
const roundLimit = 16;
/** How long recovery waits for one answer about money, and how long an alarm for all it has begun. */
const answerPatienceMs = 10 * secondMs;

/**
 * Carries orders from their placing to their end. Every change of an order is one synchronous transaction here, by
 * compare-and-set against its state; nothing is locked while anybody else is asked, because the answer may come late,
 * twice, or after a crash. Money is asked for by the buyer's Worker; the desk itself asks in recovery only, and waits for
 * nobody longer than it must: one gateway that is slow holds up no other order.
 */
export class OrderDeskObject<Env = unknown> extends DurableObject<Env> {
  readonly #ports: OrderDeskPorts;
  readonly #orders: OrderStore;
  readonly #log: SegmentLog<DeskEntry>;
  readonly #group: CommitGroup;
  readonly #alarms: AlarmClock;
  readonly #bell: OutboxBell;
  /** Orders recovery is at: an alarm that rings meanwhile leaves them alone. */
  readonly #inHand = new Set<string>();
  #hasNews = false;
  #earliestWakeMs = Infinity;

  constructor(ctx: DurableObjectState, env: Env, ports: OrderDeskPorts) {
    super(ctx, env);
    migrate(ctx.storage, deskMigrations);
    this.#ports = ports;
    this.#orders = new OrderStore(ctx.storage.sql);
    this.#log = new SegmentLog(ctx.storage.sql, ports.clock);
    this.#alarms = new AlarmClock(ctx, () => this.#setNextAlarm());
    this.#bell = new OutboxBell(ports.doorbell, `desk:${ctx.id.name ?? ctx.id.toString()}`, ports.clock, this.#alarms);
    this.#group = new CommitGroup(ctx.storage, {
      begin: () => {
        this.#log.begin();
        this.#earliestWakeMs = Infinity;
      },
      mark: () => this.#log.mark(),
      finish: () => {
        this.#hasNews = this.#log.write().length > 0;
      },
      committed: () => {
        if (this.#earliestWakeMs < Infinity) this.#alarms.ringBy(this.#earliestWakeMs);
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

  /** What gateway or ledger said of an attempt, whoever asked. */
  async report(orderId: string, attemptId: string, status: MoneyStatus): Promise<Result<Progress, 'order_unknown'>> {
    if (!this.#orders.has(orderId)) return fail('order_unknown');
    const { order } = await this.#group.run(() => this.#apply(orderId, [{ of: 'money', attemptId, status }]));
    return ok(await this.#advance(order));
  }

  /**
   * Money is to go back. Recorded first, then its tickets are revoked, then it is paid: the answer is the order after as many
   * of these as could be done without gateway or ledger. The same refund again is the same answer.
   */
  async refund(orderId: string, request: RefundRequest): Promise<Result<Progress>> {
    const begun = await this.#group.run((): Result<Order> => {
      const stored = this.#orders.find(orderId);
      if (stored === undefined) return fail('order_unknown');
      const next = beginRefund(stored.order, request);
      if (next === 'same') return ok(stored.order);
      if (typeof next === 'string') return fail(next);
      this.#store(stored.order, next, stored.wakeCount);
      return ok(next);
    });
    return begun.ok ? ok(await this.#advance(begun.value)) : begun;
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

  /** The order this idempotency key was used for. */
  placedUnder(idempotencyKey: string): Order | undefined {
    return this.#orders.findByKey(idempotencyKey)?.order;
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
      if (!known.every(isSettled)) return fail('order_unsettled');
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
    const now = this.#ports.clock();
    const due = this.#orders.due(now, ordersPerAlarm);
    // Postponed first: if an attempt takes the object down, the next one waits longer.
    if (due.length > 0) {
      await this.#group.run(() => {
        for (const { orderId, wakeCount } of due) this.#orders.postpone(orderId, nextWakeMs(now, wakeCount + 1));
      });
    }
    const idle = due.filter(({ orderId }) => !this.#inHand.has(orderId));
    const work = Promise.all(idle.map(({ orderId }) => this.#lookAfter(orderId)));
    await this.#ports.within(answerPatienceMs, work).catch(() => undefined);
    await this.#bell.remind(this.#log.headSeq());
    this.#setNextAlarm();
  }

  #record({ orderId, idempotencyKey, snapshot, contact, tender }: PlaceRequest): Result<Order> {
    const digest = digestOf(snapshot, contact);
    const now = this.#ports.clock();
    const placed = newOrder(orderId, snapshot, now);
    const order = tender === undefined ? placed : beginAtOnce(placed, nextAttempt(placed, tender, now));
    if (typeof order === 'string') return fail(order);
    const key = { idempotencyKey, requestDigest: digest };
    if (this.#orders.insert(order, key, contact, this.#wakeAt(order, 0))) {
      this.#append(undefined, order);
      return ok(order);
    }
    const known = this.#orders.findByKey(idempotencyKey);
    if (known === undefined) throw new Error('Two orders were given the same id');
    return this.#isSame(known, digest) ? ok(known.order) : fail('idempotency_key_reused');
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
    const begun = beginPayment(order, nextAttempt(order, tender, this.#ports.clock()));
    if (begun === 'under_way') return ok(order);
    if (typeof begun === 'string') return fail(begun);
    this.#store(order, begun, stored.wakeCount);
    return ok(begun);
  }

  /**
   * Takes stock steps, at all inventories at once, until the order ends, waits, or needs gateway or ledger. A step that got no
   * answer waits for the alarm.
   */
  async #advance(from: Order): Promise<Progress> {
    let order = from;
    for (let round = 0; round < roundLimit; round += 1) {
      const now = this.#ports.clock();
      const steps = nextSteps(order, now);
      const [first] = steps;
      if (first !== undefined && isMoneyStep(first)) return { order, task: first };
      const outcomes: readonly Outcome[] = isOverdue(order, now)
        ? [{ of: 'time', now }]
        : await this.#takeSteps(order, steps as readonly StillStep[]);
      if (outcomes.length === 0) break;
      const { orderId } = order;
      ({ order } = await this.#group.run(() => this.#apply(orderId, outcomes)));
    }
    return { order, task: undefined };
  }

  async #takeSteps(order: Order, steps: readonly StillStep[]): Promise<Outcome[]> {
    // A gate that compares names meets whoever was given the ticket.
    const buyerName = () => {
      const contact = this.#orders.contact(order.orderId);
      return contact?.gift?.name ?? contact?.name;
    };
    const answers = await Promise.all(
      steps.map((step) =>
        this.#takeStep(order, step, buyerName).catch((error: unknown) => {
          console.error(`order step ${step.do} got no answer`, error);
        }),
      ),
    );
    return answers.filter((answer) => answer !== undefined);
  }

  #takeStep(order: Order, step: StillStep, buyerName: () => string | undefined): Promise<Outcome> {
    if (isReturnStep(step)) return takeReturnStep(this.#ports.takeBack, step);
    if (isTicketStep(step)) return takeTicketStep(this.#ports.tickets, step);
    return takeStockStep(this.#ports, order, step, buyerName);
  }

  /** Compare-and-set: an outcome that no longer fits the stored order (a repeat, late or old news) changes nothing. */
  #apply(orderId: string, outcomes: readonly Outcome[]): { order: Order; isNews: boolean } {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) throw new Error('An order vanished from its desk');
    let order = stored.order;
    for (const outcome of outcomes) order = applyOutcome(order, outcome) ?? order;
    const isNews = order !== stored.order;
    if (isNews) this.#store(stored.order, order, stored.wakeCount);
    return { order, isNews };
  }

  #store(before: Order, order: Order, wakeCount: number): void {
    this.#orders.update(order, this.#wakeAt(order, wakeCount));
    this.#append(before, order);
  }

  #append(before: Order | undefined, after: Order): void {
    for (const entry of entriesOf(before, after)) this.#log.append(entry);
  }

  #wakeAt(order: Order, wakeCount: number): EpochMs | undefined {
    const now = this.#ports.clock();
    const wakeAtMs = nextSteps(order, now).length === 0 ? waitsUntilMs(order) : nextWakeMs(now, wakeCount);
    this.#earliestWakeMs = Math.min(this.#earliestWakeMs, wakeAtMs ?? Infinity);
    return wakeAtMs;
  }

  async #lookAfter(orderId: string): Promise<void> {
    this.#inHand.add(orderId);
    try {
      await this.#recover(orderId);
    } catch (error) {
      console.error('an order could not be looked after', error);
    } finally {
      this.#inHand.delete(orderId);
    }
  }

  async #recover(orderId: string): Promise<void> {
    const stored = this.#orders.find(orderId);
    if (stored === undefined) return;
    let progress = await this.#advance(stored.order);
    for (let taken = 0; progress.task !== undefined && taken < recoverySteps; taken += 1) {
      const { order, task } = progress;
      let status: MoneyStatus;
      try {
        status = await this.#ports.within(answerPatienceMs, this.#ports.money(task, order));
      } catch (error) {
        console.error(`money step ${task.do} got no answer`, error);
        return;
      }
      const { attemptId } = task.attempt;
      const next = await this.#group.run(() => this.#apply(orderId, [{ of: 'money', attemptId, status }]));
      if (!next.isNews) return;
      progress = await this.#advance(next.order);
    }
  }

  #setNextAlarm(): void {
    const next = this.#orders.nextWakeMs();
    if (next !== undefined) this.#alarms.ringBy(next);
  }
}

function nextAttempt({ orderId, attempts, snapshot }: Order, tender: Tender | undefined, now: EpochMs) {
  const attemptId = `${orderId}/${attempts.length + 1}`;
  return newAttempt({ attemptId, tender: tender ?? byCard(snapshot.totalMinor) }, now);
}

/** What makes a repeat the same request: what was asked for, at which price, by whom. */
function digestOf({ sections, totalMinor }: OrderSnapshot, contact: Contact): string {
  const wanted = sections.map(({ inventoryId, lines }) => [
    inventoryId,
    lines.map(({ itemId, quantity, unitMinor }) => [itemId, quantity, unitMinor]),
  ]);
  return requestDigest([wanted, totalMinor, contact]);
}
