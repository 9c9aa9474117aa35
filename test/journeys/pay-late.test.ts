import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { formatMoney, money } from '#shared/money/money.ts';
import { paymentPatienceMs } from '#shared/orders/attempt.ts';
import { minuteMs } from '#shared/time.ts';
import {
  anyTwoDays,
  atBank,
  bankButton,
  bankRow,
  bankSaysYes,
  expectLetGo,
  expectOrder,
  expectPaid,
  goToBank,
  moneyOf,
  orderPayButton,
  paymentNow,
  paymentsOf,
  soon,
} from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { later, orderNow } from '#test/support/journey-objects.ts';
import { bookByApi, newPerson } from '#test/support/journey-steps.ts';
import { local } from '#workers/local/messages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront.order;
const visitors = useVisitors();

const hat = { slug: '247gbs-expo', typeId: 'ws-hat', name: 'Workshop: block a felt hat', seats: 10 } as const;
const lamp = { slug: '247gbs-expo', typeId: 'ws-solar', name: 'Workshop: wire a solar lamp', seats: 20 } as const;
/** As long as the Expo lets stock wait for a card, and a little. */
const holdEnds = 11 * minuteMs;
const patienceEnds = paymentPatienceMs + minuteMs;

/** Somebody else orders every place that is left. */
async function takeTheRest(page: Page, { slug, typeId, seats }: typeof hat | typeof lamp): Promise<void> {
  const takeOne = async (): Promise<number> => {
    // One person may not have them all.
    const contact = newPerson('Kojo Faster');
    const response = await page.request.post(pathTo('apiOrders'), {
      headers: { 'idempotency-key': crypto.randomUUID(), origin: inject('serverUrl') },
      data: { event: slug, lines: [{ typeId, quantity: 1 }], contact },
    });
    return response.status();
  };
  await Promise.all(Array.from({ length: seats }, takeOne));
  expect(await takeOne()).toBe(problemOf({ code: 'sold_out' }).status);
}

/** The buyer looks again after the desk's patience: pressing pay finds the payment given up. */
async function findsItGivenUp(page: Page, orderId: string): Promise<void> {
  await page.goto(pathTo('order', { orderId }));
  await orderPayButton(page, orderId).click();
  await expectLetGo(page, { code: 'payment_abandoned' });
}

// I3 with the clock against the buyer.
it('pays after the hold ran out, while there is room: tickets', async () => {
  const page = await visitors.arrive({ javaScript: false });
  const { orderId } = await bookByApi(page, { ...anyTwoDays, quantity: 2 });
  await page.goto(pathTo('order', { orderId }));
  await expectOrder(page, 'unpaid');
  expect(await paymentsOf(orderId)).toEqual([]);
  await later(orderId, holdEnds, async () => {
    await orderPayButton(page, orderId).click();
    const at = await atBank(page);
    expect(at.orderId).toBe(orderId);
    // Another hold, under the next number: nobody came between.
    expect(await orderNow(orderId)).toMatchObject({ state: 'firm', stock: [{ state: 'firm', holdNo: 2 }] });
    await bankButton(page, 'approve').click();
    await expectPaid(page, at, 2);
  });
});

it('pays after the hold ran out and others took the places: told so, and the bank is not even asked', async () => {
  const page = await visitors.arrive({ javaScript: false });
  const others = await visitors.arrive();
  const { orderId } = await bookByApi(page, { ...hat, quantity: 2 });
  await page.goto(pathTo('order', { orderId }));
  await later(orderId, holdEnds, async () => {
    await takeTheRest(others, hat);
    await orderPayButton(page, orderId).click();
    await expectLetGo(page, { code: 'sold_out', facts: { type: hat.name, left: 0 } });
  });
  expect(await paymentsOf(orderId)).toEqual([]);
});

it('comes back after the desk gave up and tries again: a new payment, and the old one is dead', async () => {
  const page = await visitors.arrive();
  const first = await goToBank(page, anyTwoDays);
  await later(first.orderId, patienceEnds, async () => {
    await findsItGivenUp(page, first.orderId);
    expect(await paymentNow(first.sessionId)).toMatchObject({ status: 'expired' });
    await page.getByRole('button', { name: words.released.tryAgain }).click();
    const second = await atBank(page);
    expect(second.sessionId).not.toBe(first.sessionId);
    await bankButton(page, 'approve').click();
    await expectPaid(page, second);
  });
});

it('the bank says yes after the desk gave up, while there is room: tickets', async () => {
  const page = await visitors.arrive();
  const bank = await visitors.arrive({ screen: 'desktop' });
  const at = await goToBank(page, anyTwoDays);
  await bankButton(page, 'delay').click();
  await expectOrder(page, 'paying');
  await later(at.orderId, patienceEnds, async () => {
    await findsItGivenUp(page, at.orderId);
    await bankSaysYes(bank, at.sessionId);
    // Nothing is pressed: the page that said no finds out by itself.
    await expectPaid(page, at);
  });
});

it('the bank says yes after the desk gave up and others took the places: the money goes back', async () => {
  const page = await visitors.arrive({ javaScript: false });
  const others = await visitors.arrive({ screen: 'desktop' });
  const at = await goToBank(page, lamp);
  await bankButton(page, 'delay').click();
  await later(at.orderId, patienceEnds, async () => {
    await findsItGivenUp(page, at.orderId);
    await takeTheRest(others, lamp);
    await bankSaysYes(others, at.sessionId);
    await expect.poll(async () => (await orderNow(at.orderId)).attempts.at(-1)?.state, soon).toBe('voided');
  });
  expect(await moneyOf(at.orderId)).toEqual({ keptMinor: 0, reservedMinor: 0 });
  const { terms } = await paymentNow(at.sessionId);
  const row = await bankRow(others, at.sessionId);
  const total = formatMoney(money(terms.amountMinor, 'GBP'));
  expect(await row.textContent()).toContain(local.bank.list.refunded(total));
  await page.reload();
  await expectLetGo(page, { code: 'sold_out', facts: { type: lamp.name, left: 0 } });
});
