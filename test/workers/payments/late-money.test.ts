import { describe, expect, it, vi } from 'vitest';
import {
  allHeard,
  atBank,
  choose,
  goToBank,
  openBrowser,
  orderBecomes,
  orderNow,
  paymentNow,
  paymentsOf,
} from '#test/support/bank.ts';
import { pathTo } from '#workers/routes.ts';
import { expectSettled, paidEvent, patienceEnds } from './orders.ts';

describe('a buyer who never comes back from the bank', () => {
  it('gives the stock back once the bank has ended the session', async () => {
    const { slug, left } = await paidEvent(1);
    const { sessionId, orderId } = await goToBank(slug);
    expect(await left()).toEqual({ day: 0 });
    await patienceEnds(orderId);
    const order = await orderBecomes(orderId, 'released');
    expect(order.failure?.code).toBe('payment_abandoned');
    expect(order.attempts.map(({ state }) => state)).toEqual(['dead']);
    expect((await paymentNow(sessionId)).status).toBe('expired');
    expect(await left()).toEqual({ day: 1 });
    await allHeard(sessionId);
    await expectSettled(orderId, 0);
  });

  it('may try again while there is room, under another session', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'decline');
    await patienceEnds(orderId);
    await orderBecomes(orderId, 'released');
    const second = await atBank(await browser.post(pathTo('orderPay', { orderId }), {}));
    expect(second).toMatchObject({ orderId, attemptId: `${orderId}/2` });
    await choose(browser, second.sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    await Promise.all([allHeard(sessionId), allHeard(second.sessionId)]);
    expect(await paymentsOf(orderId)).toHaveLength(2);
    await expectSettled(orderId, 1);
  });

  it('gets the tickets all the same when the money was there in time and nobody said so', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'late');
    await patienceEnds(orderId);
    await orderBecomes(orderId, 'completed');
    await expectSettled(orderId, 1);
  });
});

describe('a bank that says yes', () => {
  /** The bank thinks for so long that the desk has given up and let the stock go. */
  async function givenUp(capacity: number) {
    const event = await paidEvent(capacity);
    const { browser, sessionId, orderId } = await goToBank(event.slug);
    expect((await choose(browser, sessionId, 'delay')).path).toBe(pathTo('order', { orderId }));
    expect((await orderNow(orderId)).state).toBe('firm');
    await patienceEnds(orderId);
    await orderBecomes(orderId, 'released');
    expect(await event.left()).toEqual({ day: capacity });
    return { event, browser, sessionId, orderId };
  }

  const sayYes = (sessionId: string) => openBrowser().post(`/local/bank/${sessionId}/decision`, {});

  it('late, but in time, makes tickets', async () => {
    const { slug } = await paidEvent();
    const { browser, sessionId, orderId } = await goToBank(slug);
    await choose(browser, sessionId, 'delay');
    await sayYes(sessionId);
    await orderBecomes(orderId, 'completed');
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('after the desk gave up makes tickets while there is room', async () => {
    const { event, sessionId, orderId } = await givenUp(1);
    await sayYes(sessionId);
    await orderBecomes(orderId, 'completed');
    expect(await event.left()).toEqual({ day: 0 });
    await allHeard(sessionId);
    await expectSettled(orderId, 1);
  });

  it('after the last ticket went to somebody else gives the money back and says why', async () => {
    const { event, sessionId, orderId } = await givenUp(1);
    const other = await goToBank(event.slug);
    await choose(other.browser, other.sessionId, 'approve');
    await orderBecomes(other.orderId, 'completed');
    await sayYes(sessionId);
    await allHeard(sessionId);
    const order = await orderBecomes(orderId, 'released');
    expect(order.failure?.code).toBe('sold_out');
    expect(order.attempts.map(({ state }) => state)).toEqual(['voided']);
    expect((await paymentNow(sessionId)).intent?.status).toBe('canceled');
    expect(await event.left()).toEqual({ day: 0 });
    await allHeard(other.sessionId);
    await expectSettled(orderId, 0);
    await expectSettled(other.orderId, 1);
  });

  it('to the first try after the second was paid gives the first one’s money back', async () => {
    const { browser, sessionId, orderId } = await givenUp(2);
    const second = await atBank(await browser.post(pathTo('orderPay', { orderId }), {}));
    await choose(browser, second.sessionId, 'approve');
    await orderBecomes(orderId, 'completed');
    await sayYes(sessionId);
    await Promise.all([allHeard(sessionId), allHeard(second.sessionId)]);
    expect((await orderNow(orderId)).attempts.map(({ state }) => state)).toEqual(['voided', 'captured']);
    expect((await paymentNow(sessionId)).intent?.status).toBe('canceled');
    await expectSettled(orderId, 1);
  });
});

it('mends a capture that took effect without an answer', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  const { slug } = await paidEvent();
  const leaving = new AbortController();
  const { browser, sessionId, orderId } = await goToBank(slug, { browser: openBrowser({ signal: leaving.signal }) });
  // Whoever captures first waits in vain, be it the buyer's return or a webhook; the other finds out by asking.
  const waiting = choose(browser, sessionId, 'timeout').catch(() => 'left');
  await orderBecomes(orderId, 'completed');
  expect((await paymentNow(sessionId)).hangsNext).toBe(false);
  leaving.abort();
  await waiting;
  await expectSettled(orderId, 1);
  said.mockRestore();
});
