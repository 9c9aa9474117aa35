import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { batchLimit } from '#objects/event-inventory/batch.ts';
import type { RedemptionRequest } from '#objects/event-inventory/redemptions.ts';
import {
  codeOf,
  freshInventory,
  holdRequest,
  putInForce,
  scanAt,
  scanRequest,
  sellOne,
  trailOf,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const refused = (code: string, facts?: object) => ({ ok: false, failure: facts ? { code, facts } : { code } });
const gift = { id: 'gift', name: 'Gift', kind: 'product' as const, quantity: 2, redeemAt: 'counter' as const };
const roomy = () => ({ ticketTypes: [ticketType({ capacity: 5_000, benefits: [gift] }, Date.now())] });
const redemption = (code: string, overrides: Partial<RedemptionRequest> = {}): RedemptionRequest => ({
  ...scanRequest(code),
  redemptionId: crypto.randomUUID(),
  benefitId: 'gift',
  quantity: 1,
  ...overrides,
});

describe('ten thousand items in a batch', () => {
  const count = 10_000;
  const tooLarge = refused('batch_too_large', { max: batchLimit });
  const goodBefore = (answers: readonly { ok: boolean }[]) => {
    expect(answers).toHaveLength(count);
    expect(answers.slice(batchLimit).every(({ ok }) => !ok)).toBe(true);
    expect(answers.at(-1)).toEqual(tooLarge);
    return answers.slice(0, batchLimit).filter(({ ok }) => ok).length;
  };

  it('of holds: those over the limit are refused one by one, the rest held', async () => {
    const { stub } = await freshInventory(roomy());
    const answers = await stub.holdMany(many(count, (n) => holdRequest({ holdId: `h${n}`, customerId: `cus_${n}` })));
    expect(goodBefore(answers)).toBe(batchLimit);
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 4_000 } } });
  });

  it('of scans: no more is looked at, and the one good ticket is admitted once (I2)', async () => {
    const { stub } = await freshInventory();
    const ticket = await sellOne(stub);
    const answers = await stub.scanMany(many(count, () => scanRequest(ticket.handle)));
    expect(goodBefore(answers)).toBe(batchLimit);
    expect(answers.filter((answer) => answer.ok && answer.value.reason === 'admitted')).toHaveLength(1);
  });

  it('of redemptions: what is there is handed out, and no more', async () => {
    const { stub } = await freshInventory(roomy());
    const ticket = await sellOne(stub);
    const answers = await stub.redeemMany(many(count, () => redemption(ticket.handle)));
    expect(goodBefore(answers)).toBe(batchLimit);
    expect(answers.filter((answer) => answer.ok && answer.value.reason === 'benefit_redeemed')).toHaveLength(2);
  });

  it('of moves: each is answered, and the one ticket is moved once', async () => {
    const { stub } = await freshInventory();
    const { ticketId } = await sellOne(stub);
    const answers = await stub.moveMany(many(count, () => ({ ticketId, move: 'suspend' as const })));
    expect(goodBefore(answers)).toBe(1);
  });
});

describe('quantities that are none', () => {
  it.each([0, -1, -5_000, 1.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', async (quantity) => {
    const { stub } = await freshInventory(roomy());
    const ticket = await sellOne(stub);
    const [bad, good] = await stub.holdMany([
      holdRequest({ lines: [{ typeId: 'day', quantity }] }),
      holdRequest({ customerId: 'cus_other' }),
    ]);
    expect(bad).toMatchObject(refused('quantity_invalid'));
    expect(good).toMatchObject({ ok: true });
    const answers = await stub.redeemMany([redemption(ticket.handle, { quantity }), redemption(ticket.handle)]);
    expect(answers).toMatchObject([refused('quantity_invalid'), { value: { reason: 'benefit_redeemed' } }]);
    const wishes = [{ entryId: 'w', customerId: 'cus_other', typeId: 'day', quantity }];
    expect(await stub.joinWaitlist(wishes)).toMatchObject([refused('quantity_invalid')]);
    const granted = [{ entitlementId: 'e', typeId: 'day', granted: quantity, endsAtMs: Date.now() }];
    expect(await stub.grantEntitlements(granted)).toEqual([refused('quantity_invalid')]);
    // The refused redemption was an attempt too (I7).
    const traces = (await trailOf(stub)).filter(({ kind }) => kind === 'scan.rejected');
    expect(traces).toMatchObject([{ code: 'quantity_invalid', deviceId: 'dev_1' }]);
  });

  it('more than an order may have is refused before it is counted', async () => {
    const { stub } = await freshInventory();
    const lines = [{ typeId: 'day', quantity: Number.MAX_SAFE_INTEGER }];
    expect(only(await stub.holdMany([holdRequest({ lines })]))).toMatchObject(
      refused('order_limit_exceeded', { type: 'Day ticket', max: 50 }),
    );
  });

  it('ten thousand lines of one hold are refused', async () => {
    const { stub } = await freshInventory();
    const lines = many(10_000, () => ({ typeId: 'day', quantity: 1 }));
    expect(only(await stub.holdMany([holdRequest({ lines })]))).toEqual(refused('quantity_invalid'));
  });
});

describe('ids nobody gave', () => {
  it('are refused by every method, and their neighbours served', async () => {
    const { stub } = await freshInventory(roomy());
    const ticket = await sellOne(stub);
    await stub.holdMany([holdRequest({ holdId: 'known' })]);
    const long = 'x'.repeat(10_000);
    expect(await stub.firmMany([long, 'known'])).toMatchObject([refused('hold_unknown'), { ok: true }]);
    expect(await stub.confirmMany([long, 'known'])).toMatchObject([refused('hold_unknown'), { ok: true }]);
    const moves = [long, ticket.ticketId].map((ticketId) => ({ ticketId, move: 'suspend' as const }));
    expect(await stub.moveMany(moves)).toEqual([refused('ticket_unknown'), { ok: true, value: 'suspended' }]);
    expect(await stub.leaveWaitlist([long])).toEqual([refused('waitlist_unknown')]);
    expect(await stub.forgetHolders([long])).toEqual([refused('ticket_unknown')]);
    expect(await stub.undoMany([scanRequest('', { scanId: long })])).toEqual([refused('scan_unknown')]);
    expect(await stub.revokeDevices([{ deviceId: long, staffId: 'per_1' }])).toEqual([refused('device_unknown')]);
    expect(await stub.setShifts([{ deviceId: long, staffId: 'per_1' }])).toEqual([refused('device_unknown')]);
    expect(only(await stub.scanMany([scanRequest(long)]))).toMatchObject({ value: { reason: 'unreadable_code' } });
    expect(only(await stub.redeemMany([redemption(ticket.handle, { benefitId: long })]))).toMatchObject({
      value: { reason: 'suspended' },
    });
    expect(await stub.showTickets([long])).toEqual([]);
  });

  it('of what is set aside for somebody who waits are not an order’s to touch', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
    await stub.holdMany([holdRequest({ holdId: 'first', firm: true })]);
    await stub.joinWaitlist([{ entryId: 'w', customerId: 'cus_w', typeId: 'day', quantity: 1 }]);
    await stub.releaseMany(['first']);
    const unknown = refused('hold_unknown');
    expect(await stub.holdMany([holdRequest({ holdId: 'offer/w' })])).toEqual([unknown]);
    expect(await stub.firmMany(['offer/w'])).toEqual([unknown]);
    expect(await stub.confirmMany(['offer/w'])).toEqual([unknown]);
    expect(await stub.releaseMany(['offer/w'])).toEqual([unknown]);
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 0 } } });
  });
});

describe('I5: a key with another payload is refused', () => {
  const reused = refused('idempotency_key_reused');

  it('by every method that takes one', async () => {
    const { stub, rules } = await freshInventory(roomy());
    const ticket = await sellOne(stub);
    const held = holdRequest({ customerId: 'cus_k' });
    expect(await stub.holdMany([held, { ...held, customerId: 'cus_l' }])).toMatchObject([{ ok: true }, reused]);
    const scan = scanRequest(ticket.handle);
    const changed = [
      { direction: 'out' as const },
      { identity: 'name' as const },
      { override: { cause: 'phone_dead' as const } },
    ];
    const scans = await stub.scanMany([scan, ...changed.map((change) => ({ ...scan, ...change }))]);
    expect(scans).toMatchObject([{ ok: true }, reused, reused, reused]);
    const one = redemption(ticket.handle);
    expect(await stub.redeemMany([one, { ...one, quantity: 2 }, { ...one, quantity: -1 }])).toMatchObject([
      { ok: true },
      reused,
      reused,
    ]);
    expect(await stub.redeemMany([redemption(ticket.handle, { redemptionId: scan.scanId })])).toEqual([reused]);
    await putInForce(
      stub,
      { ...rules, ticketTypes: [ticketType({ capacity: 2, perOrderMax: 2, benefits: [gift] }, Date.now())] },
      2,
    );
    const wish = { entryId: 'w', customerId: 'cus_w', typeId: 'day', quantity: 1 };
    expect(await stub.joinWaitlist([wish, wish, { ...wish, quantity: 2 }])).toMatchObject([
      { ok: true },
      { ok: true },
      reused,
    ]);
    expect(await stub.applyRules(2, 'hash-other', '{}')).toEqual(refused('rules_conflict', { version: 2 }));
  });
});

describe('a device’s clock far off', () => {
  it.each([0, -1e15, 4e15, Number.MAX_SAFE_INTEGER])('at %d is written down, and not believed', async (deviceAtMs) => {
    const { stub } = await freshInventory();
    const verdict = await scanAt(stub, await codeOf(stub, await sellOne(stub)), { deviceAtMs });
    expect(verdict.reason).toBe('admitted');
    expect(Math.abs(verdict.scannedAtMs - Date.now())).toBeLessThan(60_000);
    expect((await trailOf(stub)).find(({ kind }) => kind === 'scan')).toMatchObject({ deviceAtMs });
  });
});
