import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { soon } from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { buyOne, laterAtBank, openEvidence } from '#test/support/journey-dispute-pages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const visitors = useVisitors();
const words = messages.disputes;

// PRD 8.2/7, 17/1: a dispute suspends the ticket, and collects what its bank is shown.
it('a buyer disputes a payment: the ticket is on hold, the evidence is there to print, and the verdict ends it', async () => {
  const buyer = await visitors.arrive();
  const at = await buyOne(buyer);
  await laterAtBank(buyer, at, 'dispute');
  await buyer.goto(pathTo('order', { orderId: at.orderId }));
  const ticketUrl = (await buyer.locator('a[href*="/tickets/"]').first().getAttribute('href')) ?? '';
  await becomes(buyer, ticketUrl, 1);
  const keeper = await visitors.arrive({ screen: 'desktop' });
  await openEvidence(keeper, at);
  expect(await keeper.getByText(words.noScans).count()).toBe(1);
  await keeper.getByRole('button', { name: words.print }).waitFor();
  await laterAtBank(buyer, at, 'win');
  await becomes(buyer, ticketUrl, 0);
});

/** The bank tells the shop a moment later. */
async function becomes(page: Page, ticketUrl: string, onHold: 0 | 1): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto(ticketUrl);
      return page.getByText(messages.ticket.withoutCode.suspended).count();
    }, soon)
    .toBe(onHold);
}
