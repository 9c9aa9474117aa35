import { describe, expect, it } from 'vitest';
import {
  allHeard,
  atBank,
  checkoutForm,
  choose,
  goToBank,
  openBrowser,
  orderBecomes,
  orderNow,
  paymentNow,
  paymentsOf,
} from '#test/support/bank.ts';
import { placeOrder } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { expectSettled, paidEvent } from './orders.ts';

describe('a paid order', () => {
  it('ends in tickets when the bank approves', async () => {
    const event = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(event.slug, { quantity: 2 });
    expect((await orderNow(orderId)).state).toBe('firm');
    expect(await event.left()).toEqual({ day: 98 });
    const page = await choose(browser, sessionId, 'approve');
    expect(page).toMatchObject({ path: pathTo('order', { orderId }), status: 200 });
    expect((await orderBecomes(orderId, 'completed')).tickets).toHaveLength(2);
    expect((await paymentNow(sessionId)).intent?.status).toBe('succeeded');
    await allHeard(sessionId);
    await expectSettled(orderId, 2);
  });

  it('ends in tickets after 3-D Secure', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    const challenge = await choose(browser, sessionId, 'challenge');
    expect(challenge.path).toBe(`/local/bank/${sessionId}/code`);
    expect((await orderNow(orderId)).state).toBe('firm');
    const { code = '' } = await paymentNow(sessionId);
    expect(challenge.html).toContain(code);
    const page = await browser.post(challenge.path, { code });
    expect(page.path).toBe(pathTo('order', { orderId }));
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('goes on after a wrong code: the bank’s page says so, and another try may be approved', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    const challenge = await choose(browser, sessionId, 'challenge');
    const { code = '' } = await paymentNow(sessionId);
    const failed = await browser.post(challenge.path, { code: code === '000000' ? '000001' : '000000' });
    expect(failed.path).toBe(`/local/bank/${sessionId}`);
    expect(failed.html).toContain('The code was wrong');
    await allHeard(sessionId);
    expect((await orderNow(orderId)).state).toBe('firm');
    await choose(browser, sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('goes on after a declined card, with the second one', async () => {
    const { slug, left } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    const declined = await choose(browser, sessionId, 'decline');
    expect(declined.path).toBe(`/local/bank/${sessionId}`);
    expect(declined.html).toContain('Your card was declined');
    await allHeard(sessionId);
    expect((await orderNow(orderId)).state).toBe('firm');
    expect(await left()).toEqual({ day: 99 });
    await choose(browser, sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('can be left with its cancel link, and taken up again where it was', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    const { terms } = await paymentNow(sessionId);
    expect((await browser.get(terms.cancelUrl ?? '')).path).toBe(pathTo('order', { orderId }));
    const again = await browser.post(pathTo('orderPay', { orderId }), {});
    expect((await atBank(again)).sessionId).toBe(sessionId);
  });

  it('shows the bank’s page no more once it is paid', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    expect((await browser.get(`/local/bank/${sessionId}`)).html).toContain('The payment is done');
    expect((await choose(browser, sessionId, 'decline')).path).toBe(pathTo('order', { orderId }));
    expect((await paymentNow(sessionId)).intent?.status).toBe('succeeded');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });
});

describe('impatience', () => {
  it('makes one session and one charge of a double click', async () => {
    const { slug, left } = await paidEvent();
    const browser = openBrowser();
    const form = await checkoutForm(browser, slug);
    const pages = await Promise.all([1, 2, 3].map(() => browser.post(pathTo('checkout', { slug }), form)));
    const [first, ...others] = await Promise.all(pages.map(atBank));
    if (first === undefined) throw new Error('Nobody arrived');
    expect(others).toEqual([first, first]);
    const { sessionId, orderId } = first;
    expect(await left()).toEqual({ day: 99 });
    await Promise.all([choose(browser, sessionId, 'approve'), choose(browser, sessionId, 'approve')]);
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    expect(await paymentsOf(orderId)).toHaveLength(1);
    await expectSettled(orderId, 1);
  });

  it('makes one session when two tabs press pay', async () => {
    const { slug } = await paidEvent();
    const { order, cookie } = await placeOrder(slug);
    const { orderId } = order;
    expect(order.state).toBe('held');
    const browser = openBrowser({ cookie });
    const pages = await Promise.all([1, 2].map(() => browser.post(pathTo('orderPay', { orderId }), {})));
    const [one, two] = await Promise.all(pages.map(atBank));
    expect(two?.sessionId).toBe(one?.sessionId);
    expect(await paymentsOf(orderId)).toHaveLength(1);
    expect((await orderNow(orderId)).attempts).toHaveLength(1);
  });

  it('places the order once for a form that is sent again after it was paid', async () => {
    const { slug, left } = await paidEvent();
    const { browser, form, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    const again = await browser.post(pathTo('checkout', { slug }), form);
    expect(again.path).toBe(pathTo('order', { orderId }));
    expect(await left()).toEqual({ day: 99 });
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });
});
