/**
 * A payment as the local gateway keeps it: one Checkout Session, and the Payment Intent, charge and refunds that came of
 * it. States and their names are those of docs.stripe.com/api; times are epoch milliseconds, amounts minor units.
 */
export type SessionStatus = 'open' | 'complete' | 'expired';

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

export type CardError = 'card_declined' | 'payment_intent_authentication_failure';

export type Charge = {
  readonly id: string;
  readonly createdAtMs: number;
  readonly isDeclined: boolean;
  readonly isCaptured: boolean;
  /** What went back: by a refund, or because the reservation was let go. */
  readonly refundedMinor: number;
};

export type Intent = {
  readonly id: string;
  readonly status: IntentStatus;
  readonly createdAtMs: number;
  /** The latest try with a card; earlier ones were declined and are of no interest to anybody. */
  readonly charge?: Charge | undefined;
  readonly lastError?: CardError | undefined;
  readonly canceledAtMs?: number | undefined;
};

/** The holder's bank took the charge back and asks. Statuses as in the API; inquiries are not played here. */
export type BankDispute = {
  readonly id: string;
  readonly amountMinor: number;
  readonly status: 'needs_response' | 'won' | 'lost';
  readonly createdAtMs: number;
  readonly answerByMs: number;
  readonly decidedAtMs?: number | undefined;
};

/** What the merchant asked for. */
export type Terms = {
  readonly amountMinor: number;
  /** ISO 4217, in small letters as Stripe writes it. */
  readonly currency: string;
  readonly title: string;
  readonly clientReferenceId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly successUrl: string;
  readonly cancelUrl: string | undefined;
};

export type Payment = {
  readonly sessionId: string;
  /** The page where a person plays the bank. */
  readonly url: string;
  readonly status: SessionStatus;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly terms: Terms;
  readonly intent?: Intent | undefined;
  readonly disputes?: readonly BankDispute[] | undefined;
  /** What the card's holder has to type in, while the bank waits for it. */
  readonly code?: string | undefined;
  /** When the bank makes up its mind about a payment it is processing. */
  readonly decidesAtMs?: number | undefined;
  /** The next call that changes this payment takes effect and gets no answer in time. */
  readonly hangsNext: boolean;
  readonly sendsTwice: boolean;
};

export const eventKinds = [
  'checkout.session.completed',
  'checkout.session.expired',
  'payment_intent.amount_capturable_updated',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.closed',
  'charge.dispute.funds_reinstated',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** A payment after something happened to it, and what the merchant is told of it, in that order. */
export type Moved = { readonly payment: Payment; readonly events: readonly EventKind[] };

/** When the payment wants to be looked at by itself: the bank decides, or the session runs out. */
export function wakesAtMs({ status, decidesAtMs, expiresAtMs }: Payment): number | undefined {
  if (status !== 'open') return decidesAtMs;
  return Math.min(decidesAtMs ?? expiresAtMs, expiresAtMs);
}
