import { orderIdOf } from '#shared/ids.ts';
import { byCard, paymentPatienceMs, type Attempt } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import { stripeDoor } from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { order as anyOrder, pricedSnapshot } from '#test/support/orders.ts';
import { stripeGateway } from '#workers/payments/stripe.ts';

/** The adapter and the raw protocol, both against the sandbox's own HTTP. */

export const reachSandbox: typeof fetch = (input, init) => stripeDoor.fetch(new Request(input, init));

/** The adapter as the Worker makes it, on a clock that may be ahead. */
export function gatewayVia(reach: typeof fetch, aheadMs = 0) {
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    PUBLIC_ORIGIN: publicOrigin,
  } = environment;
  const clock = () => Date.now() + aheadMs;
  return stripeGateway({ secretKey, webhookSecret, publicOrigin, fetch: reach, clock });
}

/** An order nobody has heard of, and its first try to pay. */
export function freshAttempt(createdAtMs = Date.now()): { order: Order; attempt: Attempt } {
  const orderId = orderIdOf('eur00', crypto.getRandomValues(new Uint8Array(16)));
  const order = anyOrder({ orderId, state: 'firm', snapshot: pricedSnapshot(2_100, 2) });
  const tender = byCard(4_200);
  const deadlineMs = createdAtMs + paymentPatienceMs;
  return {
    order,
    attempt: { attemptId: `${orderId}/1`, method: 'card', tender, state: 'new', createdAtMs, deadlineMs },
  };
}

export type ErrorBody = { error: { type: string; code?: string; message: string; param?: string } };

/** A call to the API as any client would make it. */
export async function call<Body = ErrorBody>(
  method: 'GET' | 'POST',
  path: string,
  { form = {}, key, secret = environment.STRIPE_SECRET_KEY }: CallOptions = {},
) {
  const fields = new URLSearchParams(form);
  const headers = { authorization: `Bearer ${secret}`, ...(key === undefined ? {} : { 'idempotency-key': key }) };
  const url = `https://api.stripe.com${path}${method === 'GET' ? `?${fields.toString()}` : ''}`;
  const request = new Request(url, { method, headers, ...(method === 'POST' ? { body: fields } : {}) });
  const response = await stripeDoor.fetch(request);
  return { status: response.status, headers: response.headers, body: await response.json<Body>() };
}

type CallOptions = { form?: Record<string, string>; key?: string; secret?: string };

/** What a shop must say to open a session. */
export const sessionForm = {
  mode: 'payment',
  'line_items[0][quantity]': '2',
  'line_items[0][price_data][currency]': 'gbp',
  'line_items[0][price_data][unit_amount]': '2100',
  'line_items[0][price_data][product_data][name]': 'Day ticket',
  'payment_intent_data[capture_method]': 'manual',
  'payment_intent_data[metadata][orderId]': 'ord_other',
  success_url: 'https://shop.example/done',
  cancel_url: 'https://shop.example/back',
};

export type SessionBody = {
  id: string;
  status: string;
  payment_status: string;
  url: string | null;
  payment_intent: string | null;
};
