import { describe, expect, it, vi } from 'vitest';
import {
  allHeard,
  choose,
  goToBank,
  openBrowser,
  orderBecomes,
  orderNow,
  paymentNow,
  pendingWebhooks,
  postWebhook,
  sendAll,
  webhookOf,
} from '#test/support/bank.ts';
import { eventKinds } from '#workers/local/bank/payment.ts';
import { pathTo } from '#workers/routes.ts';
import { deskOf, expectSettled, paidEvent } from './orders.ts';

describe('the shop hears of a payment', () => {
  it('from the bank alone, when the buyer closes the browser', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    const closed = await choose(browser, sessionId, 'late');
    expect(closed.html).toContain('You can close this window');
    expect((await orderNow(orderId)).state).toBe('firm');
    await sendAll(openBrowser(), sessionId);
    expect((await orderNow(orderId)).state).toBe('completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('from the buyer first, and then from the bank, which changes nothing', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'late');
    await browser.get(pathTo('orderReturn', { orderId }));
    const completed = await orderNow(orderId);
    expect(completed.state).toBe('completed');
    expect((await pendingWebhooks(sessionId)).map(({ kind }) => kind)).toContain('checkout.session.completed');
    await sendAll(browser, sessionId);
    await allHeard(sessionId);
    expect(await orderNow(orderId)).toEqual(completed);
    await expectSettled(orderId, 1);
  });

  it('from the bank first, and then from the buyer, which changes nothing', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'late');
    await sendAll(openBrowser(), sessionId);
    await allHeard(sessionId);
    const completed = await orderNow(orderId);
    const page = await browser.get(pathTo('orderReturn', { orderId }));
    expect(page.path).toBe(pathTo('order', { orderId }));
    expect(await orderNow(orderId)).toEqual(completed);
    await expectSettled(orderId, 1);
  });

  it('from both at once', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'late');
    await Promise.all([
      browser.get(pathTo('orderReturn', { orderId })),
      sendAll(openBrowser(), sessionId),
      browser.get(pathTo('orderReturn', { orderId })),
    ]);
    await allHeard(sessionId);
    expect((await orderNow(orderId)).state).toBe('completed');
    await expectSettled(orderId, 1);
  });

  it('twice of everything', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'twice');
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });
});

describe('a webhook the shop could not act on', () => {
  it('is sent again until it could', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'late');
    await deskOf(orderId).crashAt('before confirm');
    await sendAll(browser, sessionId);
    const [waiting] = await pendingWebhooks(sessionId);
    expect(waiting?.tries).toBe(1);
    await sendAll(browser, sessionId);
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('waits in the bank’s list, where a person can send it at once', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'late');
    const list = await browser.get('/local/bank');
    const [, first = ''] = /action="(\/local\/bank\/webhooks\/\d+)"/.exec(list.html) ?? [];
    expect(list.html).toContain(`/local/bank/${sessionId}`);
    expect((await browser.post(first, {})).path).toBe('/local/bank');
    expect((await orderNow(orderId)).state).toBe('completed');
    await sendAll(browser, sessionId);
    await allHeard(sessionId);
  });
});

describe('news about a paid order', () => {
  /** A completed order, everything about it heard. */
  async function paid() {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    return { sessionId, orderId, order: await orderNow(orderId) };
  }

  it('changes nothing when the same webhook comes again and again', async () => {
    const { sessionId, orderId, order } = await paid();
    const webhook = await webhookOf(await paymentNow(sessionId), 'payment_intent.succeeded');
    const answers = await Promise.all([1, 2, 3, 4].map(() => postWebhook(webhook)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await orderNow(orderId)).toEqual(order);
    await expectSettled(orderId, 1);
  });

  it.each(eventKinds.map((kind) => [kind]))('changes nothing when %s comes out of order', async (kind) => {
    const { sessionId, orderId, order } = await paid();
    expect((await postWebhook(await webhookOf(await paymentNow(sessionId), kind))).status).toBe(200);
    expect(await orderNow(orderId)).toEqual(order);
    await expectSettled(orderId, 1);
  });
});

it('is believed nothing: a webhook that claims success before anybody paid makes no ticket', async () => {
  const { slug } = await paidEvent();
  const { sessionId, orderId } = await goToBank(slug);
  const claim = await webhookOf(await paymentNow(sessionId), 'payment_intent.succeeded');
  expect((await postWebhook(claim)).status).toBe(200);
  expect((await orderNow(orderId)).state).toBe('firm');
  await expectSettled(orderId, 0);
});
