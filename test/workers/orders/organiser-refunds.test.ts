import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dayMs } from '#shared/time.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { atBank, moneyAndTickets, openBrowser, orderNow } from '#test/support/bank.ts';
import { boughtByCard, inventoryAt, paidDayEvent, priceMinor, tellDispute } from '#test/support/changes.ts';
import { readIntoD1 } from '#test/support/customers.ts';
import { textOf } from '#test/support/earning.ts';
import { codeOf, scanAt } from '#test/support/inventory.ts';
import { newBusiness, newWorker, post, trailOf, type Worker } from '#test/support/staff.ts';
import { businessId, publishEventWith, visit } from '#test/workers/http/site.ts';
import { orderReference } from '#shared/ids.ts';
import { pathTo } from '#workers/routes.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const untilTomorrow = (feePercent: number) => ({ kind: 'until' as const, until: Date.now() + dayMs, feePercent });

/** Two tickets by card at an event of the tests' business, and somebody of its finance. */
async function sold(feePercent = 0) {
  const event = await paidDayEvent({ refund: untilTomorrow(feePercent) });
  const email = `${crypto.randomUUID()}@buyers.example`;
  const { orderId } = await boughtByCard(event.slug, 2, { name: 'Ama Buyer', email });
  await readIntoD1(orderId, event.eventId);
  const finance = await newWorker({ businessId, role: 'finance' });
  return { ...event, orderId, email, finance };
}

async function formOf(worker: Worker, orderId: string, index = 0): Promise<Record<string, string>> {
  const page = await (await visit(pathTo('studioOrder', { orderId }), worker)).text();
  const form = page.split('<form class="refund-form"')[index + 1] ?? '';
  return { ...hiddenIn(form, 3), to: 'source', reason: 'asked' };
}

function hiddenIn(form: string, most = Number.POSITIVE_INFINITY): Record<string, string> {
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.slice(0, most).map(([, name = '', value = '']) => [name, value]));
}

const give = (worker: Worker, orderId: string, fields: Record<string, string>) =>
  post(pathTo('studioOrderRefund', { orderId }), worker.headers, fields);

describe('an order at its seller’s desk', () => {
  it('is found by number and by address, and shows what was paid; finance sees no name, and the look is on record', async () => {
    const { orderId, email, finance } = await sold();
    for (const sought of [orderReference(orderId).toLowerCase(), email, orderId]) {
      const found = await post(pathTo('studioOrders'), finance.headers, { sought });
      expect(await found.text()).toContain(pathTo('studioOrder', { orderId }));
    }
    const page = await textOf(await visit(pathTo('studioOrder', { orderId }), finance));
    for (const text of ['2 × Day ticket', '£48.00', 'Paid', 'Your role does not show who bought it.']) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('Ama Buyer');
    const manager = await newWorker({ businessId, role: 'manager' });
    expect(await textOf(await visit(pathTo('studioOrder', { orderId }), manager))).toContain(email);
    const looks = (await trailOf(businessId)).filter(({ subjectId }) => subjectId === orderId);
    expect(looks.map(({ actorId, facts }) => [actorId, facts])).toEqual([
      [finance.personId, { what: 'opened' }],
      [manager.personId, { what: 'name_shown' }],
    ]);
  });

  it('is no order to another business, nor is it found there', async () => {
    const { orderId } = await sold();
    const stranger = await newWorker({ businessId: await newBusiness(), role: 'owner' });
    expect((await visit(pathTo('studioOrder', { orderId }), stranger)).status).toBe(403);
    const found = await post(pathTo('studioOrders'), stranger.headers, { sought: orderReference(orderId) });
    expect(await found.text()).not.toContain(orderId);
    const refused = await give(stranger, orderId, { of: 'x' });
    expect(refused.status).toBe(403);
  });
});

describe('an order of two sellers', () => {
  it('is worth to each, in the list too, what they sold of it', async () => {
    const other = await newBusiness();
    const [own, theirs] = [
      await paidDayEvent(),
      await publishEventWith(
        { rules: { businessId: other }, row: { businessId: other } },
        { id: 'day', category: 'paid', priceMinor: 7_700, capacity: 20 },
      ),
    ];
    const browser = openBrowser();
    for (const { slug } of [own, theirs]) {
      await browser.post(`${pathTo('cart')}?event=${slug}`, { do: 'add', q_day: '1' });
    }
    const { html } = await browser.get(pathTo('cartCheckout'));
    const email = `${crypto.randomUUID()}@buyers.example`;
    const form = { ...hiddenIn(html), name: 'Ama Buyer', email };
    const { orderId } = await atBank(await browser.post(pathTo('cartCheckout'), form));
    await readIntoD1(orderId, own.eventId);
    for (const [at, sum] of [
      [businessId, '£24.00'],
      [other, '£77.00'],
      [platformBusinessId, '£101.00'],
    ] as const) {
      const finance = await newWorker({ businessId: at, role: 'finance' });
      const found = await textOf(await post(pathTo('studioOrders'), finance.headers, { sought: email }));
      expect(found.match(/£\d+\.\d\d/g)).toEqual([sum]);
    }
  });
});

describe('an organiser gives money back (I3, I5, 5.2/8)', () => {
  it('for one of two, less what the rules keep; pressed twice it is once, and on record once', async () => {
    const { orderId, finance } = await sold(10);
    const fields = { ...(await formOf(finance, orderId)), q_l1: '1', fee: 'kept' };
    const answers = await Promise.all([give(finance, orderId, fields), give(finance, orderId, fields)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const { refunds } = await orderNow(orderId);
    expect(refunds).toMatchObject([{ state: 'done', amountMinor: 2_160, keptFeeMinor: 240, reason: 'asked' }]);
    expect(await moneyAndTickets(orderId)).toMatchObject({ keptMinor: priceMinor + 240, liveMinor: priceMinor });
    const told = (await trailOf(businessId)).filter(
      ({ action, subjectId }) => action === 'order.refunded' && subjectId === orderId,
    );
    expect(told).toMatchObject([{ actorId: finance.personId, facts: { amountMinor: 2_160, reason: 'asked' } }]);
  });

  it('from two tabs: the second, drawn before, is told that the order has changed', async () => {
    const { orderId, finance } = await sold();
    const [one, other] = [await formOf(finance, orderId), await formOf(finance, orderId)];
    expect((await give(finance, orderId, { ...one, q_l1: '1' })).status).toBe(303);
    const late = await give(finance, orderId, { ...other, q_l1: '1' });
    expect(late.status).toBe(409);
    expect(await textOf(late)).toContain('Money went back after this page was drawn');
    expect((await orderNow(orderId)).refunds).toHaveLength(1);
  });

  it('under a key that was used for something else not again, and is not told that it was', async () => {
    const { orderId, finance } = await sold();
    const fields = { ...(await formOf(finance, orderId)), q_l1: '1' };
    expect((await give(finance, orderId, fields)).status).toBe(303);
    for (const changed of [{ q_l1: '2' }, { to: 'wallet' }]) {
      expect((await give(finance, orderId, { ...fields, ...changed })).status).toBe(409);
    }
    expect((await orderNow(orderId)).refunds).toHaveLength(1);
  });

  it('not for a ticket that was given away, however often it is pressed, and nothing on record says so', async () => {
    const { orderId, eventId, finance } = await sold();
    const { tickets, snapshot } = await orderNow(orderId);
    const ticketId = tickets[0]?.ticketId ?? '';
    const transfer = { transferId: `trf_${orderId}`, ticketId, byCustomerId: snapshot.customerId };
    await inventoryAt(eventId).offerTickets([transfer]);
    await inventoryAt(eventId).transferTickets([{ ...transfer, toCustomerId: 'cus_friend' }]);
    const fields = { ...(await formOf(finance, orderId)), q_l1: '2' };
    for (const press of [1, 2]) expect([press, (await give(finance, orderId, fields)).status]).toEqual([press, 409]);
    expect(await moneyAndTickets(orderId)).toMatchObject({ keptMinor: 2 * priceMinor, liveMinor: 2 * priceMinor });
    const told = (await trailOf(businessId)).filter(({ subjectId }) => subjectId === orderId);
    expect(told.map(({ action }) => action)).not.toContain('order.refunded');
  });

  it('to please: an amount to the wallet, tickets stay; and no more than is left', async () => {
    const { orderId, finance } = await sold();
    const fields = { ...(await formOf(finance, orderId, 1)), to: 'wallet', reason: 'goodwill', line: 'l1' };
    expect((await give(finance, orderId, { ...fields, amount: '5' })).status).toBe(303);
    expect((await orderNow(orderId)).refunds).toMatchObject([
      { state: 'done', legs: [{ to: 'wallet', amountMinor: 500 }] },
    ]);
    expect(await moneyAndTickets(orderId)).toMatchObject({ liveMinor: 2 * priceMinor });
    const again = { ...(await formOf(finance, orderId, 1)), line: 'l1', amount: '43.01' };
    expect((await give(finance, orderId, again)).status).toBe(409);
    const rest = { ...(await formOf(finance, orderId)), q_l1: '2' };
    expect((await give(finance, orderId, rest)).status).toBe(303);
    // What pleased comes off what is left: together they are what was paid.
    expect((await orderNow(orderId)).refunds.map(({ amountMinor }) => amountMinor)).toEqual([500, 4_300]);
  });

  it('not for what has gone back, nor for more than there is', async () => {
    const { orderId, finance } = await sold();
    expect((await give(finance, orderId, { ...(await formOf(finance, orderId)), q_l1: '3' })).status).toBe(409);
    const all = { ...(await formOf(finance, orderId)), q_l1: '2' };
    expect((await give(finance, orderId, all)).status).toBe(303);
    const more = { ...all, key: crypto.randomUUID(), seen: '1', q_l1: '1' };
    expect((await give(finance, orderId, more)).status).toBe(409);
    expect(await textOf(await visit(pathTo('studioOrder', { orderId }), finance))).toContain('Nothing is left');
  });

  it('for a used ticket only by who may overrule the rules, and said plainly', async () => {
    const { orderId, eventId, finance } = await sold();
    const { tickets } = await orderNow(orderId);
    const stub = inventoryAt(eventId);
    for (const ticket of tickets) await scanAt(stub, await codeOf(stub, ticket));
    expect(await textOf(await visit(pathTo('studioOrder', { orderId }), finance))).toContain('2 tickets were used');
    const fields = await formOf(finance, orderId);
    expect((await give(finance, orderId, { ...fields, q_l1: '1' })).status).toBe(409);
    expect((await give(finance, orderId, { ...fields, q_l1: '1', used: 'yes' })).status).toBe(403);
    const owner = await newWorker({ businessId, role: 'owner' });
    const overruled = { ...(await formOf(owner, orderId)), q_l1: '1', used: 'yes' };
    expect((await give(owner, orderId, overruled)).status).toBe(303);
    expect(await moneyAndTickets(orderId)).toMatchObject({ liveMinor: priceMinor });
  });

  it('not while the card’s bank is asking', async () => {
    const { orderId, finance } = await sold();
    const fields = { ...(await formOf(finance, orderId)), q_l1: '1' };
    await tellDispute(orderId, 'open');
    const refused = await give(finance, orderId, fields);
    expect(refused.status).toBe(409);
    expect(await textOf(refused)).toContain('The card’s bank is asking');
  });

  it('not by a manager, who may look', async () => {
    const { orderId } = await sold();
    const manager = await newWorker({ businessId, role: 'manager' });
    const page = await visit(pathTo('studioOrder', { orderId }), manager);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('refund-form');
    expect((await give(manager, orderId, { of: 'x' })).status).toBe(403);
  });
});
