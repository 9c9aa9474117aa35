import { disputeFeeMinor } from './dispute-moves.ts';
import type { BankDispute, CardError, EventKind, Intent, Payment } from './payment.ts';

/** Payments in the API's words: the fields that Stripe's objects have and a merchant may look at. */

export type Expansion = 'payment_intent' | 'payment_intent.latest_charge' | 'latest_charge';

const seconds = (atMs: number) => Math.floor(atMs / 1_000);

export function sessionObject(payment: Payment, expand: readonly Expansion[] = []) {
  const { sessionId, status, terms, intent, url, createdAtMs, expiresAtMs } = payment;
  const isWhole = expand.includes('payment_intent') || expand.includes('payment_intent.latest_charge');
  const inner = expand.includes('payment_intent.latest_charge') ? (['latest_charge'] as const) : [];
  return {
    id: sessionId,
    object: 'checkout.session',
    amount_subtotal: terms.amountMinor,
    amount_total: terms.amountMinor,
    cancel_url: terms.cancelUrl ?? null,
    client_reference_id: terms.clientReferenceId ?? null,
    created: seconds(createdAtMs),
    currency: terms.currency,
    expires_at: seconds(expiresAtMs),
    livemode: false,
    metadata: terms.metadata,
    mode: 'payment',
    payment_intent: intent === undefined ? null : isWhole ? intentObject(payment, intent, inner) : intent.id,
    payment_method_types: ['card'],
    payment_status: intent?.status === 'succeeded' ? 'paid' : 'unpaid',
    status,
    success_url: terms.successUrl,
    // A session that has ended has no page any more.
    url: status === 'open' ? url : null,
  };
}

export function intentObject(payment: Payment, intent: Intent, expand: readonly Expansion[] = []) {
  const { amountMinor, currency, intentMetadata } = payment.terms;
  const { id, status, charge, createdAtMs, canceledAtMs, lastError } = intent;
  const isWhole = expand.includes('latest_charge');
  return {
    id,
    object: 'payment_intent',
    amount: amountMinor,
    amount_capturable: status === 'requires_capture' ? amountMinor : 0,
    amount_received: status === 'succeeded' ? amountMinor : 0,
    canceled_at: canceledAtMs === undefined ? null : seconds(canceledAtMs),
    capture_method: 'manual',
    created: seconds(createdAtMs),
    currency,
    last_payment_error: lastError === undefined ? null : cardError(lastError),
    latest_charge: charge === undefined ? null : isWhole ? chargeObject(payment, intent) : charge.id,
    livemode: false,
    metadata: intentMetadata,
    next_action: status === 'requires_action' ? { type: 'use_stripe_sdk' } : null,
    payment_method_types: ['card'],
    status,
  };
}

export function chargeObject({ terms, disputes = [] }: Payment, { id, charge }: Intent) {
  if (charge === undefined) return null;
  const { isCaptured, isDeclined, refundedMinor } = charge;
  return {
    id: charge.id,
    object: 'charge',
    amount: terms.amountMinor,
    amount_captured: isCaptured ? terms.amountMinor : 0,
    amount_refunded: refundedMinor,
    captured: isCaptured,
    created: seconds(charge.createdAtMs),
    currency: terms.currency,
    disputed: disputes.length > 0,
    livemode: false,
    metadata: terms.intentMetadata,
    paid: !isDeclined,
    payment_intent: id,
    refunded: refundedMinor === terms.amountMinor,
    status: isDeclined ? 'failed' : 'succeeded',
  };
}

export function refundObject(
  { terms }: Payment,
  intent: Intent,
  refund: { id: string; amountMinor: number; atMs: number },
) {
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amountMinor,
    charge: intent.charge?.id ?? null,
    created: seconds(refund.atMs),
    currency: terms.currency,
    metadata: {},
    payment_intent: intent.id,
    status: 'succeeded',
  };
}

/** It bears no metadata of the merchant's: only its payment does. */
export function disputeObject({ terms, intent }: Payment, dispute: BankDispute) {
  const { id, amountMinor, status, createdAtMs, answerByMs, decidedAtMs } = dispute;
  const moved = (amount: number, fee: number, atMs: number) => ({
    object: 'balance_transaction',
    amount,
    created: seconds(atMs),
    currency: terms.currency,
    fee,
    net: amount - fee,
    type: 'adjustment',
  });
  const back = status === 'won' ? [moved(amountMinor, -disputeFeeMinor, decidedAtMs ?? createdAtMs)] : [];
  return {
    id,
    object: 'dispute',
    amount: amountMinor,
    balance_transactions: [moved(-amountMinor, disputeFeeMinor, createdAtMs), ...back],
    charge: intent?.charge?.id ?? null,
    created: seconds(createdAtMs),
    currency: terms.currency,
    evidence_details: { due_by: seconds(answerByMs), has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: intent?.id ?? null,
    reason: 'fraudulent',
    status,
  };
}

/** A webhook's body: the object as it stood when it happened. */
export function eventObject(
  payment: Payment,
  kind: EventKind,
  about: { id: string; atMs: number; apiVersion: string },
) {
  return {
    id: about.id,
    object: 'event',
    api_version: about.apiVersion,
    created: seconds(about.atMs),
    data: { object: subjectOf(payment, kind) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: kind,
  };
}

function subjectOf(payment: Payment, kind: EventKind) {
  const { intent, disputes = [] } = payment;
  if (kind.startsWith('checkout.session.') || intent === undefined) return sessionObject(payment);
  const dispute = disputes.at(-1);
  if (kind.startsWith('charge.dispute.') && dispute !== undefined) return disputeObject(payment, dispute);
  return kind === 'charge.refunded' ? chargeObject(payment, intent) : intentObject(payment, intent);
}

function cardError(code: CardError) {
  const decline = code === 'card_declined' ? { decline_code: 'generic_decline' } : {};
  const message =
    code === 'card_declined'
      ? 'Your card was declined.'
      : 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.';
  return { type: code === 'card_declined' ? 'card_error' : 'invalid_request_error', code, message, ...decline };
}
