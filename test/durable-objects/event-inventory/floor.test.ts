import { describe, expect, it } from 'vitest';
import { minuteMs } from '#shared/time.ts';
import { enrolled, Lane } from '#test/support/gate-device.ts';
import { codeOf, freshInventory, insideInventory, scanAt, sell, sellOne, trailOf } from '#test/support/inventory.ts';

async function gateWithDevice() {
  const { stub } = await freshInventory();
  return { stub, device: await enrolled(stub) };
}

describe('what a supervisor sees of the gates', () => {
  it('each lane with its pace, who is connected, and why people were refused', async () => {
    const { stub, device } = await gateWithDevice();
    const other = await enrolled(stub, { label: 'Lane 2', gateId: 'south' });
    const lane = await Lane.proved(stub, device);
    await lane.next('ready');
    const tickets = await sell(stub, [{ typeId: 'day', quantity: 10 }]);
    const codes = await Promise.all(tickets.map((ticket) => codeOf(stub, ticket)));
    for (const code of codes) await scanAt(stub, code, { deviceId: device.deviceId });
    for (const code of codes.slice(0, 5)) await scanAt(stub, code, { deviceId: other.deviceId, gateId: 'south' });
    await scanAt(stub, 'RUBBISH', { deviceId: other.deviceId, gateId: 'south' });
    const floor = await stub.floor();
    expect(new Map(floor.devices.map(({ deviceId, isConnected }) => [deviceId, isConnected]))).toEqual(
      new Map([
        [device.deviceId, true],
        [other.deviceId, false],
      ]),
    );
    expect(floor.lanes).toMatchObject([
      { deviceId: device.deviceId, gateId: 'north', perMinute: 2, warnings: [] },
      { deviceId: other.deviceId, gateId: 'south', perMinute: 0, refused: 6, warnings: ['refusals'] },
    ]);
    expect(floor.refusals).toEqual([
      { reason: 'already_admitted', count: 5 },
      { reason: 'unreadable_code', count: 1 },
    ]);
    const later = await insideInventory(stub, { clock: () => Date.now() + 20 * minuteMs }, ({ inventory }) =>
      inventory.floor(),
    );
    expect([later.lanes, later.refusals]).toEqual([[], []]);
  });

  it('what a scanner says of itself, as it was when it fell silent', async () => {
    const { stub, device } = await gateWithDevice();
    const lane = await Lane.proved(stub, device);
    await lane.next('ready');
    lane.say({ t: 'status', waiting: 7, manifestAtMs: 1_000, offsetMs: -90_000 });
    await expect
      .poll(async () => (await stub.floor()).devices[0]?.told)
      .toMatchObject({ waiting: 7, manifestAtMs: 1_000, offsetMs: -90_000 });
  });
});

describe('a message to every steward', () => {
  it('reaches those who listen at once, and those who come later when they come', async () => {
    const { stub, device } = await gateWithDevice();
    const lane = await Lane.proved(stub, device);
    await lane.next('ready');
    const text = 'Doors close at eleven.';
    await stub.announce({ announcementId: 'message-1', text, staffId: 'per_supervisor' });
    expect((await lane.next('say')).announcement).toMatchObject({ announcementId: 'message-1', text });
    const late = await Lane.proved(stub, await enrolled(stub));
    expect((await late.next('ready')).announcement).toMatchObject({ text });
    // The trail keeps that it was said. The words may be about somebody, and are not in it.
    const trail = await trailOf(stub);
    expect(trail.filter(({ kind }) => kind === 'stewards.told')).toHaveLength(1);
    expect(JSON.stringify(trail)).not.toContain(text);
  });
});

describe('the printed list', () => {
  it('is in the order of the numbers, without a name, and goes on after the last', async () => {
    const { stub } = await freshInventory();
    const tickets = [await sellOne(stub), await sellOne(stub), await sellOne(stub)];
    const sorted = tickets.map(({ handle }) => handle).toSorted();
    const list = await stub.ticketList('');
    expect(list.map(({ handle }) => handle)).toEqual(sorted);
    expect((await stub.ticketList(sorted[1]!)).map(({ handle }) => handle)).toEqual([sorted[2]]);
    expect(Object.keys(list[0]!).toSorted()).toEqual(['entries', 'handle', 'orderId', 'status', 'typeId']);
  });
});
