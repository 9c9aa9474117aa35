import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { formatMoney, money } from '#shared/money/money.ts';
import {
  atBank,
  bankButton,
  codeField,
  confirmButton,
  expectOrder,
  moneyOf,
  sentCode,
  soon,
} from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { signInQuickly } from '#test/support/journey-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront;
const visitors = useVisitors();

const expo = { slug: '247gbs-expo', ticket: 'Workshop: wire a solar lamp', bundle: 'Makers’ day out' } as const;
const yard = { slug: 'open-days', ticket: 'Keep it lit: supporter entry' } as const;

async function choose(page: Page, slug: string, quantities: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(pathTo('event', { slug }));
  for (const [label, quantity] of Object.entries(quantities)) {
    await page.getByLabel(label, { exact: true }).selectOption(quantity);
  }
  await page.getByRole('button', { name: words.event.addToCart, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: words.cart.title }).waitFor();
}

/** `£1,234.50`, a sign before it or not, in minor units. */
function minor(text: string | null): number {
  const amount = Math.round(Number((text ?? '').replaceAll(/[^\d.]/g, '')) * 100);
  return /^[−-]/.test((text ?? '').trim()) ? 0 - amount : amount;
}

type Sheet = { kind: string; number: string; totalMinor: number; netMinor: number; taxMinor: number; text: string };

/** Every document of the order, as a reader adds it up: from the sheets themselves. */
async function documentsOf(page: Page, orderId: string, count: number): Promise<Sheet[]> {
  const links = page.locator('.document-list a');
  await expect
    .poll(async () => {
      await page.goto(pathTo('orderDocuments', { orderId }));
      return links.count();
    }, soon)
    .toBe(count);
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  const sheets: Sheet[] = [];
  for (const address of addresses) {
    await page.goto(address);
    const sheet = page.locator('article.document');
    const cells = (name: string) => sheet.locator(`section td[data-label="${name}"]`).allTextContents();
    const { columns } = messages.documents;
    const sum = (texts: string[]) => texts.reduce((all, text) => all + minor(text), 0);
    const totalMinor = minor(await sheet.locator('.document-total b').textContent());
    expect(sum(await cells(columns.total))).toBe(totalMinor);
    sheets.push({
      kind: (await sheet.getByRole('heading', { level: 1 }).textContent()) ?? '',
      number: (await sheet.locator('dd').first().textContent()) ?? '',
      totalMinor,
      netMinor: sum(await cells(columns.net)),
      taxMinor: sum(await cells(columns.tax)),
      text: (await sheet.textContent()) ?? '',
    });
  }
  return sheets;
}

const total = (sheets: readonly Sheet[]) => sheets.reduce((sum, { totalMinor }) => sum + totalMinor, 0);

/** What the statement says moved, newest first. */
async function statement(page: Page, unit: 'GBP' | 'PTS'): Promise<number[]> {
  await page.goto(`${pathTo('accountStatement')}?unit=${unit}`);
  return (await page.locator('.statement td:nth-child(3)').allTextContents()).map(minor);
}

/** The trial balance is zero, and nothing hangs between accounts, as the platform's own people read it. */
async function expectBalanced(): Promise<void> {
  const books = await visitors.arrive({ screen: 'phone' });
  await signInQuickly(books, 'per_demo_platform');
  await books.goto(pathTo('studioFinance'));
  const told = (await books.locator('main').textContent()) ?? '';
  for (const unit of ['GBP', messages.finance.points]) {
    expect(told).toContain(messages.finance.balanced(unit));
    expect(told).not.toContain(messages.finance.unbalanced(unit));
  }
}

// PRD 5.3, 6.1 to 6.3 and 11.3: one basket over two events, and the papers that tell of it.
it('a basket paid with points and a card, a ticket of it given back: all papers agree to the penny', async () => {
  const page = await visitors.arrive({ screen: 'phone' });
  await choose(page, expo.slug, { [words.event.quantity(expo.ticket)]: '2', [words.shop.quantity(expo.bundle)]: '1' });
  await choose(page, yard.slug, { [words.event.quantity(yard.ticket)]: '1' });
  await page.locator('.codes summary').click();
  await page.getByLabel(words.checkout.code.label, { exact: true }).fill('harbour 10');
  await page.getByRole('button', { name: words.checkout.code.apply, exact: true }).click();
  await page.getByText('HARBOUR10').waitFor();

  // What was chosen as a guest comes along.
  await signInQuickly(page, 'per_demo_regular');
  await page.goto(pathTo('cart'));
  expect(await page.locator('main').textContent()).toContain('HARBOUR10');
  await page.getByRole('button', { name: words.cart.checkOut, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: words.checkout.title }).waitFor();
  const byPoints = page.locator('.way').nth(1);
  await byPoints.locator('label').click();
  const [points = 0] = ((await byPoints.locator('input').getAttribute('value')) ?? '').split('-').map(Number);
  expect(points).toBeGreaterThan(0);
  const paidMinor = minor(await page.locator('.receipt-total .price').textContent());
  const taxText = (await page.locator('.receipt > .small').first().textContent()) ?? '';
  const byCard = formatMoney(money(paidMinor - points, 'GBP'));
  expect(await byPoints.textContent()).toContain(words.checkout.ways.rest(byCard));
  await page.getByRole('button', { name: words.checkout.ways.button, exact: true }).click();

  const { orderId } = await atBank(page);
  await bankButton(page, 'challenge').click();
  await codeField(page).fill(await sentCode(page));
  await confirmButton(page).click();
  await expectOrder(page, 'completed');
  expect(await moneyOf(orderId)).toEqual({ keptMinor: paidMinor - points, reservedMinor: 0 });

  // Who sells is who invoices: the expo, the yard, and the platform its fee.
  const { kinds } = messages.documents;
  const sales = await documentsOf(page, orderId, 3);
  expect(sales.map(({ kind }) => kind).toSorted()).toEqual([kinds.receipt, kinds.invoice, kinds.invoice]);
  expect(total(sales)).toBe(paidMinor);
  const taxMinor = sales.reduce((sum, sheet) => sum + sheet.taxMinor, 0);
  expect(taxText).toContain(formatMoney(money(taxMinor, 'GBP')));

  const before = await statement(page, 'GBP');
  await page.goto(pathTo('orderRefund', { orderId }));
  const line = page.locator('form').filter({ hasText: expo.ticket });
  await line.getByText(words.refunding.to.wallet.head).click();
  await line.getByRole('button', { name: words.refunding.send }).click();
  const went = (await page.getByRole('status').textContent()) ?? '';

  const papers = await documentsOf(page, orderId, 5);
  const notes = papers.filter(({ kind }) => kind === kinds.credit_note);
  const backMinor = total(notes);
  expect(backMinor).toBeGreaterThan(0);
  // Half of two, less what the organiser keeps: each note takes from the invoice of its own seller.
  expect(notes.map(({ text }) => /INV-\d{6}/.exec(text)?.[0] ?? '').toSorted()).toEqual(
    sales.flatMap(({ kind, number }) => (kind === kinds.invoice ? number : [])).toSorted(),
  );
  expect(went).toContain(words.refunding.went.wallet(formatMoney(money(backMinor, 'GBP'))));
  const moved = await statement(page, 'GBP');
  expect(moved.slice(0, moved.length - before.length)).toEqual([backMinor]);
  expect(await statement(page, 'PTS')).toContain(0 - points * 100);
  // To the wallet: the card keeps what it paid.
  expect(await moneyOf(orderId)).toEqual({ keptMinor: paidMinor - points, reservedMinor: 0 });

  await expectBalanced();
});
