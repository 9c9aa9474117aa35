import { describe, expect, it } from 'vitest';
import { printedCodeLength, readPrintedCode } from '#shared/tickets/code.ts';
import { useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { book, fillCheckout, newPerson, openDays, orderButton } from '#test/support/journey-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.storefront;
const visitors = useVisitors();

const ways: [string, VisitorOptions][] = [
  ['on a phone', { screen: 'phone' }],
  ['on a phone without JavaScript', { screen: 'phone', javaScript: false }],
  ['on a desktop', { screen: 'desktop' }],
  ['on a desktop without JavaScript', { screen: 'desktop', javaScript: false }],
];

// PRD 4.1 to 8.1: a guest finds an event, chooses, books and holds tickets that a gate can read.
describe.each(ways)('a guest %s', (_way, options) => {
  it('finds an event, books two free tickets and sees a QR code on each', async () => {
    const page = await visitors.arrive(options);
    await page.goto('/');
    await page
      .getByRole('link', { name: /Open Days/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /Open Days/ }).waitFor();

    const person = newPerson();
    await fillCheckout(page, person, { type: openDays.entry, quantity: 2 });
    const total = page.locator('.receipt-total');
    expect(await total.innerText()).toContain(words.price.free);
    await orderButton(page).click();

    await page.getByRole('heading', { name: words.order.completedTitle }).waitFor();
    expect(await page.locator('main').innerText()).toContain(person.email);
    const tickets = page.getByRole('link', { name: openDays.entry });
    expect(await tickets.count()).toBe(2);
    await tickets.first().click();

    const first = await readTicketCode(page);
    await page.getByRole('link', { name: messages.ticket.next }).click();
    await page.waitForURL((url) => !url.href.includes(first.url));
    const second = await readTicketCode(page);
    expect(second.code).not.toBe(first.code);
  });
});

it('is shown what to put right, and loses nothing typed', async () => {
  const page = await visitors.arrive({ javaScript: false });
  await fillCheckout(page, { name: 'Ama Journey', email: 'nobody@nowhere' });
  await orderButton(page).click();
  expect(await page.locator('#email').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('alert').innerText()).toContain(words.checkout.fieldErrors.email);
  expect(await page.locator('#name').inputValue()).toBe('Ama Journey');
});

it('keeps the ticket in the wallet of the browser that booked it', async () => {
  const page = await visitors.arrive();
  await book(page, newPerson());
  await page.getByRole('link', { name: messages.site.myTickets }).click();
  expect(await page.getByRole('link', { name: openDays.entry }).count()).toBe(1);
});

async function readTicketCode(page: Awaited<ReturnType<typeof visitors.arrive>>) {
  const picture = page.getByRole('img', { name: messages.ticket.qrLabel });
  await picture.waitFor();
  const code = await readQr(picture);
  expect(code).toHaveLength(printedCodeLength);
  expect(readPrintedCode(code)?.header.eventNumber).toBe(openDays.number);
  return { code, url: page.url() };
}
