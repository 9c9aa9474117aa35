import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { anyTwoDays, bankButton, expectOrder, goToBank, soon } from './journey-bank.ts';
import { signInQuickly } from './journey-steps.ts';

const words = messages.documents;
const expo = { businessId: 'biz_247gbs' } as const;

const as = (personId: string, path: string) => async (page: Page) => {
  await signInQuickly(page, personId);
  await page.goto(path);
};

/** Pays for something taxed, and waits until its invoices are written. */
async function documents(page: Page): Promise<void> {
  const { orderId } = await goToBank(page, anyTwoDays);
  await bankButton(page, 'approve').click();
  await expectOrder(page, 'completed');
  const written = async (): Promise<number> => {
    await page.goto(pathTo('orderDocuments', { orderId }));
    return page.locator('.document-list li').count();
  };
  await expect.poll(written, soon).toBe(2);
}

/** Papers of an order, their sellers' books, and the platform's. */
export const moneyPages: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'order-documents': async (page) => {
    await documents(page);
    await page.getByText(words.billing.title).click();
  },
  'order-document': async (page) => {
    await documents(page);
    await page.getByRole('link', { name: words.kinds.invoice }).first().click();
    await page.getByRole('heading', { level: 1, name: words.kinds.invoice }).waitFor();
  },
  'order-refund': async (page) => {
    const { orderId } = await goToBank(page, { slug: '247gbs-expo', typeId: 'ws-hat' });
    await bankButton(page, 'approve').click();
    await expectOrder(page, 'completed');
    await page.goto(pathTo('orderRefund', { orderId }));
  },
  'studio-money': as('per_demo_owner', pathTo('studioMoneyOf', expo)),
  'studio-documents': as('per_demo_owner', pathTo('studioDocuments', expo)),
  'studio-seller': as('per_demo_owner', pathTo('studioSeller', expo)),
  'studio-finance': as('per_demo_platform', pathTo('studioFinance')),
};
