import { DurableObject } from 'cloudflare:workers';
import { routes } from '#workers/routes.ts';
import type { LocalEnv } from '../env.ts';
import type { LocalExports } from '../sandboxes.ts';
import { answerCall, type ApiRequest, type Counter } from './api-answers.ts';
import { entriesOf } from './books.ts';
import { choose, decide, enterCode, type BuyerChoice, type FreshIds } from './buyer-moves.ts';
import { happenLater, type LaterChoice } from './dispute-moves.ts';
import { lapse } from './merchant-moves.ts';
import type { Moved, Payment } from './payment.ts';
import { PaymentStore, type PendingWebhook } from './payment-store.ts';
import { eventObject } from './stripe-objects.ts';
import { apiVersion, leaseMs, postWebhook, sendAgainAtMs } from './webhook-post.ts';

const bankName = 'bank';
const shownPayments = 50;
const shownWebhooks = 200;
/** An object has six outgoing connections; one stays free. */
const sentAtOnce = 5;

/**
 * The bank behind the local card gateway: it keeps every payment, is asked by the API, told by the person who plays it,
 * and tells the shop by webhook. Every move is one synchronous transaction together with the webhooks it causes.
 */
export class Bank extends DurableObject<LocalEnv> {
  readonly #store: PaymentStore;

  constructor(ctx: DurableObjectState, env: LocalEnv) {
    super(ctx, env);
    this.#store = new PaymentStore(ctx.storage.sql);
  }

  /** A call to the API that has been read and found well-formed. */
  async answer(request: ApiRequest) {
    this.#lookAfterDue();
    const answer = this.#atOnce(() => answerCall(this.#counter(), request));
    await this.#setAlarm();
    return answer;
  }

  payment(sessionId: string): Payment | undefined {
    this.#lookAfterDue();
    return this.#store.find(sessionId);
  }

  overview(): { payments: Payment[]; webhooks: PendingWebhook[] } {
    this.#lookAfterDue();
    return { payments: this.#store.newest(shownPayments), webhooks: this.#store.pendingWebhooks(shownWebhooks) };
  }

  /** What the person at the bank's page wants to happen. The payment as it stands afterwards. */
  choose(sessionId: string, choice: BuyerChoice): Promise<Payment | undefined> {
    return this.#move(sessionId, (payment, ids, now) => choose(payment, choice, ids, now));
  }

  enterCode(sessionId: string, typed: string): Promise<Payment | undefined> {
    return this.#move(sessionId, (payment, ids, now) => enterCode(payment, typed, ids, now));
  }

  /** Makes the bank's mind up now about a payment it is processing. */
  decideNow(sessionId: string): Promise<Payment | undefined> {
    return this.#move(sessionId, decide);
  }

  /** What happens to a payment long after it was taken. */
  happenLater(sessionId: string, choice: LaterChoice): Promise<Payment | undefined> {
    return this.#move(sessionId, (payment, _ids, now) => happenLater(payment, choice, freshId('dp_'), now));
  }

  /** Sends a waiting webhook now. False when it was not answered 2xx, and waits on. */
  async sendNow(seq: number): Promise<boolean> {
    const webhook = this.#store.webhook(seq);
    return webhook === undefined ? true : this.#send(webhook);
  }

  override async alarm(): Promise<void> {
    this.#lookAfterDue();
    const due = this.#store.dueWebhooks(Date.now(), sentAtOnce);
    // Not awaited: while one is slow to be answered, the alarm must be free to ring for the next.
    for (const webhook of due) this.ctx.waitUntil(this.#send(webhook));
    await this.#setAlarm();
  }

  async #move(
    sessionId: string,
    by: (payment: Payment, ids: FreshIds, now: number) => (Moved & { webhooksAfterMs?: number }) | undefined,
  ): Promise<Payment | undefined> {
    this.#lookAfterDue();
    const after = this.#atOnce(() => {
      const payment = this.#store.find(sessionId);
      const moved = payment && by(payment, freshIds(), Date.now());
      if (moved !== undefined) this.#record(moved, moved.webhooksAfterMs);
      return moved?.payment ?? payment;
    });
    await this.#setAlarm();
    return after;
  }

  /** The clock's moves are made before anybody looks, so that no answer depends on when the alarm rings. */
  #lookAfterDue(): void {
    const now = Date.now();
    this.#atOnce(() => {
      for (const payment of this.#store.toWake(now)) {
        const decided = (payment.decidesAtMs ?? now + 1) <= now ? decide(payment, freshIds(), now) : undefined;
        this.#record(decided ?? lapse(payment, now));
      }
    });
  }

  #record({ payment, events }: Moved, webhooksAfterMs = 0): void {
    const atMs = Date.now();
    const before = this.#store.find(payment.sessionId);
    for (const entry of entriesOf(before, payment, { freshId, atMs })) this.#store.addEntry(entry);
    this.#store.save(payment);
    for (const kind of events) {
      const id = freshId('evt_');
      const body = JSON.stringify(eventObject(payment, kind, { id, atMs, apiVersion }));
      const copies = payment.sendsTwice ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        this.#store.queueWebhook(payment.sessionId, kind, body, atMs + webhooksAfterMs);
      }
    }
  }

  async #send({ seq, body, tries }: PendingWebhook): Promise<boolean> {
    this.#store.countTry(seq, Date.now() + leaseMs);
    const { PUBLIC_ORIGIN, STRIPE_WEBHOOK_SECRET: secret } = this.env;
    const { exports } = this.ctx as unknown as LocalExports;
    const url = `${PUBLIC_ORIGIN}${routes.stripeWebhook}`;
    const toShop: typeof fetch = (input, init) => exports.default.fetch(new Request(input, init));
    const isHeard = await postWebhook({ url, secret, fetch: toShop }, body, Date.now());
    if (isHeard) this.#store.dropWebhook(seq);
    else this.#store.postponeWebhook(seq, sendAgainAtMs(Date.now(), tries + 1));
    await this.#setAlarm();
    return isHeard;
  }

  async #setAlarm(): Promise<void> {
    const next = this.#store.nextAlarmMs();
    if (next !== undefined) await this.ctx.storage.setAlarm(next);
  }

  #counter(): Counter {
    return {
      store: this.#store,
      now: Date.now(),
      freshId,
      record: (moved) => this.#record(moved),
      urlOf: (id) => this.#urlOf(id),
    };
  }

  #urlOf(sessionId: string): string {
    return `${this.env.PUBLIC_ORIGIN}/local/bank/${sessionId}`;
  }

  #atOnce<Answer>(work: () => Answer): Answer {
    return this.ctx.storage.transactionSync(work);
  }
}

export function bankOf(env: LocalEnv) {
  return env.BANK.get(env.BANK.idFromName(bankName));
}

function freshId(prefix: string): string {
  return `${prefix}${crypto.randomUUID().replaceAll('-', '')}`;
}

function freshIds(): FreshIds {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return { intentId: freshId('pi_'), chargeId: freshId('ch_'), code: String(random % 1_000_000).padStart(6, '0') };
}
