import { runDurableObjectAlarm } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { minuteMs } from '#shared/time.ts';
import { freshInventory, holdRequest, insideInventory, trailOf, type InventoryStub } from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

/** Makes a ten-minute hold in an inventory of one ticket, then moves the time of its end into the past. */
async function lapsedHold(overrides: Parameters<typeof holdRequest>[0] = {}) {
  const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
  const request = holdRequest({ holdId: 'lapsed', ...overrides });
  await stub.holdMany([request]);
  await insideInventory(stub, {}, ({ state }) => {
    state.storage.sql.exec('UPDATE holds SET expires_at_ms = ? WHERE expires_at_ms IS NOT NULL', Date.now() - 1);
  });
  return { stub, request };
}

async function leftOf(stub: InventoryStub) {
  const availability = await stub.availability();
  return availability.ok ? availability.value.left['day'] : undefined;
}

describe('a hold whose time has passed', () => {
  it('is let go by the alarm, though nobody calls', async () => {
    const { stub } = await lapsedHold();
    expect(await leftOf(stub)).toBe(0);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await leftOf(stub)).toBe(1);
    expect((await trailOf(stub)).map(({ kind }) => kind)).toContain('hold.expired');
  });

  it('is let go before the next buyer is answered, without waiting for the alarm', async () => {
    const { stub } = await lapsedHold();
    expect(only(await stub.holdMany([holdRequest()]))).toMatchObject({ ok: true });
  });

  it('becomes no ticket, and is no hold when it is asked for again', async () => {
    const { stub, request } = await lapsedHold();
    expect(only(await stub.confirmMany(['lapsed']))).toMatchObject({ failure: { code: 'hold_expired' } });
    expect(only(await stub.holdMany([request]))).toMatchObject({ failure: { code: 'hold_expired' } });
  });

  it('is made firm no more, even while there is room: its order asks for another', async () => {
    const { stub, request } = await lapsedHold();
    expect(only(await stub.firmMany(['lapsed']))).toEqual({ ok: false, failure: { code: 'hold_expired' } });
    expect(await leftOf(stub)).toBe(1);
    expect(only(await stub.holdMany([{ ...request, holdId: 'another', firm: true }]))).toMatchObject({ ok: true });
  });

  it('gives its ticket back once: releasing it afterwards adds none', async () => {
    const { stub } = await lapsedHold();
    await runDurableObjectAlarm(stub);
    expect(only(await stub.releaseMany(['lapsed']))).toMatchObject({ ok: true });
    expect(await leftOf(stub)).toBe(1);
  });
});

describe('the clock', () => {
  it('lets a hold wait until its last millisecond', async () => {
    const { stub } = await freshInventory();
    // Ahead of the real clock, or the real alarm would ring in the middle.
    const start = Date.now() + 60 * minuteMs;
    let now = start;
    const leftAt = (at: number) =>
      insideInventory(stub, { clock: () => now }, async ({ inventory }) => {
        now = at;
        await inventory.alarm();
        const availability = inventory.availability();
        return availability.ok ? availability.value.left['day'] : undefined;
      });
    await insideInventory(stub, { clock: () => now }, ({ inventory }) => inventory.holdMany([holdRequest()]));
    const end = start + 10 * minuteMs;
    expect(await leftAt(end - 1)).toBe(99);
    expect(await leftAt(end)).toBe(100);
  });

  it('sets the alarm to the first hold that ends', async () => {
    const { stub } = await freshInventory();
    await stub.holdMany([holdRequest({ holdId: 'later', ttlMs: 20 * minuteMs })]);
    const sooner = only(await stub.holdMany([holdRequest({ holdId: 'sooner', ttlMs: minuteMs })]));
    const alarm = await insideInventory(stub, {}, ({ state }) => state.storage.getAlarm());
    expect(alarm).toBeLessThanOrEqual(sooner.ok ? (sooner.value.expiresAtMs ?? 0) : 0);
  });
});

describe('a firm hold', () => {
  it('does not expire: only its order lets it go', async () => {
    const { stub } = await lapsedHold({ firm: true });
    await runDurableObjectAlarm(stub);
    expect(await leftOf(stub)).toBe(0);
    expect(only(await stub.confirmMany(['lapsed']))).toMatchObject({ ok: true });
  });

  it('is what any waiting hold becomes before money moves, however often it is asked', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
    await stub.holdMany([holdRequest({ holdId: 'a' })]);
    const firm = { ok: true, value: { holdId: 'a', expiresAtMs: undefined } };
    expect(await stub.firmMany(['a', 'a'])).toEqual([firm, firm]);
    await insideInventory(stub, { clock: () => Date.now() + 60 * minuteMs }, ({ inventory }) => inventory.alarm());
    expect(await leftOf(stub)).toBe(0);
  });

  it('is never made of a hold that is gone', async () => {
    const { stub } = await freshInventory();
    await stub.releaseMany(['gone']);
    expect(await stub.firmMany(['gone', 'unknown'])).toMatchObject([
      { failure: { code: 'hold_released' } },
      { failure: { code: 'hold_unknown' } },
    ]);
  });
});
