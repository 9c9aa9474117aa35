import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import {
  emptyInventory,
  freshInventory,
  holdRequest,
  putInForce,
  sell,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

const refusal = (code: string, facts?: object) => ({
  ok: false,
  failure: facts === undefined ? { code } : { code, facts },
});
const hold = async (stub: InventoryStub, overrides: Parameters<typeof holdRequest>[0] = {}) =>
  only(await stub.holdMany([holdRequest(overrides)]));
const confirm = async (stub: InventoryStub, holdId: string) => only(await stub.confirmMany([holdId]));
const release = async (stub: InventoryStub, holdId: string) => only(await stub.releaseMany([holdId]));

async function leftOf(stub: InventoryStub, typeId = 'day') {
  const availability = await stub.availability();
  return availability.ok ? availability.value.left[typeId] : undefined;
}

describe('a hold', () => {
  it('takes its tickets out of sale, and is answered with when it ends', async () => {
    const { stub } = await freshInventory();
    const before = Date.now();
    const answer = await hold(stub, { holdId: 'a', lines: [{ typeId: 'day', quantity: 3 }], ttlMs: 60_000 });
    expect(answer).toEqual({ ok: true, value: { holdId: 'a', expiresAtMs: expect.any(Number) } });
    const expiresAtMs = answer.ok ? (answer.value.expiresAtMs ?? 0) : 0;
    expect(expiresAtMs).toBeGreaterThanOrEqual(before + 60_000);
    expect(await leftOf(stub)).toBe(97);
  });

  it('of an event without rules is refused, and may be asked for again once it is on sale', async () => {
    const { eventId, eventNumber, stub } = emptyInventory();
    expect(await hold(stub, { holdId: 'a' })).toEqual(refusal('event_not_on_sale'));
    const { rules } = await freshInventory();
    await putInForce(stub, { ...rules, eventId, eventNumber }, 1);
    expect(await hold(stub, { holdId: 'a' })).toMatchObject({ ok: true });
  });

  it('sold out says how many are left', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 5 }, Date.now())] });
    await sell(stub, [{ typeId: 'day', quantity: 3 }]);
    expect(await hold(stub, { lines: [{ typeId: 'day', quantity: 3 }] })).toEqual(
      refusal('sold_out', { type: 'Day ticket', left: 2 }),
    );
    expect(await leftOf(stub)).toBe(2);
  });

  it('of a group ticket takes a place in the shared pool for each person (I1)', async () => {
    const pools = [{ id: 'dinner', name: 'Dinner', capacity: 20 }];
    const table = ticketType({ id: 'table', admits: 8, pools: ['dinner'] }, Date.now());
    const { stub } = await freshInventory({ pools, ticketTypes: [table] });
    const lines = [{ typeId: 'table', quantity: 1 }];
    expect((await stub.holdMany([1, 2, 3].map(() => holdRequest({ lines })))).map(({ ok }) => ok)).toEqual([
      true,
      true,
      false,
    ]);
    expect(await leftOf(stub, 'table')).toBe(0);
  });
});

describe('a hold is confirmed', () => {
  it('into one ticket for each place, each with an id and handle of its own', async () => {
    const { eventId, stub } = await freshInventory();
    const tickets = await sell(stub, [{ typeId: 'day', quantity: 4 }]);
    expect(new Set(tickets.map(({ ticketId }) => ticketId)).size).toBe(4);
    expect(new Set(tickets.map(({ handle }) => handle)).size).toBe(4);
    for (const ticket of tickets) {
      expect(ticket).toEqual({
        ticketId: expect.stringMatching(/^tkt_[0-9A-Z]{13}$/),
        typeId: 'day',
        handle: expect.stringMatching(/^[0-9A-Z]{10}$/),
        eventId,
      });
    }
    expect(await leftOf(stub)).toBe(96);
  });

  it('once: a repeat gets the same tickets (I5)', async () => {
    const { stub } = await freshInventory();
    await hold(stub, { holdId: 'a' });
    const first = await confirm(stub, 'a');
    expect(await confirm(stub, 'a')).toEqual(first);
    expect(await leftOf(stub)).toBe(99);
  });

  it('never when it is unknown, released or refused', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
    expect(await confirm(stub, 'unknown')).toEqual(refusal('hold_unknown'));
    await hold(stub, { holdId: 'let-go' });
    await release(stub, 'let-go');
    expect(await confirm(stub, 'let-go')).toEqual(refusal('hold_released'));
    await hold(stub, { holdId: 'too-many', lines: [{ typeId: 'day', quantity: 2 }] });
    expect(await confirm(stub, 'too-many')).toEqual(refusal('hold_not_confirmable'));
  });

  it('never once the event is cancelled', async () => {
    const { rules, stub } = await freshInventory();
    await hold(stub, { holdId: 'a', firm: true });
    await putInForce(stub, { ...rules, status: 'cancelled' }, 2);
    expect(await confirm(stub, 'a')).toEqual(refusal('event_cancelled'));
  });
});

describe('a hold is released', () => {
  it('and gives its tickets back once, however often it is asked', async () => {
    const { stub } = await freshInventory();
    await hold(stub, { holdId: 'a', firm: true });
    await hold(stub, { holdId: 'b' });
    expect(await release(stub, 'a')).toMatchObject({ ok: true });
    expect(await release(stub, 'a')).toMatchObject({ ok: true });
    expect(await leftOf(stub)).toBe(99);
  });

  it('never after it became tickets', async () => {
    const { stub } = await freshInventory();
    await hold(stub, { holdId: 'a' });
    await confirm(stub, 'a');
    expect(await release(stub, 'a')).toEqual(refusal('hold_not_releasable'));
    expect(await leftOf(stub)).toBe(99);
  });

  it('before it was made: the request still on its way then takes nothing', async () => {
    const { stub } = await freshInventory();
    expect(await release(stub, 'late')).toMatchObject({ ok: true });
    expect(await hold(stub, { holdId: 'late', firm: true })).toEqual(refusal('hold_released'));
    expect(await leftOf(stub)).toBe(100);
  });
});

describe('I5: the same hold sent again', () => {
  it('is answered as before, and takes nothing more', async () => {
    const { stub } = await freshInventory();
    const request = holdRequest({ holdId: 'a' });
    const [first, second] = await stub.holdMany([request, request]);
    expect(second).toEqual(first);
    expect(only(await stub.holdMany([request]))).toEqual(first);
    expect(await leftOf(stub)).toBe(99);
  });

  it('is refused again for the same reason, even when there is room by now', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
    await hold(stub, { holdId: 'first', firm: true });
    const refused = await hold(stub, { holdId: 'second' });
    await release(stub, 'first');
    expect(await hold(stub, { holdId: 'second' })).toEqual(refused);
  });

  it.each([
    ['other lines', { lines: [{ typeId: 'day', quantity: 2 }] }],
    ['another customer', { customerId: 'cus_ZZZZZZZZZZZZZZZZ' }],
    ['another order', { orderId: 'ord_other' }],
  ])('with %s is refused', async (_what, overrides) => {
    const { stub } = await freshInventory();
    await hold(stub, { holdId: 'a' });
    expect(await hold(stub, { holdId: 'a', ...overrides })).toEqual(refusal('idempotency_key_reused'));
    expect(await leftOf(stub)).toBe(99);
  });
});
