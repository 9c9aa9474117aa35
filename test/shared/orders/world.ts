import {
  isTenderOf,
  learn,
  newAttempt,
  type BalanceState,
  type GatewayStatus,
  type Tender,
} from '#shared/orders/attempt.ts';
import { isEventOf, type Order } from '#shared/orders/order.ts';
import { paidToCard, stillDueMinor } from '#shared/orders/refund.ts';
import { backOf } from '#shared/orders/refund-legs.ts';
import { linesLeft } from '#shared/orders/refund-lines.ts';
import { beginRefund } from '#shared/orders/refund-moves.ts';
import { applyOutcome, beginPayment, isOverdue, nextSteps, waitsUntilMs } from '#shared/orders/saga.ts';
import {
  isMoneyStep,
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
  /** What went back, whoever asked, and what a bank took back in a dispute. */
  backMinor: number;
  takenBackMinor: number;
  disputedMinor: number;
  dispute: 'none' | 'open' | 'won' | 'lost';
  refunds: Set<string>;
};
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
  readonly asked: Step[] = [];
  /** Tickets as their inventories have them. */
  readonly revoked = new Set<string>();
  readonly suspended = new Set<string>();
  readonly used = new Set<string>();
  walletMinor: number;

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
    this.asked.push(step);
    return this.#take(step, loses);
  }

  /** A call that hung on its way arrives after all, or once more. */
  arriveAgain(nth: number, loses: boolean): void {
    const step = this.asked[nth % Math.max(this.asked.length, 1)];
    if (step !== undefined) this.#take(step, loses);
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
    // As the operation does: what the gateway has given back by itself is known before anything is decided here.
    this.deliverAll();
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

  /** In the gateway's own dashboard, without asking us: all that is left, or some amount. */
  refundInDashboard(amountMinor: number | undefined): void {
    const payment = this.#paid();
    if (payment?.dispute !== 'none' || this.#isDeciding()) return;
    const unheardMinor = payment.backMinor - paidToCard(this.order.refunds, ['new', 'done']);
    const mostMinor = Math.min(this.#atBank(payment), this.#leftMinor() - Math.max(0, unheardMinor));
    payment.backMinor += Math.min(amountMinor ?? mostMinor, mostMinor);
  }

  /** Of a payment that is all for things that are left: what a wallet has got of it already, no bank gives back. */
  dispute(state: 'open' | 'won' | 'lost'): void {
    const payment = this.#paid();
    if (payment === undefined || this.#isDeciding()) return;
    if (state === 'open') {
      const disputedMinor = this.#atBank(payment);
      const isOfWallet = this.order.refunds.some(({ legs }) => legs.some(({ from }) => from !== undefined));
      const isMore =
        disputedMinor > this.#leftMinor() || payment.backMinor > paidToCard(this.order.refunds) || disputedMinor === 0;
      if (payment.dispute !== 'none' || isOfWallet || isMore) return;
      Object.assign(payment, { dispute: state, takenBackMinor: 0, disputedMinor });
    } else if (payment.dispute === 'open') {
      payment.dispute = state;
      if (state === 'lost') payment.takenBackMinor = payment.disputedMinor;
    }
  }

  /** Between a wish and its tickets' revocation: nobody can know of what the gateway does in that moment. */
  #isDeciding(): boolean {
    return this.order.refunds.some(({ state }) => state === 'new');
  }

  #atBank({ amountMinor, backMinor, takenBackMinor }: Payment): number {
    return amountMinor - backMinor - takenBackMinor;
  }

  /** What of the card's money is still for something. */
  #leftMinor(): number {
    const left = linesLeft(this.order).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const tender = this.order.attempts.at(-1)?.tender;
    return Math.min(left, (tender?.cardMinor ?? 0) - backOf(this.order, 'card'));
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

  #take(step: Step, loses: boolean): boolean {
    const outcome = isTicketStep(step)
      ? this.#atTickets(step)
      : isMoneyStep(step)
        ? this.#atMoney(step)
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
    const isWhole = payment.state === 'captured' && payment.backMinor === payment.amountMinor;
    const state = isWhole ? 'refunded' : payment.state;
    this.#apply({ of: 'money', attemptId, status: { state, refundedMinor: payment.backMinor } });
    if (payment.dispute === 'none' || attemptId !== this.order.attempts.at(-1)?.attemptId) return;
    const { disputedMinor: amountMinor, dispute } = payment;
    this.#apply({ of: 'dispute', status: { disputeId: 'dp_1', amountMinor, state: dispute } });
  }

  #atInventory(step: StockStep): StockOutcome {
    const { inventoryId, holdId } = step;
    const inventory = this.inventories.get(inventoryId);
    if (inventory === undefined) throw new Error(`No inventory ${inventoryId}`);
    return answerOf(inventory, step, { now: this.now, tickets: ticketsOf(this.order, inventoryId, holdId) });
  }

  #atMoney(step: MoneyStep): Outcome | undefined {
    const { attemptId } = step.attempt;
    switch (step.do) {
      case 'reserve':
      case 'post':
      case 'unreserve':
      case 'give_back':
        return { of: 'money', attemptId, status: { balance: this.#atLedger(step) } };
      case 'pay_back':
        return this.#payBack(step);
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
      takenBackMinor: 0,
      disputedMinor: 0,
      dispute: 'none',
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

  #payBack({ attempt, refundId, amountMinor }: PayBackStep) {
    const payment = this.payments.get(attempt.attemptId);
    if (payment?.state !== 'captured') {
      throw new Error('A part of what was never taken goes back');
    }
    // The refund's id is the idempotency key. What went back beyond what is known here is part of this one.
    const { attemptId } = attempt;
    const answer = (isPaid: boolean): Outcome => ({ of: 'money', attemptId, status: { refundId, isPaid } });
    if (payment.refunds.has(refundId)) return answer(true);
    const dueMinor = stillDueMinor(this.order.refunds, amountMinor, payment.backMinor);
    if (dueMinor === 0) return answer(true);
    const isTooMuch = payment.backMinor + payment.takenBackMinor + dueMinor > payment.amountMinor;
    // A disputed charge gives nothing back until its bank has decided.
    if (payment.dispute === 'open') return undefined;
    if (isTooMuch) return answer(false);
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
    const live = ticketIds.filter((ticketId) => !this.revoked.has(ticketId));
    for (const ticketId of live) this.suspended[step.do === 'suspend' ? 'add' : 'delete'](ticketId);
    return { of: step.do, inventoryId, disputeId: step.disputeId };
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
