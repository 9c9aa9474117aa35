import type { Page } from 'playwright-core';
import { paymentPatienceMs } from '#shared/orders/attempt.ts';
import { minuteMs } from '#shared/time.ts';
import { local } from '#workers/local/messages.ts';
import { pathTo } from '#workers/routes.ts';
import {
  anyTwoDays,
  bankButton,
  checkoutPath,
  expectLetGo,
  expectOrder,
  expectPaid,
  goToBank,
  orderPayButton,
  sentCode,
  standing,
} from './journey-bank.ts';
import { later } from './journey-objects.ts';
import { bookByApi } from './journey-steps.ts';

const two = { ...standing, quantity: 2 };

/** Every page on the way to a paid order, the bank's among them, and off that way. */
export const paymentPages: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'checkout-paid': (page) => page.goto(checkoutPath(two)),
  bank: (page) => goToBank(page, two),
  'bank-declined': async (page) => {
    await goToBank(page, two);
    await bankButton(page, 'decline').click();
    await page.getByRole('alert').waitFor();
  },
  'bank-code': async (page) => {
    await goToBank(page, two);
    await bankButton(page, 'challenge').click();
    await sentCode(page);
  },
  'order-unpaid': async (page) => {
    const { orderId } = await bookByApi(page, two);
    await page.goto(pathTo('order', { orderId }));
    await expectOrder(page, 'unpaid');
  },
  'order-paying': async (page) => {
    await goToBank(page, two);
    await page.getByRole('link', { name: local.bank.cancel }).click();
    await expectOrder(page, 'paying');
  },
  'order-paid': async (page) => {
    const at = await goToBank(page, two);
    await bankButton(page, 'approve').click();
    await expectPaid(page, at, 2);
  },
  'order-released': async (page) => {
    const { orderId } = await goToBank(page, anyTwoDays);
    await page.getByRole('link', { name: local.bank.cancel }).click();
    await later(orderId, paymentPatienceMs + minuteMs, async () => {
      await orderPayButton(page, orderId).click();
      await expectLetGo(page, { code: 'payment_abandoned' });
    });
  },
};
