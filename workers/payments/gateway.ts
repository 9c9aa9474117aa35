import type { GatewayStatus } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import type { RefundStatus } from '#shared/orders/refund.ts';
import type { GatewayStep, PayBackStep } from '#shared/orders/steps.ts';

/**
 * A way to take money. Every operation answers what the attempt's state is afterwards, so that a repeat, a crash or a
 * lost answer is mended by asking again. Throws when the gateway does not answer: then nothing is known.
 */
export type PaymentGateway = {
  readonly perform: (step: GatewayStep, order: Order) => Promise<GatewayStatus>;
  /** Gives back a part of what was captured: a refund whose id makes it happen once. */
  readonly payBack: (step: PayBackStep, order: Order) => Promise<RefundStatus>;
  /**
   * Reads a webhook: what it is about, or undefined when its signature is not the gateway's. Throws when the gateway has to be
   * asked what it is about, and does not answer.
   */
  readonly hear: (body: string, signature: string) => Promise<GatewayEvent | undefined>;
};

/** What a webhook tells. Its content is not believed beyond this: the gateway is asked how the attempt stands. */
export type GatewayEvent = {
  readonly eventId: string;
  readonly kind: string;
  /** Undefined for events that are about no order of ours. */
  readonly about: { readonly orderId: string; readonly attemptId: string } | undefined;
};
