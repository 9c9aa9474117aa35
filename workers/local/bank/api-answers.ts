import type { ApiCall } from './api-calls.ts';
import { changesSomething } from './api-calls.ts';
import { transactionObject } from './books.ts';
import { cancel, capture, expire, open, refund } from './merchant-moves.ts';
import type { Intent, Moved, Payment } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';
import { isRefusal, refusals, type Refusal } from './refusals.ts';
import { disputeObject, intentObject, refundObject, sessionObject } from './stripe-objects.ts';

/** A well-formed call. `text` is the request as it came, to tell a repeat of a key from its reuse. */
export type ApiRequest = { readonly call: ApiCall; readonly key: string | undefined; readonly text: string };

export type ApiAnswer = {
  readonly status: number;
  readonly body: string;
  readonly isReplay: boolean;
  /** The call took effect, but its answer must not arrive in time. */
  readonly hangs: boolean;
};

/** What answering needs of the bank. */
export type Counter = {
  readonly store: PaymentStore;
  readonly now: number;
  readonly freshId: (prefix: string) => string;
  readonly record: (moved: Moved) => void;
  readonly urlOf: (sessionId: string) => string;
};

type Answered = object | Refusal;

/**
 * Answers a call, within the bank's transaction. The first answer under an Idempotency-Key is kept, errors too, and given
 * to every repeat. (Malformed requests never get here, and Stripe does not keep its answers to those either.)
 */
export function answerCall(counter: Counter, { call, key: givenKey, text }: ApiRequest): ApiAnswer {
  const key = changesSomething(call) ? givenKey : undefined;
  const kept = key === undefined ? undefined : counter.store.answerTo(key);
  if (kept !== undefined && key !== undefined) {
    if (kept.request !== text) return answerOf(refusals.keyReused(key));
    return { status: kept.status, body: kept.body, isReplay: true, hangs: false };
  }
  const answer = answerOf(carryOut(counter, call), changesSomething(call) && stopsHanging(counter, call));
  if (key !== undefined) counter.store.keepAnswer(key, text, answer);
  return answer;
}

/** The payment's next change was to go unanswered: now it has happened, and the ones after it are answered. */
function stopsHanging({ store }: Counter, call: ApiCall): boolean {
  const payment = paymentOf(store, call);
  if (payment === undefined || !payment.hangsNext) return false;
  store.save({ ...payment, hangsNext: false });
  return true;
}

function paymentOf(store: PaymentStore, call: ApiCall): Payment | undefined {
  if ('sessionId' in call) return store.find(call.sessionId);
  return 'intentId' in call ? store.findByIntent(call.intentId) : undefined;
}

function carryOut(counter: Counter, call: ApiCall): Answered {
  const { store, now } = counter;
  switch (call.do) {
    case 'open':
      return opened(counter, call);
    case 'find':
    case 'expire': {
      const payment = store.find(call.sessionId);
      if (payment === undefined) return refusals.missing('checkout.session', call.sessionId);
      if (call.do === 'find') return sessionObject(payment, call.expand);
      return after(counter, expire(payment, now), (ended) => sessionObject(ended, call.expand));
    }
    case 'list': {
      const found = store.newest(call.limit).flatMap((payment) => intentIn(payment, call.expand));
      return { object: 'list', url: '/v1/payment_intents', has_more: false, data: found };
    }
    case 'listEntries': {
      const { limit } = call.query;
      const found = store.entries({ ...call.query, limit: limit + 1 });
      const data = found.slice(0, limit).flatMap((entry) => {
        const payment = store.find(entry.sessionId);
        return payment === undefined ? [] : [transactionObject(entry, payment, call.isWhole)];
      });
      return { object: 'list', url: '/v1/balance_transactions', has_more: found.length > limit, data };
    }
    case 'listDisputes': {
      const payment = store.findByIntent(call.intentId);
      const data = payment === undefined ? [] : (payment.disputes ?? []).map((of) => disputeObject(payment, of));
      return { object: 'list', url: '/v1/disputes', has_more: false, data };
    }
    case 'findIntent':
    case 'capture':
    case 'cancel':
    case 'refund': {
      const payment = store.findByIntent(call.intentId);
      if (payment?.intent === undefined) return refusals.missing('payment_intent', call.intentId);
      return aboutIntent(counter, call, payment, payment.intent);
    }
  }
}

function opened({ freshId, urlOf, now, store }: Counter, call: Extract<ApiCall, { do: 'open' }>): Answered {
  const sessionId = freshId('cs_test_');
  const payment = open({ sessionId, url: urlOf(sessionId), terms: call.terms, expiresAtMs: call.expiresAtMs }, now);
  if (isRefusal(payment)) return payment;
  store.save(payment);
  return sessionObject(payment);
}

type IntentCall = Extract<ApiCall, { do: 'findIntent' | 'capture' | 'cancel' | 'refund' }>;

function aboutIntent(counter: Counter, call: IntentCall, payment: Payment, intent: Intent): Answered {
  const { now: atMs, freshId } = counter;
  const expand = call.do === 'refund' ? [] : call.expand;
  const shown = (moved: Payment) => intentIn(moved, expand)[0] ?? {};
  switch (call.do) {
    case 'findIntent':
      return shown(payment);
    case 'capture':
      return after(counter, capture(payment, intent), shown);
    case 'cancel':
      return after(counter, cancel(payment, intent, atMs), shown);
    case 'refund': {
      const backMinor = (moved: Payment) => refundedMinor(moved) - refundedMinor(payment);
      return after(counter, refund(payment, intent, call.amountMinor), (moved) =>
        refundObject(moved, intent, { id: freshId('re_'), amountMinor: backMinor(moved), atMs }),
      );
    }
  }
}

function intentIn(payment: Payment, expand: Parameters<typeof intentObject>[2]) {
  return payment.intent === undefined ? [] : [intentObject(payment, payment.intent, expand)];
}

function refundedMinor({ intent }: Payment): number {
  return intent?.charge?.refundedMinor ?? 0;
}

function after({ record }: Counter, moved: Moved | Refusal, show: (payment: Payment) => object): Answered {
  if (isRefusal(moved)) return moved;
  record(moved);
  return show(moved.payment);
}

function answerOf(answered: Answered, hangs = false): ApiAnswer {
  if (!isRefusal(answered)) return { status: 200, body: JSON.stringify(answered), isReplay: false, hangs };
  const { status, ...error } = answered;
  return { status, body: JSON.stringify({ error }), isReplay: false, hangs };
}
