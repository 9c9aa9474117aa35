import type { Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { local } from '#workers/local/messages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { linkIn, type ReadMail, waitForMail } from '#scripts/journey/mailbox.ts';
import { pathTo } from '#workers/routes.ts';

/** What visitors do again and again, as they do it: by reading, choosing, typing and pressing. */

const words = messages.storefront;

export const openDays = {
  slug: 'open-days',
  number: 1003,
  entry: 'Community entry',
  entryId: 'community-entry',
} as const;

let people = 0;

/** Somebody nobody has met before: an address is used by one test only. */
export function newPerson(name = 'Ama Journey'): { name: string; email: string } {
  people += 1;
  return { name, email: `ama.${process.pid}.${people}@journeys.example` };
}

/** From the event page to the filled-in checkout. */
export async function fillCheckout(
  page: Page,
  person: { name: string; email: string },
  choice: { type: string; quantity: number; slug?: string } = { type: openDays.entry, quantity: 1 },
): Promise<void> {
  await page.goto(pathTo('event', { slug: choice.slug ?? openDays.slug }));
  await page.getByLabel(words.event.quantity(choice.type), { exact: true }).selectOption(String(choice.quantity));
  await page.getByRole('button', { name: words.event.checkOut, exact: true }).click();
  await page.getByLabel(words.checkout.name, { exact: true }).fill(person.name);
  await page.getByLabel(words.checkout.email, { exact: true }).fill(person.email);
}

/** The button that ends the checkout of free tickets. */
export function orderButton(page: Page) {
  return page.getByRole('button', { name: words.checkout.getFree });
}

/** Books by the pages and stops on the order page. Answers its path. */
export async function book(
  page: Page,
  ...filled: Parameters<typeof fillCheckout> extends [Page, ...infer Rest] ? Rest : never
) {
  await fillCheckout(page, ...filled);
  await orderButton(page).click();
  await page.getByRole('heading', { name: words.order.completedTitle }).waitFor();
  return new URL(page.url()).pathname;
}

export type Booked = { orderId: string; tickets: { ticketId: string; typeId: string; handle: string }[] };

/** Books in one call what a test needs but is not about. The page's browser may open the order afterwards. */
export async function bookByApi(
  page: Page,
  choice: {
    slug?: string;
    typeId?: string;
    quantity?: number;
    /** Instead of one type. */
    lines?: { typeId: string; quantity: number }[];
  } = {},
  contact = newPerson(),
): Promise<Booked> {
  const { slug = openDays.slug, typeId = openDays.entryId, quantity = 1 } = choice;
  const { lines = [{ typeId, quantity }] } = choice;
  const response = await page.request.post(pathTo('apiOrders'), {
    headers: { 'idempotency-key': crypto.randomUUID(), origin: inject('serverUrl') },
    data: { event: slug, lines, contact },
  });
  if (response.status() !== 201) throw new Error(`The order was refused: ${await response.text()}`);
  return (await response.json()) as Booked;
}

/** Signs in through the demo door, as a developer does. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto('/local/sign-in');
  await page.getByRole('button', { name: local.demo.become(name) }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/local/'));
}

/**
 * The same without looking: the form's request alone, and then what a browser shows of itself before staff pages open.
 * With scripts it makes its key by itself; without, it goes on for an hour by a press.
 */
export async function signInQuickly(page: Page, personId: string): Promise<void> {
  const headers = { origin: inject('serverUrl') };
  const response = await page.request.post('/local/sign-in', { headers, form: { person: personId }, maxRedirects: 0 });
  expect(response.status()).toBe(303);
  await page.goto(pathTo('security'));
  await showBrowser(page);
}

/** Waits until the page that checks the browser has let it through to the security page. */
export async function showBrowser(page: Page): Promise<void> {
  const goOn = page.getByRole('button', { name: messages.security.held.goOnWithout });
  if ((await goOn.count()) > 0) await goOn.click();
  await page.getByRole('heading', { level: 1, name: messages.security.title, exact: true }).waitFor();
}

/** Asks for a code on the sign-in page and answers it, as it came in the mail, and its link. */
export async function askForCode(page: Page, email: string): Promise<{ code: string; link: string }> {
  const { signIn } = messages;
  await page.goto(pathTo('signIn'));
  await page.getByLabel(signIn.email).fill(email);
  await page.getByRole('button', { name: signIn.send }).click();
  await page.getByRole('heading', { name: signIn.sentTitle }).waitFor();
  const { subject, text } = await readMail(page, email, /sign-in code/);
  return { code: subject.slice(0, 6), link: linkIn(text, pathTo('signInLink')) };
}

/** Types a code into the page that asks for it. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(messages.signIn.code, { exact: true }).fill(code);
  await page.getByLabel(messages.signIn.code, { exact: true }).press('Enter');
}

/** Waits for a mail; the mailbox is read by request, because its pages are not what most tests are about. */
export function readMail(page: Page, to: string, subject: RegExp): Promise<ReadMail> {
  return waitForMail(async (path) => (await page.request.get(path)).text(), to, subject);
}
