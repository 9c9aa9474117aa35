import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { offerTtlMs } from '#objects/event-inventory/waitlist.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import { hourMs } from '#shared/time.ts';
import {
  freshInventory,
  holdRequest,
  insideInventory,
  putInForce,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

/** An event whose tickets are all held by orders `ord_0`, `ord_1`, … of one ticket each. */
async function soldOut(capacity: number, overrides: Partial<TicketType> = {}) {
  const { stub, rules } = await freshInventory({ ticketTypes: [ticketType({ capacity, ...overrides }, Date.now())] });
  const orders = Array.from({ length: capacity }, (_, n) =>
    holdRequest({ holdId: `ord_${n}`, customerId: `cus_${n}`, firm: true }),
  );
  await stub.holdMany(orders);
  return { stub, rules };
}
const join = async (stub: InventoryStub, entryId: string, quantity = 1, typeId = 'day') =>
  only(await stub.joinWaitlist([{ entryId, customerId: `cus_${entryId}`, typeId, quantity }]));
const accept = async (stub: InventoryStub, entryId: string, quantity = 1, customerId = `cus_${entryId}`) =>
  only(
    await stub.holdMany([
      holdRequest({ offerId: entryId, customerId, lines: [{ typeId: 'day', quantity }], firm: true }),
    ]),
  );
/** Who was told what, in order. */
async function told(stub: InventoryStub) {
  const entries = await trailOf(stub);
  return entries.flatMap((entry) =>
    'entryId' in entry && entry.kind !== 'waitlist.joined' ? [`${entry.entryId} ${entry.kind.slice(9)}`] : [],
  );
}

describe('the waitlist', () => {
  it('is for what is sold out: what is free is bought', async () => {
    const { stub } = await freshInventory();
    expect(await join(stub, 'a')).toMatchObject({ failure: { code: 'waitlist_not_needed' } });
  });

  it('offers what comes back to whoever waited longest', async () => {
    const { stub } = await soldOut(2);
    for (const entryId of ['a', 'b', 'c']) await join(stub, entryId);
    await stub.releaseMany(['ord_0', 'ord_1']);
    expect(await told(stub)).toEqual(['a offered', 'b offered']);
  });

  it('keeps an offer from everybody else: a buyer who comes by finds nothing', async () => {
    const { stub } = await soldOut(1);
    await join(stub, 'a');
    await stub.releaseMany(['ord_0']);
    expect(only(await stub.holdMany([holdRequest()]))).toMatchObject({ failure: { code: 'sold_out' } });
    expect(await accept(stub, 'a', 1, 'cus_thief')).toMatchObject({ failure: { code: 'waitlist_unknown' } });
    expect(await accept(stub, 'a')).toMatchObject({ ok: true });
  });

  it('does not pass over somebody who waits for two', async () => {
    const { stub } = await soldOut(2);
    await join(stub, 'pair', 2);
    await join(stub, 'single');
    await stub.releaseMany(['ord_0']);
    expect(await told(stub)).toEqual([]);
    await stub.releaseMany(['ord_1']);
    expect(await told(stub)).toEqual(['pair offered']);
  });

  it('moves on when whoever is first gives up', async () => {
    const { stub } = await soldOut(2);
    await join(stub, 'pair', 2);
    await join(stub, 'single');
    await stub.releaseMany(['ord_0']);
    await stub.leaveWaitlist(['pair', 'pair']);
    expect(await told(stub)).toEqual(['pair left', 'single offered']);
  });

  it('passes an offer that nobody answered to the next, when its time is over', async () => {
    const { stub } = await soldOut(1);
    await join(stub, 'a');
    await join(stub, 'b');
    await stub.releaseMany(['ord_0']);
    const clock = () => Date.now() + offerTtlMs;
    await insideInventory(stub, { clock }, ({ inventory }) => inventory.alarm());
    expect(await told(stub)).toEqual(['a offered', 'a lapsed', 'b offered']);
    expect(await accept(stub, 'a')).toMatchObject({ failure: { code: 'waitlist_unknown' } });
  });

  it('gives what an offer leaves over to the next in line', async () => {
    const { stub } = await soldOut(2);
    await join(stub, 'pair', 2);
    await join(stub, 'single');
    await stub.releaseMany(['ord_0', 'ord_1']);
    expect(await accept(stub, 'pair', 1)).toMatchObject({ ok: true });
    expect(await told(stub)).toEqual(['pair offered', 'pair taken', 'single offered']);
  });

  it('gives an offer’s tickets on when its customer takes another type for it', async () => {
    const { stub, rules } = await soldOut(1);
    await putInForce(stub, { ...rules, ticketTypes: [...rules.ticketTypes, ticketType({ id: 'vip' }, Date.now())] }, 2);
    await join(stub, 'a');
    await join(stub, 'b');
    await stub.releaseMany(['ord_0']);
    const lines = [{ typeId: 'vip', quantity: 1 }];
    await stub.holdMany([holdRequest({ offerId: 'a', customerId: 'cus_a', lines, firm: true })]);
    expect(await told(stub)).toEqual(['a offered', 'a taken', 'b offered']);
  });

  it('is served by a refund and by a larger hall too', async () => {
    const { stub, rules } = await soldOut(1);
    const confirmed = only(await stub.confirmMany(['ord_0']));
    for (const entryId of ['a', 'b']) await join(stub, entryId);
    const ticketId = confirmed.ok ? confirmed.value.tickets[0]!.ticketId : '';
    await stub.moveMany([{ ticketId, move: 'refund' }]);
    expect(await told(stub)).toEqual(['a offered']);
    await putInForce(stub, { ...rules, ticketTypes: [ticketType({ capacity: 2 }, Date.now())] }, 2);
    expect(await told(stub)).toEqual(['a offered', 'b offered']);
  });

  it('over types that share a pool is one line: first come, first served', async () => {
    const pools = [{ id: 'hall', name: 'Hall', capacity: 1 }];
    const ticketTypes = ['vip', 'day'].map((id) => ticketType({ id, pools: ['hall'] }, Date.now()));
    const { stub } = await freshInventory({ pools, ticketTypes });
    await stub.holdMany([holdRequest({ holdId: 'ord_0', firm: true })]);
    await join(stub, 'first', 1, 'day');
    await join(stub, 'second', 1, 'vip');
    await stub.releaseMany(['ord_0']);
    expect(await told(stub)).toEqual(['first offered']);
  });

  it('offers nothing that can no longer be bought', async () => {
    const { stub } = await soldOut(1);
    await join(stub, 'a');
    const clock = () => Date.now() + 25 * hourMs;
    await insideInventory(stub, { clock }, ({ inventory }) => inventory.releaseMany(['ord_0']));
    expect(await told(stub)).toEqual([]);
  });

  it('keeps a customer to what one customer may have', async () => {
    const { stub } = await soldOut(1, { perCustomerMax: 1 });
    const again = { entryId: 'w', customerId: 'cus_0', typeId: 'day', quantity: 1 };
    expect(only(await stub.joinWaitlist([again]))).toMatchObject({ failure: { code: 'customer_limit_exceeded' } });
  });
});
