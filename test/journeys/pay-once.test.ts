import { describe, expect, it } from 'vitest';
import {
  atBank,
  bankBooks,
  bankButton,
  checkoutPath,
  codeField,
  confirmButton,
  expectOrder,
  expectPaid,
  fillPaidCheckout,
  goToBank,
  introduce,
  openedSince,
  orderPayButton,
  payButton,
  paymentNow,
  paymentsOf,
  sentCode,
  standing,
} from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { newPerson } from '#test/support/journey-steps.ts';
import { local } from '#workers/local/messages.ts';
import { pathTo } from '#workers/routes.ts';

const words = local.bank;
const visitors = useVisitors();

// PRD 14.1/1: a payment that fails is tried again, and is the same payment.
it('declined, then a wrong code, then paid with another card: one payment', async () => {
  const page = await visitors.arrive();
  const at = await goToBank(page);
  await bankButton(page, 'decline').click();
  await page.getByRole('alert').getByText(words.declinedTitle).waitFor();
  await bankButton(page, 'challenge').click();
  const code = await sentCode(page);
  await codeField(page).fill(code === '000000' ? '000001' : '000000');
  await confirmButton(page).click();
  await page.getByRole('alert').getByText(words.unprovenTitle).waitFor();
  expect(await paymentsOf(at.orderId)).toHaveLength(1);
  await bankButton(page, 'approve').click();
  await expectPaid(page, at);
  expect(await paymentsOf(at.orderId)).toHaveLength(1);
});

describe.each([
  ['', true],
  [' without JavaScript', false],
])('one payment%s', (_way, javaScript) => {
  it('of cancelling at the bank and paying from the order page, with a double click', async () => {
    const page = await visitors.arrive({ javaScript });
    const at = await goToBank(page);
    await page.getByRole('link', { name: words.cancel }).click();
    await expectOrder(page, 'paying');
    await orderPayButton(page, at.orderId).dblclick();
    expect(await atBank(page)).toEqual(at);
    await bankButton(page, 'approve').click();
    await expectPaid(page, at);
    expect(await paymentsOf(at.orderId)).toHaveLength(1);
  });

  it('of a double click at the checkout', async () => {
    const page = await visitors.arrive({ javaScript });
    await fillPaidCheckout(page);
    const before = await bankBooks();
    await payButton(page).dblclick();
    const at = await atBank(page);
    expect(await openedSince(before)).toEqual([at.sessionId]);
  });

  it('of going back from the bank and paying again', async () => {
    const page = await visitors.arrive({ javaScript });
    const person = newPerson();
    const before = await bankBooks();
    const at = await goToBank(page, standing, person);
    await page.goBack();
    await introduce(page, person);
    await payButton(page).click();
    expect(await atBank(page)).toEqual(at);
    expect(await openedSince(before)).toEqual([at.sessionId]);
  });

  it('of two tabs at the checkout', async () => {
    const page = await visitors.arrive({ javaScript });
    const person = newPerson();
    await fillPaidCheckout(page, standing, person);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await introduce(other, person);
    const before = await bankBooks();
    await Promise.all([payButton(page).click(), payButton(other).click()]);
    expect(await atBank(other)).toEqual(await atBank(page));
    expect(await openedSince(before)).toHaveLength(1);
  });

  it('of two tabs at the bank', async () => {
    const page = await visitors.arrive({ javaScript });
    const at = await goToBank(page);
    const other = await page.context().newPage();
    await other.goto(pathTo('order', { orderId: at.orderId }));
    await orderPayButton(other, at.orderId).click();
    expect(await atBank(other)).toEqual(at);
    await bankButton(page, 'approve').click();
    await expectPaid(page, at);
    // The second tab still shows the bank's question: answering it again changes nothing.
    const paid = await paymentNow(at.sessionId);
    await bankButton(other, 'approve').click();
    await expectPaid(other, at);
    expect(await paymentNow(at.sessionId)).toEqual(paid);
  });
});

it('choosing again from the event page is a new order, not the old one', async () => {
  const page = await visitors.arrive();
  const person = newPerson();
  const first = await goToBank(page, standing, person);
  await page.goto(checkoutPath({ ...standing, quantity: 2 }));
  await introduce(page, person);
  await payButton(page).click();
  const second = await atBank(page);
  expect(second.orderId).not.toBe(first.orderId);
  expect(await paymentsOf(first.orderId)).toHaveLength(1);
});
