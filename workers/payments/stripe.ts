import { Stripe } from 'stripe';
import { orderEvents, orderLines, orderQuantity, type Order, type OrderSnapshot } from '#shared/orders/order.ts';
import { paymentPatienceMs, postableMs, type Attempt, type GatewayStatus } from '#shared/orders/attempt.ts';
import { stillDueMinor, type RefundStatus } from '#shared/orders/refund.ts';
import type { GatewayStep, PayBackStep } from '#shared/orders/steps.ts';
import { minuteMs, secondMs, type EpochMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import type { GatewayEvent, PaymentGateway } from './gateway.ts';
import { disputesAbout } from './stripe-disputes.ts';

type Account = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where the buyer comes back to. */
  readonly publicOrigin: string;
  readonly fetch: typeof fetch;
  readonly clock: () => EpochMs;
};

/** The state each operation moves an attempt out of. */
const actsOn = { capture: 'authorised', void: 'authorised', refund: 'captured' } as const;

const callTimeoutMs = 8_000;
/**
 * Stripe asks for at least half an hour from the moment it makes a Checkout Session, and the first call may only get
 * through at the end of the desk's patience: it must still be accepted then. The desk ends the session sooner.
 */
const sessionLifeMs = paymentPatienceMs + 31 * minuteMs;
/** How old a signed webhook may be. Stripe signs each retry anew. */
const webhookToleranceSeconds = 300;

/**
 * Card payments by Stripe: a Checkout Session, where the buyer meets the card form and 3-D Secure on Stripe's own page,
 * around a Payment Intent with manual capture, so that money is taken only once the stock is firm. No script of ours and
 * no card number is involved, and paying works without JavaScript here.
 */
export function stripeGateway(account: Account): PaymentGateway {
  const stripe = new Stripe(account.secretKey, {
    httpClient: Stripe.createFetchHttpClient(account.fetch),
    timeout: callTimeoutMs,
    // The desk repeats on its own terms: a retry hidden in here would outlive the buyer's patience.
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const crypto = Stripe.createSubtleCryptoProvider();

  return {
    async perform({ do: operation, attempt }: GatewayStep, order: Order): Promise<GatewayStatus> {
      if (operation === 'open') return openSession(stripe, account.publicOrigin, attempt, order);
      // The answer to the first call may have got lost: under its key, Stripe gives it again.
      const isOpened = attempt.sessionId !== undefined;
      const { sessionId } = isOpened ? attempt : await openSession(stripe, account.publicOrigin, attempt, order);
      if (sessionId === undefined) return { state: 'dead' };
      if (operation === 'inquire') return inquire(stripe, sessionId);
      if (operation === 'abandon') {
        await unlessTooLate(() => stripe.checkout.sessions.expire(sessionId));
        return inquire(stripe, sessionId);
      }
      if (account.clock() - attempt.createdAtMs > postableMs) {
        const stands = await inquire(stripe, sessionId);
        if (stands.state !== actsOn[operation]) return stands;
      }
      const intent = attempt.intentId ?? (await inquire(stripe, sessionId)).intentId;
      if (intent === undefined) return inquire(stripe, sessionId);
      await unlessTooLate(() => settle(stripe, operation, intent, attempt));
      return inquire(stripe, sessionId);
    },

    payBack: (step: PayBackStep, order: Order) => payBack(stripe, step, order),

    async hear(body: string, signature: string): Promise<GatewayEvent | undefined> {
      let event: Stripe.Event;
      try {
        const { webhookSecret } = account;
        event = await stripe.webhooks.constructEventAsync(
          body,
          signature,
          webhookSecret,
          webhookToleranceSeconds,
          crypto,
        );
      } catch {
        return undefined;
      }
      return { eventId: event.id, kind: event.type, about: await subjectOf(stripe, event) };
    },
  };
}

/**
 * Makes the session, or finds the one made before under this attempt's key. Refused, there is none and never was: Stripe
 * keeps a key's first answer for longer than a session lives. Then no money can move on this attempt.
 */
async function openSession(stripe: Stripe, origin: string, attempt: Attempt, order: Order): Promise<GatewayStatus> {
  const idempotencyKey = `${attempt.attemptId}/open`;
  try {
    const session = await stripe.checkout.sessions.create(sessionOf(origin, attempt, order), { idempotencyKey });
    return { state: 'open', sessionId: session.id, url: session.url ?? undefined };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    console.error('gateway refused to open a payment', error.code, error.param);
    return { state: 'dead' };
  }
}

function sessionOf(origin: string, { attemptId, createdAtMs, tender }: Attempt, { orderId, snapshot }: Order) {
  const metadata = { orderId, attemptId };
  const price = {
    currency: snapshot.currency.toLowerCase(),
    unit_amount: tender.cardMinor,
    product_data: { name: nameOf(snapshot) },
  };
  return {
    mode: 'payment',
    client_reference_id: orderId,
    line_items: [{ quantity: 1, price_data: price }],
    payment_intent_data: { capture_method: 'manual', metadata },
    metadata,
    success_url: `${origin}${pathTo('orderReturn', { orderId })}`,
    cancel_url: `${origin}${pathTo('order', { orderId })}`,
    // Counted from the attempt, not from now: a repeat under the same idempotency key must say the same.
    expires_at: Math.floor((createdAtMs + sessionLifeMs) / secondMs),
  } satisfies Stripe.Checkout.SessionCreateParams;
}

/** What Stripe's page calls it. Made from the order alone: a repeat under the same idempotency key must say the same. */
function nameOf(snapshot: OrderSnapshot): string {
  const [event, ...otherEvents] = orderEvents(snapshot);
  const [line, ...otherLines] = orderLines(snapshot);
  const isOnlyTickets = orderLines(snapshot).every(({ kind }) => kind === 'ticket');
  if (event === undefined) return otherLines.length === 0 ? `${line?.name}` : `${line?.name} + ${otherLines.length}`;
  const title = otherEvents.length === 0 ? event.title : `${event.title} + ${otherEvents.length}`;
  return `${title}: ${orderQuantity(snapshot)} × ${isOnlyTickets ? 'ticket' : 'item'}`;
}

function settle(stripe: Stripe, operation: 'capture' | 'void' | 'refund', intent: string, { attemptId }: Attempt) {
  const options = { idempotencyKey: `${attemptId}/${operation}` };
  if (operation === 'capture') return stripe.paymentIntents.capture(intent, {}, options);
  if (operation === 'void') return stripe.paymentIntents.cancel(intent, {}, options);
  return stripe.refunds.create({ payment_intent: intent }, options);
}

/** Refusals that a look-up answers better: something went back in the moment between ours and the refund. */
const lookedUpTooEarly: ReadonlySet<string | undefined> = new Set(['amount_too_large', 'charge_already_refunded']);

/**
 * One refund of several at most is under way at a time, so what went back beyond those known is of this one: only the rest is
 * asked for, and nothing is posted again, however long ago that was. A repeat with another rest is refused under the key.
 */
async function payBack(stripe: Stripe, step: PayBackStep, { refunds, disputes }: Order): Promise<RefundStatus> {
  const { attempt, refundId, amountMinor } = step;
  const { sessionId, intentId } = attempt;
  if (sessionId === undefined || intentId === undefined) return { refundId, isPaid: false };
  const dueMinor = stillDueMinor(refunds, amountMinor, await refundedMinor(stripe, sessionId));
  if (dueMinor === 0) return { refundId, isPaid: true };
  try {
    const options = { idempotencyKey: `${refundId}/refund` };
    await stripe.refunds.create({ payment_intent: intentId, amount: dueMinor }, options);
    return { refundId, isPaid: true };
  } catch (error) {
    if (!isRefusal(error) || lookedUpTooEarly.has(error.code)) throw error;
    // A disputed charge is refunded by nobody until its bank has decided, and never where it has decided for its holder.
    const isLost = disputes?.some(({ state }) => state === 'lost') ?? false;
    if (error.code === 'charge_disputed' && !isLost) throw error;
    console.error('gateway refused a refund', error.code);
    return { refundId, isPaid: false };
  }
}

async function refundedMinor(stripe: Stripe, sessionId: string): Promise<number> {
  const session = await stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent.latest_charge'] });
  const intent = session.payment_intent;
  return intent === null || typeof intent === 'string' ? 0 : (chargeOf(intent)?.amount_refunded ?? 0);
}

/** Asks how things stand: the one place where Stripe's states become ours. */
async function inquire(stripe: Stripe, sessionId: string): Promise<GatewayStatus> {
  const session = await stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent.latest_charge'] });
  const intent = session.payment_intent;
  const status = (state: GatewayStatus['state']): GatewayStatus => {
    const intentId = typeof intent === 'string' ? intent : intent?.id;
    return { state, sessionId, intentId, url: session.url ?? undefined };
  };
  if (intent === null || typeof intent === 'string') return status(session.status === 'expired' ? 'dead' : 'open');
  switch (intent.status) {
    case 'requires_capture':
      return status('authorised');
    case 'succeeded':
      return { ...status(isRefunded(intent) ? 'refunded' : 'captured'), ...(await factsOf(stripe, intent)) };
    case 'canceled':
      return status('voided');
    default:
      return status(session.status === 'expired' ? 'dead' : 'open');
  }
}

/** What went back and what banks took back, whoever asked. */
async function factsOf(stripe: Stripe, intent: Stripe.PaymentIntent) {
  const charge = chargeOf(intent);
  const isDisputed = charge?.disputed === true;
  return {
    refundedMinor: charge?.amount_refunded ?? 0,
    ...(isDisputed && { disputes: await disputesAbout(stripe, intent.id) }),
  };
}

function chargeOf({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return charge === null || typeof charge === 'string' ? undefined : charge;
}

function isRefunded(intent: Stripe.PaymentIntent): boolean {
  return chargeOf(intent)?.refunded === true;
}

/**
 * A 4xx answer to an operation means that the attempt has moved on (captured already, expired already, declined): the
 * inquiry that follows says where to. Everything else is no answer, and is thrown.
 */
async function unlessTooLate(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  const { StripeInvalidRequestError, StripeCardError } = Stripe.errors;
  return error instanceof StripeInvalidRequestError || error instanceof StripeCardError;
}

/** Which attempt it is about. Disputes and refunds only name their payment: that is asked for its order. */
async function subjectOf(stripe: Stripe, event: Stripe.Event): Promise<GatewayEvent['about']> {
  const { metadata, payment_intent: paid } = event.data.object as {
    readonly metadata?: Record<string, string> | null;
    readonly payment_intent?: string | { readonly id: string } | null;
  };
  const told = namedIn(metadata);
  const intentId = typeof paid === 'string' ? paid : paid?.id;
  if (told !== undefined || intentId === undefined) return told;
  return namedIn((await stripe.paymentIntents.retrieve(intentId)).metadata);
}

function namedIn(metadata: Record<string, string> | null | undefined): GatewayEvent['about'] {
  const { orderId, attemptId } = metadata ?? {};
  return orderId === undefined || attemptId === undefined ? undefined : { orderId, attemptId };
}
