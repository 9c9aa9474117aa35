import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { minuteMs } from '#shared/time.ts';
import {
  atBank,
  bankBooks,
  bankButton,
  checkoutPath,
  expectPaid,
  fillPaidCheckout,
  goToBank,
  openedSince,
  payButton,
  paymentNow,
  standing,
  totalOn,
} from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { orderNow } from '#test/support/journey-objects.ts';
import { signInQuickly } from '#test/support/journey-steps.ts';
import type { EventKind } from '#workers/local/bank/payment.ts';
import { eventObject } from '#workers/local/bank/stripe-objects.ts';
import { apiVersion, signatureOf } from '#workers/local/bank/webhook-post.ts';
import { local } from '#workers/local/messages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront;
const visitors = useVisitors();

async function setHidden(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`input[name="${name}"]`).evaluate((input, forged) => input.setAttribute('value', forged), value);
}

async function quoteOf(page: Page): Promise<string> {
  return (await page.locator('input[name="quote"]').getAttribute('value')) ?? '';
}

/** The same promise with a friendlier number in it, under the signature of the old one. */
function cheaper(quote: string): string {
  const [body = '', mac = ''] = quote.split('.');
  const promise = JSON.parse(Buffer.from(body, 'base64url').toString()) as { totalMinor: number };
  return `${Buffer.from(JSON.stringify({ ...promise, totalMinor: 100 })).toString('base64url')}.${mac}`;
}

const one = { ...standing, quantity: 1 };

type Forgery = [what: string, quantity: number, forge: (page: Page) => Promise<void>];

const forgeries: Forgery[] = [
  ['a cheaper quote', 1, async (page) => setHidden(page, 'quote', cheaper(await quoteOf(page)))],
  ['no quote', 1, (page) => setHidden(page, 'quote', '')],
  ['a higher quantity than was quoted', 5, (page) => setHidden(page, `q_${standing.typeId}`, '5')],
  [
    'the honest quote for other tickets',
    1,
    async (page) => {
      const other = await page.context().newPage();
      await other.goto(checkoutPath({ slug: '247gbs-expo', typeId: 'any-two-days' }));
      await setHidden(page, 'quote', await quoteOf(other));
    },
  ],
];

it.each(forgeries)('sent %s, the checkout shows the true total and charges nothing', async (_what, quantity, forge) => {
  const page = await visitors.arrive({ javaScript: false });
  await page.goto(checkoutPath({ ...standing, quantity }));
  const total = await totalOn(page);
  await fillPaidCheckout(page, one);
  await forge(page);
  const before = await bankBooks();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    payButton(page).click(),
  ]);
  const { status, title } = problemOf({ code: 'quote_stale' });
  expect(answer.status()).toBe(status);
  await page.getByRole('alert').getByText(title).waitFor();
  expect(await totalOn(page)).toBe(total);
  expect(await openedSince(before)).toEqual([]);

  await page.getByRole('button', { name: words.checkout.pay(total), exact: true }).click();
  await atBank(page);
  await page.getByRole('heading', { level: 1, name: local.bank.pay(total), exact: true }).waitFor();
});

it("lets nobody near another person's order, nor pay it", async () => {
  const buyer = await visitors.arrive();
  const { orderId } = await goToBank(buyer);
  const before = await orderNow(orderId);
  const { title } = problemOf({ code: 'order_unknown' });
  const stranger = await visitors.arrive();
  const pay = () =>
    stranger.request.post(pathTo('orderPay', { orderId }), {
      headers: { origin: inject('serverUrl') },
      maxRedirects: 0,
    });
  for (const person of ['nobody', 'per_demo_customer', 'per_demo_owner']) {
    if (person !== 'nobody') await signInQuickly(stranger, person);
    for (const name of ['order', 'orderReturn', 'orderCalendar'] as const) {
      const opened = await stranger.goto(pathTo(name, { orderId }));
      expect({ person, name, status: opened?.status() }).toEqual({ person, name, status: 404 });
      await stranger.getByRole('heading', { level: 1, name: title }).waitFor();
    }
    const paid = await pay();
    expect({ person, status: paid.status() }).toEqual({ person, status: 404 });
    expect(await paid.text()).toContain(title);
  }
  expect(await orderNow(orderId)).toEqual(before);
});

async function eventAbout(sessionId: string, kind: EventKind): Promise<string> {
  const about = { id: `evt_${crypto.randomUUID()}`, atMs: Date.now(), apiVersion };
  return JSON.stringify(eventObject(await paymentNow(sessionId), kind, about));
}

/** As the gateway posts: from no page, and without cookies. */
async function postWebhook(body: string, signature: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature };
  const response = await fetch(new URL(pathTo('stripeWebhook'), inject('serverUrl')), {
    method: 'POST',
    headers,
    body,
  });
  await response.body?.cancel();
  return response.status;
}

it('believes no webhook that the gateway did not sign, and no word of those it did', async () => {
  const page = await visitors.arrive();
  const { orderId, sessionId } = await goToBank(page);
  const [order, payment] = [await orderNow(orderId), await paymentNow(sessionId)];
  const secret = inject('webhookSecret');
  const body = await eventAbout(sessionId, 'checkout.session.completed');
  const now = Date.now();
  const { status: refused } = problemOf({ code: 'webhook_forged' });
  expect(await postWebhook(body, '')).toBe(refused);
  expect(await postWebhook(body, await signatureOf(body, 'whsec_guessed', now))).toBe(refused);
  expect(await postWebhook(body, await signatureOf(body, secret, now - 6 * minuteMs))).toBe(refused);
  expect(await postWebhook(`${body} `, await signatureOf(body, secret, now))).toBe(refused);
  // Signed and untrue: the gateway itself is asked, and knows better.
  expect(await postWebhook(body, await signatureOf(body, secret, now))).toBe(200);
  expect(await orderNow(orderId)).toEqual(order);
  expect(await paymentNow(sessionId)).toEqual(payment);
});

// I5: gateways repeat themselves.
it('hears a webhook again and again, and changes nothing', async () => {
  const page = await visitors.arrive();
  const at = await goToBank(page);
  await bankButton(page, 'twice').click();
  await expectPaid(page, at);
  const [order, payment] = [await orderNow(at.orderId), await paymentNow(at.sessionId)];
  const kinds = ['payment_intent.succeeded', 'checkout.session.completed', 'payment_intent.payment_failed'] as const;
  for (const kind of kinds) {
    const body = await eventAbout(at.sessionId, kind);
    const signature = await signatureOf(body, inject('webhookSecret'), Date.now());
    const answers = await Promise.all([1, 2, 3].map(() => postWebhook(body, signature)));
    expect({ kind, answers }).toEqual({ kind, answers: [200, 200, 200] });
  }
  expect(await orderNow(at.orderId)).toEqual(order);
  expect(await paymentNow(at.sessionId)).toEqual(payment);
  await page.reload();
  await expectPaid(page, at);
});
