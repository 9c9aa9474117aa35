import { afterEach, describe, expect, it, vi } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { batchLimit } from '#objects/event-inventory/batch.ts';
import {
  codeOf,
  freshInventory,
  holdRequest,
  insideInventory,
  scanRequest,
  sellOne,
  trailOf,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('I1: a rush', () => {
  it('of 200 buyers at once for 50 tickets sells exactly 50', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 50 }, Date.now())] });
    const buy = async (index: number) => {
      const held = only(await stub.holdMany([holdRequest({ holdId: `order-${index}`, customerId: `cus_${index}` })]));
      return held.ok ? only(await stub.confirmMany([`order-${index}`])) : held;
    };
    const answers = await Promise.all(many(200, buy));
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.failure]));
    expect(refused).toEqual(many(150, () => ({ code: 'sold_out', facts: { type: 'Day ticket', left: 0 } })));
    const issued = (await trailOf(stub)).filter(({ kind }) => kind === 'ticket.issued');
    expect(issued).toHaveLength(50);
  });

  it('in one batch over a shared pool stops at the pool’s last place', async () => {
    const pools = [{ id: 'hall', name: 'Hall', capacity: 30 }];
    const ticketTypes = ['one', 'two'].map((id) => ticketType({ id, pools: ['hall'] }, Date.now()));
    const { stub } = await freshInventory({ pools, ticketTypes });
    const requests = many(100, (index) =>
      holdRequest({ customerId: `cus_${index}`, lines: [{ typeId: index % 2 ? 'one' : 'two', quantity: 1 }] }),
    );
    const answers = await stub.holdMany(requests);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(30);
  });
});

describe('I2: one admission', () => {
  it('of 50 scans of one ticket at once, one is granted and 49 are told it was', async () => {
    const { stub } = await freshInventory();
    const code = await codeOf(stub, await sellOne(stub));
    const gates = ['north', 'south'];
    const answers = await Promise.all(
      many(50, async (index) => only(await stub.scanMany([scanRequest(code, { gateId: gates[index % 2]! })]))),
    );
    const said = answers.map((answer) => (answer.ok ? answer.value.reason : answer.failure.code));
    expect(said.filter((reason) => reason === 'admitted')).toHaveLength(1);
    expect(said.filter((reason) => reason === 'already_admitted')).toHaveLength(49);
  });

  it('holds within one batch too', async () => {
    const { stub } = await freshInventory();
    const code = await codeOf(stub, await sellOne(stub));
    const answers = await stub.scanMany(many(50, () => scanRequest(code)));
    expect(answers.filter((answer) => answer.ok && answer.value.outcome === 'grant')).toHaveLength(1);
  });
});

describe('a batch', () => {
  it('over the limit is refused for what is over it, and answered for the rest', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 5_000 }, Date.now())] });
    const answers = await stub.holdMany(
      many(batchLimit + 2, (index) => holdRequest({ holdId: `h${index}`, customerId: `cus_${index}` })),
    );
    expect(answers.slice(0, batchLimit).every(({ ok }) => ok)).toBe(true);
    const refused = { ok: false, failure: { code: 'batch_too_large', facts: { max: batchLimit } } };
    expect(answers.slice(batchLimit)).toEqual([refused, refused]);
  });

  it('answers in the order it was asked', async () => {
    const { stub } = await freshInventory();
    await stub.holdMany([holdRequest({ holdId: 'a' })]);
    expect(await stub.confirmMany(['missing', 'a'])).toMatchObject([
      { failure: { code: 'hold_unknown' } },
      { ok: true },
    ]);
  });

  it('with an item that breaks answers its neighbours, and leaves nothing of it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { stub } = await freshInventory();
    const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    let tickets = 0;
    // The batch's third ticket is the second hold's first: that hold breaks when part of it is done. It alone.
    const breaking = (length: number) => {
      if (length === 8) tickets += 1;
      // The group runs again after that, item by item: its sixth ticket is the same hold's first.
      if (tickets === 3 || tickets === 6) throw new Error('no randomness');
      return randomBytes(length);
    };
    const answers = await insideInventory(stub, { randomBytes: breaking }, async ({ inventory }) => {
      const lines = [{ typeId: 'day', quantity: 2 }];
      await inventory.holdMany(['a', 'b', 'c'].map((holdId) => holdRequest({ holdId, lines })));
      return inventory.confirmMany(['a', 'b', 'c']);
    });
    expect(answers.map((answer) => (answer.ok ? answer.value.tickets.length : answer.failure.code))).toEqual([
      2,
      'internal_error',
      2,
    ]);
    const issued = (await trailOf(stub)).flatMap((entry) => (entry.kind === 'ticket.issued' ? [entry.orderId] : []));
    expect(issued).toEqual(['a', 'a', 'c', 'c']);
    const stands = (await trailOf(stub)).findLast(({ kind }) => kind === 'stock.stands');
    expect(stands).toMatchObject({ stocks: [{ stockId: 'type:day', held: 2, sold: 4 }] });
    expect(only(await stub.confirmMany(['b']))).toMatchObject({ ok: true });
  });
});
