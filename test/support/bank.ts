import { exports } from 'cloudflare:workers';
import { vi } from 'vitest';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { deskOfOrder } from '#objects/order-desk/client.ts';
import { orderLines, type Order } from '#shared/orders/order.ts';
import { bankOf } from '#workers/local/bank/bank.ts';
import type { BuyerChoice } from '#workers/local/bank/buyer-moves.ts';
import type { EventKind, Payment } from '#workers/local/bank/payment.ts';
import { eventObject } from '#workers/local/bank/stripe-objects.ts';
import { apiVersion, signatureOf } from '#workers/local/bank/webhook-post.ts';
import type { LocalExports } from '#workers/local/sandboxes.ts';
import { pathTo } from '#workers/routes.ts';
import { environment } from './environment.ts';

/** Buyers and the bank as people meet them: by pages and forms alone. What came of it is read from where it is true. */

export const site = (exports as unknown as LocalExports['exports']).default;
export const stripeDoor = (exports as unknown as LocalExports['exports']).StripeSandbox;
const { PUBLIC_ORIGIN: origin } = environment;

export type Page = { readonly path: string; readonly status: number; readonly html: string };

const redirectLimit = 10;

/** A browser without JavaScript: it keeps cookies, follows redirects, and says where its forms come from. */
export function openBrowser({ cookie = '', signal }: { cookie?: string; signal?: AbortSignal } = {}) {
  const cookies = new Map<string, string>(cookie === '' ? [] : cookie.split('; ').map(namedValue));

  async function request(address: string, init: RequestInit): Promise<Page> {
    let url = new URL(address, origin);
    let next = init;
    for (let hop = 0; hop < redirectLimit; hop += 1) {
      const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), origin };
      const response = await site.fetch(
        new Request(url, { ...next, ...(signal && { signal }), headers, redirect: 'manual' }),
      );
      for (const set of response.headers.getSetCookie()) cookies.set(...namedValue(set.split(';')[0] ?? ''));
      const html = await response.text();
      const location = response.headers.get('location');
      if (location === null) return { path: url.pathname, status: response.status, html };
      url = new URL(location, url);
      next = { method: 'GET' };
    }
    throw new Error('Too many redirects');
  }

  return {
    get: (address: string) => request(address, { method: 'GET' }),
    post: (address: string, fields: Record<string, string>) =>
      request(address, { method: 'POST', body: new URLSearchParams(fields) }),
  };
}

function namedValue(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

export type Browser = ReturnType<typeof openBrowser>;

/** The filled-in checkout form for day tickets, as its page offers it; posting it twice is a double click. */
export async function checkoutForm(browser: Browser, slug: string, quantity = 1): Promise<Record<string, string>> {
  const page = await browser.get(`${pathTo('checkout', { slug })}?q_day=${quantity}`);
  const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return { ...fields, name: 'Ama Mensah', email: 'ama@example.org' };
}

/** Places an order and arrives at the bank. */
export async function goToBank(slug: string, { browser = openBrowser(), quantity = 1 } = {}) {
  const form = await checkoutForm(browser, slug, quantity);
  const page = await browser.post(pathTo('checkout', { slug }), form);
  return { browser, form, ...(await atBank(page)) };
}

/** Which session's page this is, and which order it pays for. */
export async function atBank({ path, html }: Page) {
  const sessionId = /^\/local\/bank\/(cs_\w+)$/.exec(path)?.[1];
  if (sessionId === undefined) throw new Error(`Not at the bank but at ${path}: ${html.slice(0, 300)}`);
  const { terms } = await paymentNow(sessionId);
  return { sessionId, orderId: terms.metadata['orderId'] ?? '', attemptId: terms.metadata['attemptId'] ?? '' };
}

export function choose(browser: Browser, sessionId: string, choice: BuyerChoice): Promise<Page> {
  return browser.post(`/local/bank/${sessionId}`, { choice });
}

export async function paymentNow(sessionId: string): Promise<Payment> {
  const payment = await bankOf(environment).payment(sessionId);
  if (payment === undefined) throw new Error(`The bank knows no ${sessionId}`);
  return payment;
}

/** Every payment the bank was asked for on behalf of an order, newest first. */
export async function paymentsOf(orderId: string): Promise<Payment[]> {
  const { payments } = await bankOf(environment).overview();
  return payments.filter(({ terms }) => terms.metadata['orderId'] === orderId);
}

export async function pendingWebhooks(sessionId: string) {
  const { webhooks } = await bankOf(environment).overview();
  return webhooks.filter((webhook) => webhook.sessionId === sessionId);
}

/** When the shop has heard all there is to hear. */
export function allHeard(sessionId: string): Promise<void> {
  return vi.waitFor(
    async () => {
      const pending = await pendingWebhooks(sessionId);
      if (pending.length > 0) throw new Error(`Not heard yet: ${pending.map(({ kind }) => kind).join(', ')}`);
    },
    { timeout: 10_000, interval: 20 },
  );
}

/** A person presses `Send now` for each webhook that waits. */
export async function sendAll(browser: Browser, sessionId: string): Promise<void> {
  for (const { seq } of await pendingWebhooks(sessionId)) await browser.post(`/local/bank/webhooks/${seq}`, {});
}

/** A webhook as the bank would send it, about the payment as it stands. */
export async function webhookOf(payment: Payment, kind: EventKind, id = `evt_${crypto.randomUUID()}`) {
  const body = JSON.stringify(eventObject(payment, kind, { id, atMs: Date.now(), apiVersion }));
  const signature = await signatureOf(body, environment.STRIPE_WEBHOOK_SECRET, Date.now());
  return { body, signature };
}

export function postWebhook({ body, signature }: { body: string; signature: string }): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature };
  return site.fetch(new Request(`${origin}${pathTo('stripeWebhook')}`, { method: 'POST', headers, body }));
}

export async function orderNow(orderId: string): Promise<Order> {
  const shown = await deskOfOrder(environment.ORDER_DESK, orderId)?.show(orderId);
  if (!shown?.ok) throw new Error(`No desk knows ${orderId}`);
  return shown.value;
}

/** When the order has reached a state; it may get there by a webhook nobody waits for. */
export function orderBecomes(orderId: string, state: Order['state']): Promise<Order> {
  return vi.waitFor(
    async () => {
      const order = await orderNow(orderId);
      if (order.state !== state) throw new Error(`The order is ${order.state}, not ${state}`);
      return order;
    },
    { timeout: 10_000, interval: 20 },
  );
}

/** I3, with both sides read where they are true: what the bank keeps, and what the order's live tickets cost. */
export async function moneyAndTickets(orderId: string) {
  const [order, payments] = await Promise.all([orderNow(orderId), paymentsOf(orderId)]);
  const taken = payments.flatMap(({ terms, intent }) => {
    return intent?.status === 'succeeded' ? terms.amountMinor - (intent.charge?.refundedMinor ?? 0) : [];
  });
  const prices = new Map(orderLines(order.snapshot).map(({ itemId, unitMinor }) => [itemId, unitMinor]));
  const live = await inventoryTickets(order);
  return {
    keptMinor: sum(taken),
    liveMinor: sum(live.map(({ typeId }) => prices.get(typeId) ?? 0)),
    reservations: payments.filter(({ intent }) => intent?.status === 'requires_capture').length,
  };
}

async function inventoryTickets({ tickets }: Order) {
  const shown = await Promise.all(
    tickets.map(({ ticketId, eventId }) => inventoryOf(environment.EVENT_INVENTORY, eventId).showTickets([ticketId])),
  );
  return shown
    .flat()
    .filter(({ status }) => status !== 'refunded')
    .map(({ type }) => ({ typeId: type.id }));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
