import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import { ringAgainAfterMs } from '#objects/common/outbox-bell.ts';
import { environment } from '#test/support/environment.ts';
import {
  codeOf,
  emptyInventory,
  freshInventory,
  holdRequest,
  insideInventory,
  scanAt,
  scanRequest,
  sellOne,
  trailOf,
} from '#test/support/inventory.ts';

describe('an inventory that lost its memory', () => {
  it('stands by every answer it gave (I1, I2, I5)', async () => {
    const { stub } = await freshInventory();
    const request = holdRequest({ holdId: 'a' });
    const held = only(await stub.holdMany([request]));
    const confirmed = only(await stub.confirmMany(['a']));
    const ticket = only(confirmed.ok ? confirmed.value.tickets : []);
    const scan = scanRequest(await codeOf(stub, ticket));
    const scanned = only(await stub.scanMany([scan]));
    const before = await trailOf(stub);

    await evictDurableObject(stub);

    expect(only(await stub.scanMany([scan]))).toEqual(scanned);
    expect((await scanAt(stub, scan.code)).reason).toBe('already_admitted');
    expect(only(await stub.confirmMany(['a']))).toEqual(confirmed);
    expect(held).toMatchObject({ ok: true });
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 99 } } });
    expect((await trailOf(stub)).slice(0, before.length)).toEqual(before);
  });

  it('goes on with its log where it stopped (I7)', async () => {
    const { stub } = await freshInventory();
    await sellOne(stub);
    await evictDurableObject(stub);
    await sellOne(stub);
    const seqs = (await trailOf(stub)).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('still lets go of a hold when its time comes', async () => {
    const { stub } = await freshInventory();
    await stub.holdMany([holdRequest()]);
    await evictDurableObject(stub);
    await insideInventory(stub, {}, ({ state }) => {
      state.storage.sql.exec('UPDATE holds SET expires_at_ms = 1');
    });
    await runDurableObjectAlarm(stub);
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 100 } } });
  });

  it('aborted in the middle of a rush has sold what it said it sold (I1)', async () => {
    const { eventId, stub } = await freshInventory();
    const rush = Array.from({ length: 40 }, async (_, index) => {
      const request = holdRequest({ holdId: `order-${index}`, firm: true });
      if (index === 20) await abortAllDurableObjects();
      return only(await inventoryOf(environment.EVENT_INVENTORY, eventId).holdMany([request]));
    });
    const settled = await Promise.allSettled(rush);
    const acknowledged = settled.flatMap((answer, index) => (answer.status === 'fulfilled' ? [`order-${index}`] : []));
    const again = inventoryOf(environment.EVENT_INVENTORY, eventId);
    const confirmed = await again.confirmMany(acknowledged);
    expect(confirmed.filter(({ ok }) => ok)).toHaveLength(acknowledged.length);
    expect(stub.name).toBe(eventId);
  });
});

describe('the doorbell', () => {
  const ringing = () => {
    const rung: string[] = [];
    const ring = (source: string) => {
      rung.push(source);
      return Promise.resolve();
    };
    return { rung, doorbell: { ring } };
  };
  const document = (rules: object) => JSON.stringify(rules);

  it('is rung once for all the news until somebody pulls', async () => {
    const { eventId, stub } = await freshInventory();
    const { rung, doorbell } = ringing();
    await insideInventory(stub, { doorbell }, async ({ inventory }) => {
      await inventory.holdMany([holdRequest()]);
      await inventory.holdMany([holdRequest()]);
      inventory.readLog(0);
      await inventory.holdMany([holdRequest()]);
    });
    expect(rung).toEqual([`inventory:${eventId}`, `inventory:${eventId}`]);
  });

  it('that was not heard is rung again by the alarm, until the reader has caught up', async () => {
    const { stub } = await freshInventory();
    const { rung, doorbell } = ringing();
    const rings = await insideInventory(stub, { doorbell }, async ({ inventory, state }) => {
      await inventory.holdMany([holdRequest({ firm: true })]);
      expect(await state.storage.getAlarm()).toBeLessThanOrEqual(Date.now() + ringAgainAfterMs);
      await inventory.alarm();
      const heard = rung.length;
      const { headSeq } = inventory.readLog(0);
      inventory.readLog(headSeq);
      await inventory.alarm();
      return [heard, rung.length];
    });
    expect(rings).toEqual([2, 2]);
  });

  it('out of order costs no sale', async () => {
    const { rules } = await freshInventory();
    const { stub } = emptyInventory();
    const doorbell = { ring: () => Promise.reject(new Error('queue is down')) };
    const answer = await insideInventory(stub, { doorbell }, async ({ inventory }) => {
      await inventory.applyRules(1, 'hash', document(rules));
      return only(await inventory.holdMany([holdRequest()]));
    });
    expect(answer).toMatchObject({ ok: true });
  });
});
