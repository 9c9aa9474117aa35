import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import { minuteMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import {
  freshInventory,
  holdRequest,
  insideInventory,
  scanRequest,
  sellOne,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const leftOf = async (stub: InventoryStub) => {
  const answer = await stub.availability();
  return answer.ok ? answer.value.left['day'] : undefined;
};

describe('an alarm', () => {
  it('that rings twice lets go of a hold once', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 3 }, Date.now())] });
    await stub.holdMany([holdRequest({ ttlMs: -1 }), holdRequest({ firm: true })]);
    await insideInventory(stub, {}, async ({ inventory }) => {
      await inventory.alarm();
      await inventory.alarm();
    });
    expect(await leftOf(stub)).toBe(2);
    const expired = (await trailOf(stub)).filter(({ kind }) => kind === 'hold.expired');
    expect(expired).toHaveLength(1);
  });

  it('with more to let go of than one turn takes is asked for again at once', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 500 }, Date.now())] });
    const start = Date.now() + 60 * minuteMs;
    const requests = Array.from({ length: 450 }, (_, n) => holdRequest({ customerId: `cus_${n}` }));
    await insideInventory(stub, { clock: () => start }, ({ inventory }) => inventory.holdMany(requests));
    const end = start + 11 * minuteMs;
    const asked = await insideInventory(stub, { clock: () => end }, async ({ inventory, state }) => {
      await state.storage.deleteAlarm();
      await inventory.alarm();
      const next = await state.storage.getAlarm();
      await inventory.alarm();
      await inventory.alarm();
      return next;
    });
    expect(asked).toBeLessThanOrEqual(end);
    expect(await leftOf(stub)).toBe(500);
  });

  it('that was due while the object was gone rings when it is back', async () => {
    const { stub } = await freshInventory();
    await stub.holdMany([holdRequest({ ttlMs: -1 })]);
    await evictDurableObject(stub);
    await runDurableObjectAlarm(stub);
    expect(await leftOf(stub)).toBe(100);
  });
});

describe('an inventory stopped between two answers', () => {
  it('by eviction stands by a scan, its undo, a redemption and an order to open the gates', async () => {
    const gift = { id: 'gift', name: 'Gift', kind: 'product' as const, quantity: 1, redeemAt: 'counter' as const };
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ benefits: [gift] }, Date.now())] });
    const ticket = await sellOne(stub);
    const scan = scanRequest(ticket.handle);
    const redemption = { ...scan, redemptionId: 'red_1', benefitId: 'gift', quantity: 1 };
    const said = [await stub.scanMany([scan]), await stub.redeemMany([redemption]), await stub.undoMany([scan])];
    await stub.setAdmitAll({ isOn: true, cause: 'evacuation', staffId: 'per_chief' });
    await evictDurableObject(stub);
    const again = [await stub.scanMany([scan]), await stub.redeemMany([redemption]), await stub.undoMany([scan])];
    expect(again).toEqual(said);
    expect(await stub.admitAll()).toMatchObject({ cause: 'evacuation' });
    expect(await stub.live()).toMatchObject({ zones: [{ inside: 0 }, { inside: 0 }] });
  });

  it('by an abort among scans admits each ticket once, and its trail is whole (I2, I7)', async () => {
    const { eventId, stub } = await freshInventory();
    const ticket = await sellOne(stub);
    const here = () => inventoryOf(environment.EVENT_INVENTORY, eventId);
    const scans = Array.from({ length: 30 }, (_, n) => scanRequest(ticket.handle, { scanId: `scn_${n}` }));
    const send = async (n: number) => {
      if (n === 15) await abortAllDurableObjects();
      return only(await here().scanMany([scans[n]!]));
    };
    await Promise.allSettled(scans.map((_, n) => send(n)));
    // Whoever got no answer sends the same scan again.
    const answers = await here().scanMany(scans);
    const granted = answers.filter((answer) => answer.ok && answer.value.reason === 'admitted');
    expect(granted).toHaveLength(1);
    const traces = (await trailOf(here())).filter(({ kind }) => kind === 'scan');
    expect(traces).toHaveLength(scans.length);
    expect(await here().checkTrail({ nextSeq: 1, hash: '' })).toMatchObject({ brokenAtSeq: undefined });
  });
});

describe('a handler that throws', () => {
  it('in the middle of a group leaves nothing of itself, and the object goes on', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { stub } = await freshInventory();
    let isBroken = false;
    const ports = {
      clock: () => {
        if (isBroken) throw new Error('no time');
        return Date.now();
      },
    };
    const broken = await insideInventory(stub, ports, async ({ inventory }) => {
      isBroken = true;
      const answers = await inventory.holdMany([holdRequest(), holdRequest()]);
      isBroken = false;
      const after = await inventory.holdMany([holdRequest()]);
      return [...answers, ...after];
    });
    const internal = { ok: false, failure: { code: 'internal_error' } };
    expect(broken).toMatchObject([internal, internal, { ok: true }]);
    expect((await trailOf(stub)).filter(({ kind }) => kind === 'hold.made')).toHaveLength(1);
  });

  it('because storage refuses what it wrote rejects its group, and the next one is served (I1)', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 2 }, Date.now())] });
    await insideInventory(stub, {}, async ({ inventory, state: { storage } }) => {
      storage.sql.exec(`CREATE TRIGGER trip BEFORE INSERT ON log_segments BEGIN SELECT RAISE(ABORT, 'disk'); END`);
      expect(await inventory.holdMany([holdRequest()])).toMatchObject([{ failure: { code: 'internal_error' } }]);
      storage.sql.exec('DROP TRIGGER trip');
      expect(await inventory.holdMany([holdRequest()])).toMatchObject([{ ok: true }]);
    });
    expect(await leftOf(stub)).toBe(1);
  });
});
