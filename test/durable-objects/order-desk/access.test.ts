import { describe, expect, it } from 'vitest';
import { freshDesk, freshOrderId, insideDesk, placeRequest, willingInventories } from '#test/support/desk.ts';

async function placedOrder() {
  const { desk, stub } = freshDesk();
  const request = placeRequest(desk, 'evt_any');
  await insideDesk(stub, { inventories: willingInventories }, (object) => object.place(request));
  return { desk, stub, orderId: request.orderId, contact: request.contact };
}

describe('the link a mail carried', () => {
  it('opens its order once', async () => {
    const { stub, orderId } = await placedOrder();
    expect(await stub.spendLink(orderId, 'nonce')).toMatchObject({ ok: true });
    expect(await stub.spendLink(orderId, 'nonce')).toEqual({ ok: false, failure: { code: 'link_already_used' } });
    expect(await stub.spendLink(orderId, 'another')).toMatchObject({ ok: true });
  });

  it('clicked many times at once opens it once', async () => {
    const { stub, orderId } = await placedOrder();
    const answers = await Promise.all(Array.from({ length: 10 }, () => stub.spendLink(orderId, 'nonce')));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('of an order the desk does not know opens nothing', async () => {
    const { desk, stub } = freshDesk();
    const orderId = freshOrderId(desk);
    const unknown = { ok: false, failure: { code: 'order_unknown' } };
    expect(await stub.spendLink(orderId, 'nonce')).toEqual(unknown);
    expect(await stub.show(orderId)).toEqual(unknown);
  });
});

describe('the buyer’s name and address', () => {
  it('are kept for writing to them', async () => {
    const { stub, orderId, contact } = await placedOrder();
    expect(await stub.contact(orderId)).toEqual(contact);
    expect(await stub.contact('ord_unknown')).toBeUndefined();
  });

  it('are in neither the order that pages show nor the log (I10)', async () => {
    const { stub, orderId, contact } = await placedOrder();
    const open = JSON.stringify([await stub.show(orderId), await stub.readLog(0)]);
    expect(open).toContain(orderId);
    for (const personal of Object.values(contact)) expect(open).not.toContain(personal);
  });
});

describe('the desk’s log', () => {
  it('tells every move of an order, in order, under the pseudonym of its buyer', async () => {
    const { stub, orderId } = await placedOrder();
    const { entries } = await stub.readLog(0);
    expect(entries.map((entry) => [entry.seq, entry.kind, 'state' in entry && entry.state])).toEqual([
      [1, 'order.moved', 'placed'],
      [2, 'order.moved', 'completed'],
    ]);
    expect(entries.at(-1)).toMatchObject({
      orderId,
      events: [{ eventId: 'evt_any', quantity: 2 }],
      customerId: 'cus_0123456789ABCDEF',
      currency: 'GBP',
      totalMinor: 0,
      quantity: 2,
      ticketIds: [`tkt_${orderId}/1`],
    });
  });
});
