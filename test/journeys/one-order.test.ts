import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { fillCheckout, newPerson, openDays, orderButton } from '#test/support/journey-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront;
const visitors = useVisitors();

/** Tickets this browser holds: of its first order, and of any it was not meant to make. */
async function ticketsHeld(page: Page): Promise<number> {
  await page.goto(pathTo('wallet'));
  return page.getByRole('link', { name: openDays.entry }).count();
}

async function ordered(page: Page): Promise<string> {
  await page.getByRole('heading', { name: words.order.completedTitle }).waitFor();
  return page.url();
}

// I5: one intention, one order, whatever fingers and browsers do.
describe.each([
  ['', true],
  [' without JavaScript', false],
])('checkout%s makes one order', (_way, javaScript) => {
  it('of a double click', async () => {
    const page = await visitors.arrive({ javaScript });
    await fillCheckout(page, newPerson());
    await orderButton(page).dblclick();
    await ordered(page);
    expect(await ticketsHeld(page)).toBe(1);
  });

  it('of going back and pressing again', async () => {
    const page = await visitors.arrive({ javaScript });
    const person = newPerson();
    await fillCheckout(page, person);
    await orderButton(page).click();
    const first = await ordered(page);
    await page.goBack();
    await page.getByLabel(words.checkout.name, { exact: true }).fill(person.name);
    await page.getByLabel(words.checkout.email, { exact: true }).fill(person.email);
    await orderButton(page).click();
    expect(await ordered(page)).toBe(first);
    expect(await ticketsHeld(page)).toBe(1);
  });

  it('of two tabs', async () => {
    const page = await visitors.arrive({ javaScript });
    const person = newPerson();
    await fillCheckout(page, person);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel(words.checkout.name, { exact: true }).fill(person.name);
    await other.getByLabel(words.checkout.email, { exact: true }).fill(person.email);
    await Promise.all([orderButton(page).click(), orderButton(other).click()]);
    expect(await ordered(other)).toBe(await ordered(page));
    expect(await ticketsHeld(page)).toBe(1);
  });
});

it('reloads the order page without ordering again', async () => {
  const page = await visitors.arrive();
  await fillCheckout(page, newPerson());
  await orderButton(page).click();
  const first = await ordered(page);
  await page.reload();
  expect(await ordered(page)).toBe(first);
  expect(await ticketsHeld(page)).toBe(1);
});
