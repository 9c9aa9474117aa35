import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { callObject } from '#test/support/journey-objects.ts';
import { bookByApi, newPerson, openDays, readMail } from '#test/support/journey-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront.waitlist;
const checkoutWords = messages.storefront.checkout;
const visitors = useVisitors();
const eventId = 'evt_open_days';
const kiln = { id: 'kiln-firing', name: 'Kiln firing, 2 places' };

async function join(page: Page, email: string): Promise<void> {
  await page.goto(pathTo('event', { slug: openDays.slug }));
  await page.locator(`[data-offer="${kiln.id}"]`).getByRole('link', { name: words.link }).click();
  await page.getByLabel(checkoutWords.email, { exact: true }).fill(email);
  await page.getByRole('button', { name: words.join, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: words.joined }).waitFor();
  expect(page.url()).not.toContain('@');
}

/** Somebody's ticket is refunded: what came back goes to whoever waits. */
async function giveBack(ticketId: string): Promise<void> {
  await callObject('EVENT_INVENTORY', eventId, 'moveMany', [[{ ticketId, move: 'refund' }]]);
}

async function openOffer(page: Page, email: string): Promise<void> {
  const { text } = await readMail(page, email, new RegExp(`^Your turn`));
  await page.goto(linkIn(text, pathTo('waitlistLink')));
}

// PRD 14.2/4: from sold out to bought, in order, and honest when time runs out.
it('offers what comes back to whoever waited longest, and to nobody else', { timeout: 120_000 }, async () => {
  const buyer = await visitors.arrive();
  const sold = [await bookByApi(buyer, { typeId: kiln.id }), await bookByApi(buyer, { typeId: kiln.id })].map(
    ({ tickets }) => tickets[0]?.ticketId ?? '',
  );
  const [first, second] = [newPerson('Abena First'), newPerson('Bisi Second')];
  const page = await visitors.arrive();
  await join(page, first.email);
  // Again, from another browser: the same words, and no second place.
  await join(await visitors.arrive({ javaScript: false }), first.email);
  const other = await visitors.arrive();
  await join(other, second.email);
  await readMail(page, first.email, /^On the waitlist/);

  await giveBack(sold[0] ?? '');
  // It is set aside: whoever comes by now is told the truth.
  const late = await visitors.arrive();
  await late.goto(`${pathTo('checkout', { slug: openDays.slug })}?q_${kiln.id}=1`);
  const person = newPerson();
  await late.getByLabel(checkoutWords.name, { exact: true }).fill(person.name);
  await late.getByLabel(checkoutWords.email, { exact: true }).fill(person.email);
  await late.getByRole('button', { name: checkoutWords.getFree }).click();
  await late.getByRole('alert').getByRole('link', { name: words.link }).waitFor();

  await openOffer(page, first.email);
  await page.getByRole('heading', { level: 1, name: words.place.offered }).waitFor();
  await page.getByRole('button', { name: words.take }).click();
  await page.getByText(words.carried).waitFor();
  expect(await page.getByLabel(checkoutWords.email, { exact: true }).inputValue()).toBe(first.email);
  await page.getByLabel(checkoutWords.name, { exact: true }).fill(first.name);
  // Another address than the one that waited gets nothing, and hears why.
  await page.getByLabel(checkoutWords.email, { exact: true }).fill(person.email);
  await page.getByRole('button', { name: checkoutWords.getFree }).click();
  await page.getByText(problemOf({ code: 'waitlist_unknown' }).title).waitFor();
  await page.getByLabel(checkoutWords.email, { exact: true }).fill(first.email);
  await page.getByRole('button', { name: checkoutWords.getFree }).click();
  await page.getByRole('heading', { name: messages.storefront.order.completedTitle }).waitFor();

  await giveBack(sold[1] ?? '');
  await openOffer(other, second.email);
  await other.getByRole('heading', { level: 1, name: words.place.offered }).waitFor();
  const tooLate = 31 * 60_000;
  await callObject('EVENT_INVENTORY', eventId, 'moveClock', [tooLate]);
  try {
    await other.getByRole('button', { name: words.take }).click();
    await other.getByRole('heading', { level: 1, name: words.place.lapsed }).waitFor();
  } finally {
    await callObject('EVENT_INVENTORY', eventId, 'moveClock', [-tooLate]);
  }
  await readMail(other, second.email, /^Your offer ran out/);
  // Nobody waits any more, so it is for everybody again; and then it is gone, and somebody changes their mind.
  await bookByApi(buyer, { typeId: kiln.id });
  const third = newPerson('Chika Third');
  await join(other, third.email);
  const { text } = await readMail(other, third.email, /^On the waitlist/);
  await other.goto(linkIn(text, pathTo('waitlistLink')));
  await other.getByRole('button', { name: words.leave }).click();
  await other.getByRole('heading', { level: 1, name: words.place.left }).waitFor();
});
