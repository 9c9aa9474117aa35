import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Failure } from '#shared/result.ts';
import { local } from '#workers/local/messages.ts';
import type { BuyerChoice } from '#workers/local/bank/buyer-moves.ts';
import type { Payment } from '#workers/local/bank/payment.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';
import { callObject } from './journey-objects.ts';
import { newPerson } from './journey-steps.ts';

/** Buyers who pay, the bank as they meet it, and what the bank has in its books afterwards. */

const words = messages.storefront;
const bankWords = local.bank;

/** What the shop learns by webhook it knows within a moment; a busy machine's moment is longer. */
export const soon = { timeout: 10_000, interval: 50 } as const;

export const standing = { slug: 'night-ferry-lagos', typeId: 'standing', name: 'Slipway standing' } as const;
export const anyTwoDays = { slug: '247gbs-expo', typeId: 'any-two-days', name: 'Any two days' } as const;

type Choice = { readonly slug: string; readonly typeId: string; readonly quantity?: number };

/** The checkout as the event page leads to it, filled in. */
export async function fillPaidCheckout(page: Page, choice: Choice = standing, person = newPerson()): Promise<void> {
  await page.goto(checkoutPath(choice));
  await introduce(page, person);
}

export function checkoutPath({ slug, typeId, quantity = 1 }: Choice): string {
  return `${pathTo('checkout', { slug })}?q_${typeId}=${quantity}`;
}

export async function introduce(page: Page, person: { name: string; email: string }): Promise<void> {
  await page.getByLabel(words.checkout.name, { exact: true }).fill(person.name);
  await page.getByLabel(words.checkout.email, { exact: true }).fill(person.email);
}

/** The checkout's button that leads to the bank, whatever the price in it. */
export function payButton(page: Page): Locator {
  return page.getByRole('button', { name: new RegExp(`^${words.checkout.pay('')}`) });
}

/** The one of an order's page: its words depend on why the order is not paid yet. */
export function orderPayButton(page: Page, orderId: string): Locator {
  return page.locator(`form[action="${pathTo('orderPay', { orderId })}"]`).getByRole('button');
}

export type AtBank = { readonly sessionId: string; readonly orderId: string };

/** When the page is the bank's: which payment it is about, and which order that pays for. */
export async function atBank(page: Page): Promise<AtBank> {
  await page.waitForURL(/\/local\/bank\/cs_\w+$/);
  const sessionId = new URL(page.url()).pathname.replace('/local/bank/', '');
  const { terms } = await paymentNow(sessionId);
  return { sessionId, orderId: terms.metadata['orderId'] ?? '' };
}

/** From nothing to the bank's page. */
export async function goToBank(page: Page, choice: Choice = standing, person = newPerson()): Promise<AtBank> {
  await fillPaidCheckout(page, choice, person);
  await payButton(page).click();
  return atBank(page);
}

export function bankButton(page: Page, choice: BuyerChoice): Locator {
  const [name = ''] = bankWords.choice[choice];
  return page.getByRole('button', { name, exact: true });
}

/** The one-time code, read off the phone that the bank draws beside its question. */
export async function sentCode(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1, name: bankWords.code.title }).waitFor();
  const code = page.getByText(/^\d{6}$/);
  return (await code.textContent()) ?? '';
}

export function codeField(page: Page): Locator {
  return page.getByLabel(bankWords.code.label);
}

export function confirmButton(page: Page): Locator {
  return page.getByRole('button', { name: bankWords.code.confirm, exact: true });
}

/** A payment's row in the bank's own list, from which payments and webhooks are pushed on. */
export async function bankRow(page: Page, sessionId: string): Promise<Locator> {
  await page.goto('/local/bank');
  return page.getByRole('listitem').filter({ has: page.locator(`a[href="/local/bank/${sessionId}"]`) });
}

/** Somebody at the bank makes up its mind about a payment it was processing. */
export async function bankSaysYes(page: Page, sessionId: string): Promise<void> {
  const row = await bankRow(page, sessionId);
  await row.getByRole('button', { name: bankWords.list.decide }).click();
}

/** Somebody at the bank sends each webhook that waits. */
export async function sendWebhooks(page: Page, sessionId: string): Promise<void> {
  const waiting = (await bankRow(page, sessionId)).getByRole('button', { name: bankWords.list.send });
  const sendOne = async (): Promise<number> => {
    const count = await waiting.count();
    if (count > 0) await waiting.first().click();
    return count;
  };
  await expect.poll(sendOne, soon).toBe(0);
}

export async function expectOrder(page: Page, state: keyof typeof orderTitles): Promise<void> {
  await page.getByRole('heading', { level: 1, name: orderTitles[state], exact: true }).waitFor();
}

/** An order that was let go says why, and what of it the buyer may still have. */
export async function expectLetGo(page: Page, why: Failure): Promise<void> {
  const { title, detail } = problemOf(why);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  const told = await page.locator('main').textContent();
  expect(told).toContain(detail);
  expect(told).toContain(words.order.released.nothingTaken);
}

const orderTitles = {
  unpaid: words.order.unpaid.title,
  paying: words.order.paying.title,
  completed: words.order.completedTitle,
} as const;

export async function paymentNow(sessionId: string): Promise<Payment> {
  const payment = await callObject('BANK', 'bank', 'payment', [sessionId]);
  if (payment === undefined) throw new Error(`The bank knows no ${sessionId}`);
  return payment;
}

/** The newest payments of all buyers. */
export async function bankBooks(): Promise<Payment[]> {
  return (await callObject('BANK', 'bank', 'overview', [])).payments;
}

export async function paymentsOf(orderId: string): Promise<Payment[]> {
  return (await bankBooks()).filter(({ terms }) => terms.metadata['orderId'] === orderId);
}

/** What the bank was asked to do since `before`: an action that must charge nothing opens no payment either. */
export async function openedSince(before: readonly Payment[]): Promise<string[]> {
  const known = new Set(before.map(({ sessionId }) => sessionId));
  return (await bankBooks()).map(({ sessionId }) => sessionId).filter((sessionId) => !known.has(sessionId));
}

/** I3, the bank's side: what it took and did not give back, and what it still reserves. */
export async function moneyOf(orderId: string): Promise<{ keptMinor: number; reservedMinor: number }> {
  const payments = await paymentsOf(orderId);
  const amounts = (status: string) =>
    payments
      .filter(({ intent }) => intent?.status === status)
      .reduce((sum, { terms, intent }) => sum + terms.amountMinor - (intent?.charge?.refundedMinor ?? 0), 0);
  return { keptMinor: amounts('succeeded'), reservedMinor: amounts('requires_capture') };
}

/** The last row of a receipt, such as `₦30,950`. */
export async function totalOn(page: Page): Promise<string> {
  const row = page.locator('p').filter({ hasText: new RegExp(`^${words.receipt.total}`) });
  return ((await row.textContent()) ?? '').replace(words.receipt.total, '').trim();
}

/** The order is paid once and has its tickets, on the page and in the books. */
export async function expectPaid(page: Page, { orderId, sessionId }: AtBank, tickets = 1): Promise<void> {
  await expectOrder(page, 'completed');
  expect(new URL(page.url()).pathname).toBe(pathTo('order', { orderId }));
  expect(await page.locator(`a[href^="${pathTo('order', { orderId })}/tickets/"]`).count()).toBe(tickets);
  const { terms } = await paymentNow(sessionId);
  expect(await moneyOf(orderId)).toEqual({ keptMinor: terms.amountMinor, reservedMinor: 0 });
}
