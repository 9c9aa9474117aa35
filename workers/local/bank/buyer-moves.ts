import type { CardError, Charge, Intent, Moved, Payment } from './payment.ts';

/** What the buyer and the card's bank may do, and what follows. Undefined: too late, nothing changes. */

/** Names for what a move brings into being; the bank that keeps it makes them up. */
export type FreshIds = { readonly intentId: string; readonly chargeId: string; readonly code: string };

export const buyerChoices = ['approve', 'challenge', 'decline', 'delay', 'timeout', 'twice', 'late'] as const;
export type BuyerChoice = (typeof buyerChoices)[number];

/** How long the bank thinks about a delayed payment, and how long late webhooks lie about. */
export const lateMs = 20_000;

export type Chosen = Moved & { readonly webhooksAfterMs: number };

export function choose(payment: Payment, choice: BuyerChoice, ids: FreshIds, now: number): Chosen | undefined {
  if (!isPayable(payment, now)) return undefined;
  const atOnce = (moved: Moved, webhooksAfterMs = 0): Chosen => ({ ...moved, webhooksAfterMs });
  switch (choice) {
    case 'approve':
      return atOnce(approved(payment, ids, now));
    case 'challenge':
      return atOnce(challenged(payment, ids, now));
    case 'decline':
      return atOnce(failed(payment, 'card_declined', ids, now));
    case 'delay':
      return atOnce(delayed(payment, ids, now));
    case 'timeout':
      return atOnce(approved({ ...payment, hangsNext: true }, ids, now));
    case 'twice':
      return atOnce(approved({ ...payment, sendsTwice: true }, ids, now));
    case 'late':
      return atOnce(approved(payment, ids, now), lateMs);
  }
}

/** The card's holder types in the one-time code. A wrong one fails the try; the session stays open for another. */
export function enterCode(payment: Payment, typed: string, ids: FreshIds, now: number): Moved | undefined {
  if (!isPayable(payment, now) || payment.intent?.status !== 'requires_action') return undefined;
  if (typed === payment.code) return approved(payment, ids, now);
  return failed(payment, 'payment_intent_authentication_failure', ids, now);
}

/**
 * The bank says yes to a payment it was processing. It may say so after the merchant has ended the session: the session
 * stays expired then, and the money is reserved all the same.
 */
export function decide(payment: Payment, ids: FreshIds, now: number): Moved | undefined {
  return payment.intent?.status === 'processing' ? approved(payment, ids, now) : undefined;
}

export function isPayable({ status, expiresAtMs, intent }: Payment, now: number): boolean {
  if (status !== 'open' || expiresAtMs <= now) return false;
  return intent === undefined || intent.status === 'requires_payment_method' || intent.status === 'requires_action';
}

function approved(payment: Payment, ids: FreshIds, now: number): Moved {
  const charge = newCharge(ids, now, false);
  const intent: Intent = { ...intentOf(payment, ids, now), status: 'requires_capture', charge, lastError: undefined };
  const settled = { ...payment, intent, code: undefined, decidesAtMs: undefined };
  if (payment.status === 'expired') return { payment: settled, events: ['payment_intent.amount_capturable_updated'] };
  return {
    payment: { ...settled, status: 'complete' },
    events: ['payment_intent.amount_capturable_updated', 'checkout.session.completed'],
  };
}

function challenged(payment: Payment, ids: FreshIds, now: number): Moved {
  const intent: Intent = { ...intentOf(payment, ids, now), status: 'requires_action', lastError: undefined };
  return { payment: { ...payment, intent, code: ids.code }, events: [] };
}

function failed(payment: Payment, lastError: CardError, ids: FreshIds, now: number): Moved {
  const charge = newCharge(ids, now, true);
  const intent: Intent = { ...intentOf(payment, ids, now), status: 'requires_payment_method', charge, lastError };
  return { payment: { ...payment, intent, code: undefined }, events: ['payment_intent.payment_failed'] };
}

function delayed(payment: Payment, ids: FreshIds, now: number): Moved {
  const intent: Intent = { ...intentOf(payment, ids, now), status: 'processing', lastError: undefined };
  return { payment: { ...payment, intent, code: undefined, decidesAtMs: now + lateMs }, events: [] };
}

/** Stripe makes the intent when the buyer first tries, not with the session. */
function intentOf({ intent }: Payment, { intentId }: FreshIds, now: number): Intent {
  return intent ?? { id: intentId, status: 'requires_payment_method', createdAtMs: now };
}

function newCharge({ chargeId }: FreshIds, createdAtMs: number, isDeclined: boolean): Charge {
  return { id: chargeId, createdAtMs, isDeclined, isCaptured: false, refundedMinor: 0 };
}
