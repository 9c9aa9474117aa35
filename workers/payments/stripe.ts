import Stripe from 'stripe';
import { orderQuantity, type Order } from '#shared/orders/order.ts';
import type { Attempt, GatewayStatus } from '#shared/orders/attempt.ts';
import type { GatewayStep } from '#shared/orders/saga.ts';
import { pathTo } from '#workers/routes.ts';
import type { GatewayEvent, PaymentGateway } from './gateway.ts';

type Account = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where the buyer comes back to. */
  readonly publicOrigin: string;
  readonly fetch: typeof fetch;
};

const callTimeoutMs = 8_000;
/** The shortest life Stripe allows a Checkout Session; the desk ends it sooner. */
const sessionLifeSeconds = 31 * 60;
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
      const sessionId =
        attempt.sessionId ?? (await openSession(stripe, account.publicOrigin, attempt, order)).sessionId ?? '';
      if (operation === 'inquire') return inquire(stripe, sessionId);
      if (operation === 'abandon') {
        await unlessTooLate(() => stripe.checkout.sessions.expire(sessionId));
        return inquire(stripe, sessionId);
      }
      const intent = attempt.intentId ?? (await inquire(stripe, sessionId)).intentId;
      if (intent === undefined) return inquire(stripe, sessionId);
      await unlessTooLate(() => settle(stripe, operation, intent, attempt));
      return inquire(stripe, sessionId);
    },

    async hear(body: string, signature: string): Promise<GatewayEvent | undefined> {
      let event: Stripe.Event;
      try {
        const { webhookSecret } = account;
        event = await stripe.webhooks.constructEventAsync(body, signature, webhookSecret, webhookToleranceSeconds, crypto);
      } catch {
        return undefined;
      }
      return { eventId: event.id, kind: event.type, about: subjectOf(event) };
    },
  };
}

async function openSession(stripe: Stripe, origin: string, attempt: Attempt, order: Order): Promise<GatewayStatus> {
  const { orderId, snapshot } = order;
  const { attemptId } = attempt;
  const metadata = { orderId, attemptId };
  const page = `${origin}${pathTo('order', { orderId })}`;
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: orderId,
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: snapshot.currency.toLowerCase(),
            unit_amount: snapshot.totalMinor,
            product_data: { name: `${snapshot.event.title}: ${orderQuantity(snapshot)} × ticket` },
          },
        },
      ],
      payment_intent_data: { capture_method: 'manual', metadata },
      metadata,
      success_url: `${origin}${pathTo('orderReturn', { orderId })}`,
      cancel_url: page,
      // Counted from the attempt, not from now: a repeat under the same idempotency key must say the same.
      expires_at: Math.floor(attempt.createdAtMs / 1_000) + sessionLifeSeconds,
    },
    { idempotencyKey: `${attemptId}/open` },
  );
  return { state: 'open', sessionId: session.id, url: session.url ?? undefined };
}

function settle(stripe: Stripe, operation: 'capture' | 'void' | 'refund', intent: string, { attemptId }: Attempt) {
  const options = { idempotencyKey: `${attemptId}/${operation}` };
  if (operation === 'capture') return stripe.paymentIntents.capture(intent, {}, options);
  if (operation === 'void') return stripe.paymentIntents.cancel(intent, {}, options);
  return stripe.refunds.create({ payment_intent: intent }, options);
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
      return status(isRefunded(intent) ? 'refunded' : 'captured');
    case 'canceled':
      return status('voided');
    default:
      return status(session.status === 'expired' ? 'dead' : 'open');
  }
}

function isRefunded({ latest_charge: charge }: Stripe.PaymentIntent): boolean {
  return charge !== null && typeof charge !== 'string' && charge.refunded;
}

/**
 * A 4xx answer to an operation means that the attempt has moved on (captured already, expired already, declined): the
 * inquiry that follows says where to. Everything else is no answer, and is thrown.
 */
async function unlessTooLate(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const isRefusal = error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError;
    if (!isRefusal) throw error;
  }
}

function subjectOf(event: Stripe.Event): GatewayEvent['about'] {
  const object = event.data.object as { metadata?: Record<string, string> | null };
  const { orderId, attemptId } = object.metadata ?? {};
  return orderId === undefined || attemptId === undefined ? undefined : { orderId, attemptId };
}
