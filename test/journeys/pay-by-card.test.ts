import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { printedCodeLength, readPrintedCode } from '#shared/tickets/code.ts';
import { formatMoney, money } from '#shared/money/money.ts';
import {
  anyTwoDays,
  atBank,
  bankButton,
  codeField,
  confirmButton,
  expectOrder,
  expectPaid,
  fillPaidCheckout,
  goToBank,
  payButton,
  sentCode,
  soon,
  standing,
  totalOn,
} from '#test/support/journey-bank.ts';
import { useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { newPerson, readMail, signInQuickly } from '#test/support/journey-steps.ts';
import { local } from '#workers/local/messages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront;
const visitors = useVisitors();

const poster = { code: 'lagos-rail', label: 'Poster, Marina station concourse' } as const;

/** Two at ₦15,000, and for each a fee of ₦100 and 2.5 %. VAT of 7.5 % is in it. */
const ferryTotal = formatMoney(money(3_095_000, 'NGN'));
const ferryVat = formatMoney(money(215_930, 'NGN'));

const ways: [string, VisitorOptions][] = [
  ['on a phone', { screen: 'phone' }],
  ['on a phone without JavaScript', { screen: 'phone', javaScript: false }],
];

/** Tickets the studio counts under the poster, read by the organiser. */
async function soldUnderPoster(studio: Page): Promise<number> {
  await studio.goto(pathTo('studioLinks', { slug: standing.slug }));
  const heading = studio.getByRole('heading', { name: poster.label });
  const way = studio.getByRole('listitem').filter({ has: heading });
  const sold = new RegExp(`${messages.studio.links.sold}\\s*(\\d+)`).exec((await way.textContent()) ?? '');
  return Number(sold?.[1]);
}

async function organiser(): Promise<Page> {
  const page = await visitors.arrive({ screen: 'desktop' });
  await signInQuickly(page, 'per_demo_owner');
  return page;
}

// PRD 3.1 to 8.1, 6.1 and 6.3: a stranger at a station, and two tickets.
describe.each(ways)('a guest %s', (_way, options) => {
  it('comes by a poster and holds live tickets in under ten interactions, bank and 3-D Secure included', async () => {
    const studio = await organiser();
    const soldBefore = await soldUnderPoster(studio);
    const page = await visitors.arrive(options);
    let interactions = 0;
    const act = <Done>(done: Promise<Done>): Promise<Done> => {
      interactions += 1;
      return done;
    };
    const person = newPerson();
    await act(page.goto(pathTo('goLink', { code: poster.code })));
    await act(page.getByLabel(words.event.quantity(standing.name), { exact: true }).selectOption('2'));
    await act(page.getByRole('button', { name: words.event.checkOut, exact: true }).click());
    await act(page.getByLabel(words.checkout.name, { exact: true }).fill(person.name));
    await act(page.getByLabel(words.checkout.email, { exact: true }).fill(person.email));
    expect(await totalOn(page)).toBe(ferryTotal);
    expect(await page.locator('main').textContent()).toContain(words.receipt.taxIncluded(ferryVat, 'VAT'));
    await act(page.getByRole('button', { name: words.checkout.pay(ferryTotal), exact: true }).click());

    const at = await atBank(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(local.bank.pay(ferryTotal));
    await act(bankButton(page, 'challenge').click());
    await act(codeField(page).fill(await sentCode(page)));
    await act(confirmButton(page).click());
    await expectPaid(page, at, 2);
    // The first ticket's code stands on the order page: nothing more to press.
    const code = await readQr(page.getByRole('img', { name: messages.ticket.qrLabel }));
    expect(interactions).toBeLessThan(10);

    expect(await totalOn(page)).toBe(ferryTotal);
    await page.getByRole('link', { name: standing.name }).first().click();
    expect(await readQr(page.getByRole('img', { name: messages.ticket.qrLabel }))).toBe(code);
    expect(code).toHaveLength(printedCodeLength);
    expect(readPrintedCode(code)?.header.eventNumber).toBe(1002);
    await expect.poll(() => soldUnderPoster(studio), soon).toBe(soldBefore + 2);
  });
});

it('adds a tax that is not in the prices, and says the same total to buyer, bank and order', async () => {
  const page = await visitors.arrive();
  // KSh 2,800 and a fee of KSh 50 and 2 %, twice, and 16 % VAT on all of it.
  const total = formatMoney(money(674_192, 'KES'));
  const vat = formatMoney(money(92_992, 'KES'));
  await fillPaidCheckout(page, { slug: 'shamba-and-spark-nairobi', typeId: 'growers-ticket', quantity: 2 });
  expect(await totalOn(page)).toBe(total);
  expect(await page.locator('main').textContent()).toContain(vat);
  await payButton(page).click();
  const at = await atBank(page);
  await page.getByRole('heading', { level: 1, name: local.bank.pay(total), exact: true }).waitFor();
  await bankButton(page, 'approve').click();
  await expectPaid(page, at, 2);
  expect(await totalOn(page)).toBe(total);
});

it('mails the tickets with what was paid, and gives the event to calendars in universal time', async () => {
  const page = await visitors.arrive();
  const person = newPerson();
  // £16 and a fee of 50p and 3 %.
  const total = formatMoney(money(1_698, 'GBP'));
  const at = await goToBank(page, anyTwoDays, person);
  await bankButton(page, 'approve').click();
  await expectPaid(page, at);

  const { text } = await readMail(page, person.email, /247GBS Expo/);
  expect(text).toMatch(new RegExp(`${messages.mail.order.total}\\W+${total}`));
  const phone = await visitors.arrive();
  await phone.goto(linkIn(text, pathTo('orderLink')));
  await phone.getByRole('button', { name: messages.signIn.orderLinkButton }).click();
  await expectOrder(phone, 'completed');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: words.order.completed.calendar }).click(),
  ]);
  const calendar = unfold(await readFile(await download.path(), 'utf8'));
  await page.goto(pathTo('event', { slug: anyTwoDays.slug }));
  const { startDate, endDate, name } = await structuredEvent(page);
  expect(calendar['DTSTART']).toBe(basicUtc(startDate));
  expect(calendar['DTEND']).toBe(basicUtc(endDate));
  expect(calendar['SUMMARY']).toBe(name);
  expect(calendar['BEGIN']).toBe('VEVENT');
});

/** The properties of a calendar's one event: RFC 5545 breaks long lines and escapes commas. */
function unfold(file: string): Record<string, string> {
  const lines = file
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line.includes(':'));
  const event = lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.indexOf('END:VEVENT'));
  return Object.fromEntries(
    event.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).replaceAll('\\', '')]),
  );
}

/** RFC 5545, 3.3.5, form 2: `19980119T070000Z`. */
function basicUtc(iso: string): string {
  return iso.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
}

async function structuredEvent(page: Page): Promise<{ name: string; startDate: string; endDate: string }> {
  const text = await page.locator('script[type="application/ld+json"]').textContent();
  return JSON.parse(text ?? '{}') as { name: string; startDate: string; endDate: string };
}
