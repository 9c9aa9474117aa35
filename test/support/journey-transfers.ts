import type { Page } from 'playwright-core';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { bookByApi, newPerson, readMail } from './journey-steps.ts';

/** Tickets that pass from one to another, as people do it. */

const words = messages.transfers;

export type OpenedTicket = { orderId: string; ticketId: string };

/** Books a ticket and opens it. */
export async function openTicket(page: Page, person = newPerson()): Promise<OpenedTicket> {
  const { orderId, tickets } = await bookByApi(page, {}, person);
  const ticket = { orderId, ticketId: tickets[0]?.ticketId ?? '' };
  await page.goto(pathTo('ticket', ticket));
  return ticket;
}

/** Offers the ticket by mail, and answers the link as it came in that mail. */
export async function giveByMail(
  page: Page,
  ticket: OpenedTicket,
  to: string,
  note: { giverName?: string; message?: string } = {},
): Promise<string> {
  await page.goto(pathTo('ticket', ticket));
  await page.getByRole('link', { name: words.acts.give }).click();
  await page.getByLabel(words.give.email, { exact: true }).fill(to);
  await page.getByLabel(words.give.giverName, { exact: true }).fill(note.giverName ?? '');
  await page.getByLabel(words.give.message, { exact: true }).fill(note.message ?? '');
  await page.getByRole('button', { name: words.give.send }).click();
  await page.getByRole('heading', { name: words.give.sentTitle }).waitFor();
  const { text } = await readMail(page, to, /has a ticket for you/);
  return linkIn(text, pathTo('transferLink'));
}

/** Makes a link, and answers it as it stands on the page to be handed on. */
export async function giveByLink(page: Page, ticket: OpenedTicket): Promise<string> {
  await page.goto(pathTo('ticket', ticket));
  await page.getByRole('link', { name: words.acts.give }).click();
  await page.getByRole('button', { name: words.give.makeLink }).click();
  const link = await page.getByLabel(words.give.linkLabel).inputValue();
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

/** What this browser held is gone, as if the link had been opened in another one. */
export async function otherBrowser(page: Page): Promise<void> {
  await page.context().clearCookies();
}

export async function acceptHere(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.accept.accept }).click();
  await page.getByText(words.acts.yoursTitle).waitFor();
}
