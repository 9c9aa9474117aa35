import type { Page } from 'playwright-core';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { acceptHere, giveByLink, giveByMail, openTicket, otherBrowser } from './journey-transfers.ts';
import { bankButton, expectOrder, goToBank } from './journey-bank.ts';
import { supervisor } from './journey-gate.ts';
import { bookByApi, newPerson, openDays, signInQuickly } from './journey-steps.ts';

type Open = (page: Page) => Promise<unknown>;

const words = messages.transfers;

/** The same browser without what it holds: whoever gets a link opens it in their own. */
async function asReceiver(page: Page, path: string): Promise<void> {
  await otherBrowser(page);
  await page.goto(path);
}

/** Three tickets that were paid for: one is given to somebody, one is offered. */
async function threePaid(page: Page): Promise<string> {
  const { orderId } = await goToBank(page, { slug: '247gbs-expo', typeId: 'ws-solar', quantity: 3 });
  await bankButton(page, 'approve').click();
  await expectOrder(page, 'completed');
  const links = await page
    .locator(`a[href^="${pathTo('order', { orderId })}/tickets/"]`)
    .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
  const ticketIds = [...new Set(links.flatMap((href) => /\/tickets\/([^/?#]+)/.exec(href)?.[1] ?? []))];
  const cookies = await page.context().cookies();
  const [given = '', offered = ''] = ticketIds;
  await asReceiver(page, await giveByLink(page, { orderId, ticketId: given }));
  await acceptHere(page);
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  await giveByLink(page, { orderId, ticketId: offered });
  return orderId;
}

/** Tickets that pass from one to another, by the name their pictures are kept under. */
export const transferPages: Readonly<Record<string, Open>> = {
  'ticket-give': async (page) => {
    await openTicket(page);
    await page.getByRole('link', { name: words.acts.give }).click();
  },
  'ticket-give-refused': async (page) => {
    await openTicket(page);
    await page.getByRole('link', { name: words.acts.give }).click();
    await page.getByLabel(words.give.email, { exact: true }).fill('kofi@nowhere');
    await page.getByLabel(words.give.message, { exact: true }).fill('See www.evil.example');
    await page.getByRole('button', { name: words.give.send }).click();
    await page.getByText(words.give.messageError).waitFor();
  },
  'ticket-give-link': async (page) => giveByLink(page, await openTicket(page)),
  'ticket-offered': async (page) => {
    const ticket = await openTicket(page);
    await giveByMail(page, ticket, newPerson().email);
    await page.getByRole('link', { name: words.give.back }).click();
  },
  'transfer-bearer': async (page) => asReceiver(page, await giveByLink(page, await openTicket(page))),
  'transfer-mailed': async (page) => {
    const person = newPerson('Kofi Receiver');
    const note = { giverName: 'Ama', message: 'Happy birthday, Kofi!\nSee you at the lane.' };
    await asReceiver(page, await giveByMail(page, await openTicket(page), person.email, note));
  },
  'transfer-taken': async (page) => {
    const link = await giveByLink(page, await openTicket(page));
    await asReceiver(page, link);
    await acceptHere(page);
    await asReceiver(page, link);
  },
  'ticket-received': async (page) => {
    await asReceiver(page, await giveByLink(page, await openTicket(page)));
    await acceptHere(page);
  },
  'ticket-reissue': async (page) => {
    await openTicket(page);
    await page.getByRole('link', { name: words.acts.reissue }).click();
  },
  'ticket-anew': async (page) => {
    await openTicket(page);
    await page.getByRole('link', { name: words.acts.reissue }).click();
    await page.getByRole('button', { name: words.reissue.button }).click();
    await page.getByText(words.acts.anewTitle).waitFor();
  },
  'ticket-given': async (page) => {
    const ticket = await openTicket(page);
    const cookies = await page.context().cookies();
    await asReceiver(page, await giveByLink(page, ticket));
    await acceptHere(page);
    await page.context().clearCookies();
    await page.context().addCookies(cookies);
    await page.goto(pathTo('ticket', ticket));
  },
  'order-refund-given': async (page) => {
    await page.goto(pathTo('orderRefund', { orderId: await threePaid(page) }));
    await page.getByText(messages.storefront.refunding.givenAway(1)).waitFor();
    await page.getByText(messages.storefront.refunding.offered(1)).waitFor();
  },
  'studio-order-given': async (page) => {
    const orderId = await threePaid(page);
    await signInQuickly(page, 'per_demo_owner');
    await page.goto(pathTo('studioOrder', { orderId }));
    await page.getByText(messages.sellerOrders.refund.withUsed(1)).waitFor();
  },
  'studio-help-desk': async (page) => {
    const person = newPerson();
    const { orderId } = await bookByApi(page, { quantity: 2 }, person);
    await signInQuickly(page, supervisor.id);
    await page.goto(pathTo('studioTickets', { slug: openDays.slug }));
    const typed = page.getByLabel(messages.studio.tickets.label, { exact: true });
    await typed.fill(person.email);
    await page.getByRole('button', { name: messages.gate.find.search, exact: true }).click();
    await page.getByRole('button', { name: messages.studio.tickets.open }).click();
    await page.getByText(person.name).waitFor();
    await page.getByText(words.acts.reissue).first().click();
    return orderId;
  },
};
