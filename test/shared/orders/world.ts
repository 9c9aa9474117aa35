import {
  isTenderOf,
  learn,
  newAttempt,
  type BalanceState,
  type GatewayStatus,
  type Tender,
} from '#shared/orders/attempt.ts';
import { isEventOf, type Order } from '#shared/orders/order.ts';
import type { DisputeStatus } from '#shared/orders/dispute.ts';
import { stillDueMinor } from '#shared/orders/refund.ts';
import { linesLeft } from '#shared/orders/refund-lines.ts';
import { beginRefund } from '#shared/orders/refund-moves.ts';
import { applyOutcome, beginPayment, isOverdue, nextSteps, waitsUntilMs } from '#shared/orders/saga.ts';
import {
  isMoneyStep,
  isReturnStep,
  isTicketStep,
  type BalanceStep,
  type GatewayStep,
  type MoneyStep,
  type Outcome,
  type PayBackStep,
  type Step,
  type StockOutcome,
  type StockStep,
  type TicketOutcome,
  type TicketStep,
} from '#shared/orders/steps.ts';
import { answerOf, ticketsOf, type Hold, type Inventory } from './world-inventory.ts';
import { entriesOf } from '#shared/orders/trace.ts';
import { minuteMs } from '#shared/time.ts';
import type { DeskEntry } from '#shared/trail/entries.ts';

type Payment = {
  state: GatewayStatus['state'];
  amountMinor: number;
  /** What went back, whoever asked. */
  backMinor: number;
  /** One after the other; what a bank takes, it takes once more if it went back before. */
  disputes: DisputeStatus[];
  refunds: Set<string>;
};
/** What the gateway charges for a dispute, and gives back where it was won. */
export const disputeFeeMinor = 1_500;

type Aside = { state: BalanceState; tender: Tender };

/**
 * Inventories with few places, a gateway and a ledger, as plainly as they can be told, around one order and some strangers.
 * A step's effect and its answer are separate, so that an answer can get lost between them, as in a crash; and every step
 * ever asked for may arrive once more, whatever happened since.
 */
export class World {
  now: number;
  order: Order;
  readonly entries: DeskEntry[];
  readonly inventories: ReadonlyMap<string, Inventory>;
  readonly payments = new Map<string, Payment>();
  readonly asides = new Map<string, Aside>();
  /** With what their asker knew of the order. */
  readonly asked: { readonly step: Step; readonly order: Order }[] = [];
  /** Tickets as their inventories have them. */
  readonly revoked = new Set<string>();
  readonly suspended = new Set<string>();
  readonly used = new Set<string>();
  walletMinor: number;
  /** By ticket, which disputes it was suspended for, and whether each is over. */
  readonly #disputesOf = new Map<string, Map<string, boolean>>();

  constructor(order: Order, places: number, walletMinor = 0) {
    this.order = order;
    this.entries = entriesOf(undefined, order);
    this.now = order.placedAtMs;
    this.walletMinor = walletMinor;
    this.inventories = new Map(
      order.stock.map(({ inventoryId }) => [inventoryId, { places, isCancelled: false, holds: new Map() }]),
    );
  }

  /** Takes one of the order's next steps. With `loses`, the effect happens and nobody hears of it. */
  step(which: number, loses: boolean): boolean {
    if (isOverdue(this.order, this.now)) {
      this.#apply({ of: 'time', now: this.now });
      return true;
    }
    const steps = nextSteps(this.order, this.now);
    const step = steps[which % Math.max(steps.length, 1)];
    if (step === undefined) return false;
    this.asked.push({ step, order: this.order });
    return this.#take(step, this.order, loses);
  }

  /** A call that hung on its way arrives after all, or once more. */
  arriveAgain(nth: number, loses: boolean): void {
    const late = this.asked[nth % Math.max(this.asked.length, 1)];
    if (late !== undefined) this.#take(late.step, late.order, loses);
  }

  pressPay(tender: Tender): void {
    if (!isTenderOf(tender, this.order.snapshot.totalMinor)) throw new Error('The test offers what does not add up');
    const attemptId = `${this.order.orderId}/${this.order.attempts.length + 1}`;
    const begun = beginPayment(this.order, newAttempt({ attemptId, tender }, this.now));
    if (typeof begun !== 'string') this.#store(begun);
  }

  /** The bank says yes to any payment that is still open, the newest or an older one. */
  approve(nth: number): void {
    const open = [...this.payments.values()].filter(({ state }) => state === 'open');
    const payment = open[nth % Math.max(open.length, 1)];
    if (payment !== undefined) payment.state = 'authorised';
  }

  /** Money that arrives on a payment the gateway had called dead: transfers and slow banks do that. */
  arriveLate(nth: number): void {
    const dead = [...this.payments.values()].filter(({ state }) => state === 'dead');
    const payment = dead[nth % Math.max(dead.length, 1)];
    if (payment !== undefined) payment.state = 'authorised';
  }

  /** From now on this event confirms nothing. */
  cancelEvent(nth: number): void {
    const events = [...this.inventories].filter(([id]) => isEventOf(this.order.snapshot, id));
    const event = events[nth % Math.max(events.length, 1)];
    if (event !== undefined) event[1].isCancelled = true;
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
    const truth = attempt && this.payments.get(attempt.attemptId);
    if (attempt === undefined || truth === undefined) return;
    // Only what was once true can be told late.
    const isPast = learn({ ...attempt, state }, { state: truth.state }) !== undefined && state !== truth.state;
    if (isPast) this.#apply({ of: 'money', attemptId: attempt.attemptId, status: { state } });
  }

  /** Somebody asks for one of what is left, or for all of a line; `again` under an id asked under before. */
  askRefund(nth: number, ask: { isBuyer: boolean; to: 'source' | 'wallet'; isWhole: boolean; isAgain: boolean }): void {
    const left = linesLeft(this.order);
    const line = left[nth % Math.max(left.length, 1)];
    if (line === undefined) return;
    const isTicket = line.line.kind === 'ticket';
    const quantity = ask.isWhole ? line.quantity : 1;
    const ticketIds = isTicket ? line.tickets.slice(0, quantity).map(({ ticketId }) => ticketId) : [];
    const feePercent = ask.isBuyer ? 15 : 0;
    const wanted = { lineId: line.line.lineId, ticketIds, quantity, feePercent };
    const number = this.order.refunds.length - (ask.isAgain ? 1 : 0);
    const about = { to: ask.to, cause: ask.isBuyer ? 'buyer' : 'organiser', byId: 'per_1' } as const;
    const refundId = `${this.order.orderId}/ask${number}`;
    const next = beginRefund(this.order, { refundId, lines: [wanted], isUnusedOnly: ask.isBuyer, ...about });
    if (typeof next !== 'string') this.#store(next);
  }

  useTicket(nth: number): void {
    const ticket = this.order.tickets[nth % Math.max(this.order.tickets.length, 1)];
    if (ticket !== undefined && !this.revoked.has(ticket.ticketId)) this.used.add(ticket.ticketId);
  }

  /** In the gateway's own dashboard, without asking us: all that is left, or some amount. None of what a bank asks about. */
  refundInDashboard(amountMinor: number | undefined): void {
    const payment = this.payments.get(this.order.attempts.at(-1)?.attemptId ?? '');
    if (payment?.state !== 'captured' || payment.disputes.some(({ state }) => state !== 'won')) return;
    const mostMinor = payment.amountMinor - payment.backMinor;
    payment.backMinor += Math.min(amountMinor ?? mostMinor, mostMinor);
  }

  /** Of the whole charge or a part, whatever became of it since: a bank may take what went back already. */
  dispute(state: 'open' | 'won' | 'lost', amountMinor: number | undefined): void {
    const payment = this.#paid();
    if (payment === undefined) return;
    const { disputes } = payment;
    const open = disputes.findIndex((dispute) => dispute.state === 'open');
    if (state === 'open') {
      if (disputes.some((dispute) => dispute.state !== 'won') || disputes.length >= 3) return;
      const disputeId = `dp_${disputes.length + 1}`;
      const disputedMinor = Math.min(amountMinor ?? payment.amountMinor, payment.amountMinor);
      const fees = { feeMinor: disputeFeeMinor, feeBackMinor: 0 };
      disputes.push({ disputeId, amountMinor: disputedMinor, ...fees, state, reason: 'fraudulent' });
    } else if (open >= 0) {
      const feeBackMinor = state === 'won' ? disputeFeeMinor : 0;
      disputes[open] = { ...disputes[open]!, state, feeBackMinor };
    }
  }

  #paid(): Payment | undefined {
    const { attempts, state } = this.order;
    const payment = this.payments.get(attempts.at(-1)?.attemptId ?? '');
    return state === 'completed' && payment?.state === 'captured' ? payment : undefined;
  }

  passMinutes(minutes: number): void {
    this.now += minutes * minuteMs;
    for (const { holds } of this.inventories.values()) {
      for (const hold of holds.values()) {
        if (hold.state === 'held' && hold.expiresAtMs <= this.now) hold.state = 'expired';
      }
    }
  }

  /** Others buy the last places of an inventory, or give some back. */
  othersTake(nth: number, count: number): void {
    const inventory = [...this.inventories.values()][nth % Math.max(this.inventories.size, 1)];
    if (inventory !== undefined) inventory.places = Math.max(0, inventory.places - count);
  }

  holds(state: Hold['state'], inventoryId?: string): number {
    return [...this.inventories]
      .filter(([id]) => inventoryId === undefined || id === inventoryId)
      .flatMap(([, { holds }]) => [...holds.values()])
      .filter((hold) => hold.state === state).length;
  }

  #take(step: Step, known: Order, loses: boolean): boolean {
    const outcome = isReturnStep(step)
      ? ({ ...step, of: 'take_back' } as const)
      : isTicketStep(step)
        ? this.#atTickets(step)
        : isMoneyStep(step)
          ? this.#atMoney(step, known)
          : this.#atInventory(step);
    if (!loses && outcome !== undefined) this.#apply(outcome);
    return outcome !== undefined;
  }

  #apply(outcome: Outcome): void {
    const next = applyOutcome(this.order, outcome);
    if (next !== undefined) this.#store(next);
  }

  /** As the desk does it: what the log says is made of the two states, and stored with the second. */
  #store(next: Order): void {
    this.entries.push(...entriesOf(this.order, next));
    this.order = next;
  }

  #tell(attemptId: string): void {
    const payment = this.payments.get(attemptId);
    if (payment === undefined) return;
    const { backMinor: refundedMinor, disputes } = payment;
    const isWhole = payment.state === 'captured' && refundedMinor === payment.amountMinor;
    const state = isWhole ? 'refunded' : payment.state;
    this.#apply({ of: 'money', attemptId, status: { state, refundedMinor, disputes: [...disputes] } });
  }

  #atInventory(step: StockStep): StockOutcome {
    const { inventoryId, holdId } = step;
    const inventory = this.inventories.get(inventoryId);
    if (inventory === undefined) throw new Error(`No inventory ${inventoryId}`);
    return answerOf(inventory, step, { now: this.now, tickets: ticketsOf(this.order, inventoryId, holdId) });
  }

  #atMoney(step: MoneyStep, known: Order): Outcome | undefined {
    const { attemptId } = step.attempt;
    switch (step.do) {
      case 'reserve':
      case 'post':
      case 'unreserve':
      case 'give_back':
        return { of: 'money', attemptId, status: { balance: this.#atLedger(step) } };
      case 'pay_back':
        return this.#payBack(step, known);
      default:
        return { of: 'money', attemptId, status: { state: this.#atGateway(step) } };
    }
  }

  #atGateway({ do: operation, attempt }: GatewayStep): GatewayStatus['state'] {
    const { attemptId, tender } = attempt;
    const isFirm = [...this.inventories.keys()].every(
      (id) => this.holds('firm', id) + this.holds('confirmed', id) === 1,
    );
    if (operation === 'capture' && this.order.state === 'authorised' && !isFirm) {
      throw new Error('Money is taken before everything is firm');
    }
    const opened: Payment = {
      state: 'open',
      amountMinor: tender.cardMinor,
      backMinor: 0,
      disputes: [],
      refunds: new Set(),
    };
    const payment = this.payments.get(attemptId) ?? opened;
    this.payments.set(attemptId, payment);
    if (operation === 'abandon' && payment.state === 'open') payment.state = 'dead';
    if (operation === 'capture' && payment.state === 'authorised') payment.state = 'captured';
    if (operation === 'void' && payment.state === 'authorised') payment.state = 'voided';
    if (operation === 'refund' && payment.state === 'captured') payment.state = 'refunded';
    return payment.state;
  }

  #payBack({ attempt, refundId, amountMinor }: PayBackStep, { refunds, disputes }: Order) {
    const payment = this.payments.get(attempt.attemptId);
    if (payment?.state !== 'captured') {
      throw new Error('A part of what was never taken goes back');
    }
    // The refund's id is the idempotency key. What went back beyond what is known here is part of this one.
    const { attemptId } = attempt;
    const answer = (isPaid: boolean): Outcome => ({ of: 'money', attemptId, status: { refundId, isPaid } });
    if (payment.refunds.has(refundId)) return answer(true);
    const dueMinor = stillDueMinor(refunds, amountMinor, payment.backMinor);
    if (dueMinor === 0) return answer(true);
    // A disputed charge gives nothing back until its bank has decided, nor ever where it has decided for its holder.
    if (payment.disputes.some(({ state }) => state === 'open')) return undefined;
    if (payment.disputes.some(({ state }) => state === 'lost')) {
      return disputes?.some(({ state }) => state === 'lost') ? answer(false) : undefined;
    }
    // Somebody was faster: that is looked up before it is asked for again.
    if (payment.backMinor + dueMinor > payment.amountMinor) return undefined;
    payment.backMinor += dueMinor;
    payment.refunds.add(refundId);
    return answer(true);
  }

  #atTickets(step: TicketStep): TicketOutcome {
    const { inventoryId, ticketIds } = step;
    if (step.do === 'revoke') {
      const { refundId, isUnusedOnly } = step;
      const isRepeat = ticketIds.every((id) => this.revoked.has(id));
      const isRefused = isUnusedOnly && !isRepeat && ticketIds.some((id) => this.revoked.has(id) || this.#isUsed(id));
      if (isRefused) return { of: 'revoke', inventoryId, refundId, failure: { code: 'ticket_used' } };
      for (const ticketId of ticketIds) {
        this.revoked.add(ticketId);
        this.suspended.delete(ticketId);
      }
      return { of: 'revoke', inventoryId, refundId };
    }
    const { do: of, disputeId } = step;
    for (const ticketId of ticketIds.filter((id) => !this.revoked.has(id))) {
      const known = this.#disputesOf.get(ticketId) ?? new Map<string, boolean>();
      known.set(disputeId, known.get(disputeId) === true || of === 'reinstate');
      this.#disputesOf.set(ticketId, known);
      const isOpen = [...known.values()].includes(false);
      this.suspended[isOpen ? 'add' : 'delete'](ticketId);
    }
    return { of, inventoryId, disputeId };
  }

  #isUsed(ticketId: string): boolean {
    return this.used.has(ticketId) || this.suspended.has(ticketId);
  }

  #atLedger({ do: operation, attempt }: BalanceStep): BalanceState {
    const { attemptId, tender } = attempt;
    const aside = this.asides.get(attemptId) ?? { state: 'new', tender };
    this.asides.set(attemptId, aside);
    const { state } = aside;
    const wantedMinor = tender.walletMinor + tender.pointsMinor;
    if (operation === 'reserve' && state === 'new') {
      aside.state = this.walletMinor < wantedMinor ? 'refused' : 'reserved';
      if (aside.state === 'reserved') this.walletMinor -= wantedMinor;
    }
    if (operation === 'post' && state === 'reserved') aside.state = 'posted';
    if (operation === 'unreserve' && (state === 'new' || state === 'reserved')) aside.state = 'void';
    if (operation === 'unreserve' && state === 'reserved') this.walletMinor += wantedMinor;
    if (operation === 'give_back' && state === 'posted') {
      aside.state = 'returned';
      this.walletMinor += wantedMinor;
    }
    return aside.state;
  }
}

/** Steps a world needs to come to rest, with room to spare: beyond it something turns in circles. */
const restLimit = 300;

/** Lets time pass and steps be taken until nothing moves any more. */
export function comeToRest(world: World): void {
  for (let turn = 0; turn < restLimit; turn += 1) {
    if (world.step(turn, false)) continue;
    const before = world.order;
    world.deliverAll();
    if (world.order !== before) continue;
    if (waitsUntilMs(world.order) === undefined) return;
    world.passMinutes(16);
  }
  throw new Error(`Never came to rest: ${JSON.stringify(world.order)}`);
}
