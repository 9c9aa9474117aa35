import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { askForCode, bookByApi, newPerson, openDays, readMail } from '#test/support/journey-steps.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.signIn;
const visitors = useVisitors();

async function expectRefused(page: Page, code: 'link_expired' | 'link_already_used'): Promise<void> {
  const { title } = problemOf({ code });
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

// PRD 7.1, 7.2 and 8.1: tickets bought as a guest are in the wallet of whoever owns the address.
it('signs in by a mailed link, once, and finds the tickets of that address', async () => {
  const guest = await visitors.arrive();
  const person = newPerson();
  const { tickets } = await bookByApi(guest, { quantity: 2 }, person);
  await readMail(guest, person.email, /Open Days/);

  const owner = await visitors.arrive();
  const { link } = await askForCode(owner, person.email);
  await owner.goto(link);
  await owner.getByRole('button', { name: words.linkButton }).click();
  // Somebody's very first visit: a passkey is offered, and may be left.
  await owner.getByRole('link', { name: messages.security.welcome.later }).click();
  await owner.getByRole('heading', { name: messages.ticket.wallet.title }).waitFor();
  const kept = owner.getByRole('link', { name: openDays.entry });
  expect(await kept.count()).toBe(tickets.length);
  await kept.first().click();
  await owner.getByRole('img', { name: messages.ticket.qrLabel }).waitFor();

  const thief = await visitors.arrive();
  await thief.goto(link);
  await thief.getByRole('button', { name: words.linkButton }).click();
  await expectRefused(thief, 'link_expired');
  await thief.goto(pathTo('wallet'));
  expect(await thief.getByText(messages.ticket.wallet.empty).count()).toBe(1);
});

it('signs out, and the wallet is empty again', async () => {
  const page = await visitors.arrive();
  const person = newPerson();
  const { link } = await askForCode(page, person.email);
  await page.goto(link);
  await page.getByRole('button', { name: words.linkButton }).click();
  await page.getByRole('button', { name: messages.site.signOut }).click();
  await page.goto(pathTo('wallet'));
  expect(await page.getByRole('button', { name: messages.site.signOut }).count()).toBe(0);
});

// I10: the one secret a URL may carry is spent by a press, because mail scanners open every link they see.
it('opens the order on another device by the link in its mail, by one press, and once', async () => {
  const phone = await visitors.arrive();
  const person = newPerson();
  const { orderId } = await bookByApi(phone, {}, person);
  const { text } = await readMail(phone, person.email, /Open Days/);
  const link = linkIn(text, pathTo('orderLink'));

  const scanner = await visitors.arrive();
  await scanner.goto(link);
  await scanner.goto(link);
  const laptop = await visitors.arrive({ screen: 'desktop' });
  await laptop.goto(link);
  await laptop.getByRole('button', { name: words.orderLinkButton }).click();
  await laptop.waitForURL(`**${pathTo('order', { orderId })}`);
  await laptop.getByRole('link', { name: openDays.entry }).waitFor();

  await scanner.getByRole('button', { name: words.orderLinkButton }).click();
  await expectRefused(scanner, 'link_already_used');
});

it('shows the mail as its reader sees it', async () => {
  const page = await visitors.arrive({ screen: 'desktop' });
  const person = newPerson();
  await bookByApi(page, {}, person);
  const { path } = await readMail(page, person.email, /Open Days/);
  await page.goto('/local/mailbox');
  await page.locator(`a[href="${path}"]`).click();
  const mail = page.frameLocator('iframe');
  await mail.getByRole('heading').waitFor();
  expect(await mail.getByRole('heading').textContent()).toBe(messages.mail.order.title);
});
