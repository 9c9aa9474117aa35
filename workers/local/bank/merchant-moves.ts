import { dayMs, minuteMs } from '#shared/time.ts';
import type { Intent, IntentStatus, Moved, Payment, Terms } from './payment.ts';
import { refusals, type Refusal } from './refusals.ts';

/** What the merchant may do through the API, and what follows; a refusal changes nothing. */

const lifeMinMs = 30 * minuteMs;
const lifeMaxMs = dayMs;
/** Stripe counts whole seconds, and requests take a moment to arrive. */
const lifeSlackMs = 2_000;

type Opening = {
  readonly sessionId: string;
  readonly url: string;
  readonly terms: Terms;
  readonly expiresAtMs?: number | undefined;
};

export function open({ sessionId, url, terms, expiresAtMs }: Opening, now: number): Payment | Refusal {
  const endsAtMs = expiresAtMs ?? now + lifeMaxMs;
  if (endsAtMs - now < lifeMinMs - lifeSlackMs) return refusals.expiryTooSoon;
  if (endsAtMs - now > lifeMaxMs) return refusals.expiryTooLate;
  const quirks = { hangsNext: false, sendsTwice: false };
  return { sessionId, url, status: 'open', createdAtMs: now, expiresAtMs: endsAtMs, terms, ...quirks };
}

export function expire(payment: Payment, now: number): Moved | Refusal {
  return payment.status === 'open' ? lapse(payment, now) : refusals.sessionNotOpen(payment);
}

/**
 * The session ends, by the merchant's wish or by the clock, and with it an intent nobody has paid. What the bank is
 * processing cannot be called back: it may still say yes.
 */
export function lapse(payment: Payment, now: number): Moved {
  const expired: Payment = { ...payment, status: 'expired', code: undefined };
  const { intent } = payment;
  if (intent === undefined || intent.status === 'processing') {
    return { payment: expired, events: ['checkout.session.expired'] };
  }
  const canceled: Intent = { ...intent, status: 'canceled', canceledAtMs: now };
  return { payment: { ...expired, intent: canceled }, events: ['payment_intent.canceled', 'checkout.session.expired'] };
}

const capturable: readonly IntentStatus[] = ['requires_capture'];

export function capture(payment: Payment, intent: Intent): Moved | Refusal {
  const { charge } = intent;
  if (charge === undefined || !capturable.includes(intent.status)) {
    return refusals.intentUnexpected(intent, 'captured', capturable);
  }
  const captured: Intent = { ...intent, status: 'succeeded', charge: { ...charge, isCaptured: true } };
  return { payment: { ...payment, intent: captured }, events: ['payment_intent.succeeded'] };
}

const cancelable: readonly IntentStatus[] = ['requires_payment_method', 'requires_capture', 'requires_action'];

export function cancel(payment: Payment, intent: Intent, now: number): Moved | Refusal {
  const { charge } = intent;
  if (!cancelable.includes(intent.status)) return refusals.intentUnexpected(intent, 'canceled', cancelable);
  if (intent.status !== 'requires_capture' || charge === undefined) return refusals.checkoutOwns;
  const letGo = { ...charge, refundedMinor: payment.terms.amountMinor };
  const canceled: Intent = { ...intent, status: 'canceled', canceledAtMs: now, charge: letGo };
  return { payment: { ...payment, intent: canceled }, events: ['charge.refunded', 'payment_intent.canceled'] };
}

/** Gives back what the charge still holds, or a part of it. */
export function refund(payment: Payment, intent: Intent, amountMinor: number | undefined): Moved | Refusal {
  const { charge } = intent;
  if (charge === undefined || intent.status !== 'succeeded') return refusals.nothingCharged(intent);
  if (payment.disputes?.some(({ status }) => status !== 'won') === true) return refusals.disputed(charge.id);
  const restMinor = payment.terms.amountMinor - charge.refundedMinor;
  if (restMinor === 0) return refusals.refundedAlready(charge.id);
  const backMinor = amountMinor ?? restMinor;
  if (backMinor > restMinor) return refusals.refundTooLarge;
  const returned = { ...charge, refundedMinor: charge.refundedMinor + backMinor };
  return { payment: { ...payment, intent: { ...intent, charge: returned } }, events: ['charge.refunded'] };
}
