import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import { dayMs } from '#shared/time.ts';
import { refundOrder } from '#workers/operations/refund-order.ts';
import { pathTo } from '#workers/routes.ts';
import { servicesOf } from '#workers/services.ts';
import {
  allHeard,
  choose,
  goToBank,
  moneyAndTickets,
  openBrowser,
  orderBecomes,
  orderNow,
  paymentNow,
  type Browser,
} from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { publishEvent } from '#test/workers/http/site.ts';

const price = 2_400;

/** Two tickets at a price, paid by card. */
async function bought(feePercent: number) {
  const until = Date.now() + dayMs;
  const refund = { kind: 'until' as const, until, feePercent };
  const { slug } = await publishEvent({ id: 'day', category: 'paid', priceMinor: price, capacity: 10, refund });
  const { browser, sessionId, orderId } = await goToBank(slug, { quantity: 2 });
  await choose(browser, sessionId, 'approve');
  await orderBecomes(orderId, 'completed');
  await allHeard(sessionId);
  return { browser, orderId, sessionId };
}

async function refundForm(browser: Browser, orderId: string): Promise<Record<string, string>> {
  const { html } = await browser.get(pathTo('orderRefund', { orderId }));
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
}

describe('a buyer gives tickets back (I3, I5)', () => {
  it('one of two, to the card, less what its rules keep; pressed twice, once', async () => {
    const { browser, orderId } = await bought(10);
    const form = { ...(await refundForm(browser, orderId)), quantity: '1', to: 'source' };
    const path = pathTo('orderRefund', { orderId });
    await Promise.all([browser.post(path, form), browser.post(path, form)]);
    const { refunds } = await orderNow(orderId);
    expect(refunds).toMatchObject([{ state: 'done', keptFeeMinor: 240, legs: [{ to: 'card', amountMinor: 2_160 }] }]);
    expect(await moneyAndTickets(orderId)).toMatchObject({ keptMinor: price + 240, liveMinor: price });
  });

  it('to the wallet: the card keeps it, the tickets are gone', async () => {
    const { browser, orderId } = await bought(0);
    const form = { ...(await refundForm(browser, orderId)), quantity: '2', to: 'wallet' };
    const { html } = await browser.post(pathTo('orderRefund', { orderId }), form);
    expect(html).toContain('to your wallet');
    const { refunds } = await orderNow(orderId);
    expect(refunds).toMatchObject([{ state: 'done', legs: [{ to: 'wallet', from: 'card', amountMinor: 2 * price }] }]);
    expect(await moneyAndTickets(orderId)).toMatchObject({ liveMinor: 0 });
  });

  it('not what somebody else ordered, and no more than there is', async () => {
    const { browser, orderId } = await bought(0);
    const form = { ...(await refundForm(browser, orderId)), to: 'source' };
    const path = pathTo('orderRefund', { orderId });
    expect((await openBrowser().post(path, { ...form, quantity: '1' })).status).toBe(404);
    expect((await browser.post(path, { ...form, quantity: '3' })).status).toBe(409);
    expect((await orderNow(orderId)).refunds).toEqual([]);
  });

  it('and somebody gave a part back in the dashboard before: the card gets what is missing, once', async () => {
    const { browser, orderId, sessionId } = await bought(0);
    const order = await orderNow(orderId);
    const attempt = order.attempts.at(-1)!;
    const due = { to: 'card' as const, amountMinor: price, state: 'new' as const };
    const about = { refundId: `${orderId}/b1`, lines: [], to: 'source', cause: 'organiser', byId: 'per_1' } as const;
    const refund = { ...about, amountMinor: price, keptFeeMinor: 0, state: 'revoked' as const, legs: [due] };
    await browser.post(`/local/bank/${sessionId}/later`, { choice: 'refund_part' });
    const { gateway } = servicesOf(environment, sandboxes({ exports }));
    const step = { do: 'pay_back' as const, attempt, refundId: refund.refundId, amountMinor: price };
    for (const _again of [1, 2]) {
      const answer = await gateway.payBack(step, { ...order, refunds: [refund] });
      expect(answer).toEqual({ refundId: refund.refundId, isPaid: true });
      expect((await paymentNow(sessionId)).intent?.charge?.refundedMinor).toBe(price);
    }
  });

  it('what was offered to somebody only after the rest; and nothing they accepted', async () => {
    const { browser, orderId } = await bought(0);
    const path = pathTo('orderRefund', { orderId });
    const { tickets, snapshot } = await orderNow(orderId);
    const [first, last] = [tickets[0]!, tickets[1]!];
    const inventory = inventoryOf(environment.EVENT_INVENTORY, last.eventId);
    const offer = { transferId: 'trf_refunds', ticketId: last.ticketId, byCustomerId: snapshot.customerId };
    await inventory.offerTickets([offer]);
    const form = { ...(await refundForm(browser, orderId)), quantity: '1', to: 'source' };
    await browser.post(path, form);
    expect((await orderNow(orderId)).refunds[0]?.lines).toMatchObject([{ ticketIds: [first.ticketId] }]);

    const before = await refundForm(browser, orderId);
    const both = { ...before, quantity: '1', to: 'source' };
    await inventory.transferTickets([{ ...offer, toCustomerId: 'cus_friend' }]);
    const refused = await browser.post(path, both);
    expect([refused.status, refused.html]).toEqual([409, expect.stringContaining('give it back to you first')]);
    expect((await browser.get(path)).html).toContain('One ticket was given away');
    expect((await orderNow(orderId)).refunds).toHaveLength(1);

    // Accepted between the look and the press: the inventory decides, and the desk is told in so many words.
    const lines = [{ lineId: before['line'] ?? '', ticketIds: [last.ticketId], quantity: 1, feePercent: 0 }];
    const wish = {
      refundId: `${orderId}/late`,
      lines,
      to: 'wallet',
      cause: 'buyer',
      byId: snapshot.customerId,
    } as const;
    const late = await refundOrder(servicesOf(environment), await orderNow(orderId), { ...wish, isUnusedOnly: true });
    expect(late).toMatchObject({ failure: { code: 'ticket_given_away' } });
    expect((await orderNow(orderId)).refunds.at(-1)).toMatchObject({ state: 'failed' });
    expect(only(await inventory.showTickets([last.ticketId])).status).toBe('active');
  });
});
