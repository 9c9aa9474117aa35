import { beforeAll, describe, expect, it } from 'vitest';
import type { EventInventoryObject } from '#objects/event-inventory/object.ts';
import { hourMs } from '#shared/time.ts';
import { keys } from '#test/support/environment.ts';
import { emptyInventory, holdRequest, insideInventory, scanRequest } from '#test/support/inventory.ts';
import { enrolment, newDevice } from '#test/support/scanner-key.ts';
import { ScannerLog } from '#test/support/scanner-log.ts';
import { meterRows, type Rows } from '#test/support/row-meter.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';

/**
 * What one decision may cost, in rows as SQLite counts them: an index written is a row written. The same at a hundred
 * tickets and at a hundred thousand, because nothing is counted that can be kept. When this was written a first scan read
 * 4.1 and wrote 2.1 (the ticket, its answer, a share of the log and the counters); a ticket held and confirmed wrote 6.1.
 * A scanner's record merged is a scan told late: it wrote as much, and reads what the ticket was refunded or replaced by.
 */
const budget = {
  scan: { read: 6, written: 3 },
  soldTicket: { written: 8 },
  mergedRecord: { read: 8, written: 3 },
};

const sizes = [100, 100_000] as const;
const scansPerBatch = 64;
const ticketsPerHold = 50;
const holdsPerCall = 200;

/** Ahead of the real clock, so that no alarm of this object rings in the middle of a measurement. */
const clock = () => Date.now() + hourMs;

type Costs = {
  readonly scan: Rows;
  readonly refusedScan: Rows;
  readonly soldTicket: Rows;
  readonly repeatedScan: Rows;
  readonly mergedRecord: Rows;
  readonly repeatedRecord: Rows;
};

const perItem = ({ read, written }: Rows, items: number): Rows => ({ read: read / items, written: written / items });

async function sellMany(inventory: EventInventoryObject, count: number): Promise<string[]> {
  const ticketIds: string[] = [];
  for (let left = count; left > 0; left -= ticketsPerHold * holdsPerCall) {
    const holds = Array.from({ length: Math.min(holdsPerCall, Math.ceil(left / ticketsPerHold)) }, () => {
      const holdId = `hold_${crypto.randomUUID()}`;
      const lines = [{ typeId: 'day', quantity: Math.min(left, ticketsPerHold) }];
      return holdRequest({ holdId, customerId: holdId, lines, firm: true });
    });
    await inventory.holdMany(holds);
    for (const answer of await inventory.confirmMany(holds.map(({ holdId }) => holdId))) {
      if (!answer.ok) throw new Error(`Not sold: ${answer.failure.code}`);
      ticketIds.push(...answer.value.tickets.map(({ ticketId }) => ticketId));
    }
  }
  return ticketIds;
}

async function codesOf(inventory: EventInventoryObject, ticketIds: readonly string[]): Promise<string[]> {
  return Promise.all(
    inventory
      .showTickets(ticketIds)
      .map(async ({ code }) => (code === undefined ? '' : keys.issue(code.header, code.grants))),
  );
}

/** What a scanner that was alone has to tell of these tickets, each let in once. */
async function logOf(inventory: EventInventoryObject, eventId: string, ticketIds: readonly string[]) {
  const device = await newDevice();
  await inventory.enrolDevices([enrolment(device)]);
  const log = new ScannerLog(device, eventId);
  const codes = await codesOf(inventory, ticketIds);
  for (const [index, ticketId] of ticketIds.entries()) {
    await log.append({
      kind: 'scan',
      recordId: crypto.randomUUID(),
      gateId: 'north',
      deviceAtMs: Date.now(),
      because: 'offline',
      direction: 'in',
      shown: { by: 'code', code: codes[index] ?? '' },
      ticketId,
      outcome: 'grant',
      reason: 'admitted',
      zones: ['hall'],
    });
  }
  return { deviceId: device.deviceId, ...(await log.batch()) };
}

async function costsAt(size: number): Promise<Costs> {
  const { eventId, eventNumber, stub } = emptyInventory();
  const types = [ticketType({ capacity: size + 1_000 }, Date.now())];
  const rules = eventRules({ eventId, eventNumber, ticketTypes: types }, Date.now());
  return insideInventory(stub, { clock }, async ({ inventory, state }) => {
    await inventory.applyRules(1, 'hash-1', JSON.stringify(rules));
    const ticketIds = await sellMany(inventory, size);
    const codes = await codesOf(inventory, ticketIds.slice(-scansPerBatch));
    const rowsOf = meterRows(state.storage);
    const scans = codes.map((code) => scanRequest(code));
    const scan = await rowsOf(() => inventory.scanMany(scans));
    const repeatedScan = await rowsOf(() => inventory.scanMany(scans));
    const refusedScan = await rowsOf(() => inventory.scanMany(codes.map((code) => scanRequest(code))));
    const orders = Array.from({ length: scansPerBatch }, () => {
      const holdId = `hold_${crypto.randomUUID()}`;
      return holdRequest({ holdId, customerId: holdId });
    });
    const soldTicket = await rowsOf(async () => {
      await inventory.holdMany(orders);
      await inventory.confirmMany(orders.map(({ holdId }) => holdId));
    });
    const unused = (await sellMany(inventory, scansPerBatch)).slice(0, scansPerBatch);
    const batch = await logOf(inventory, eventId, unused);
    const merge = () => inventory.mergeScanLog(batch.deviceId, batch);
    const mergedRecord = await rowsOf(merge);
    const repeatedRecord = await rowsOf(merge);
    return {
      mergedRecord: perItem(mergedRecord, scansPerBatch),
      repeatedRecord: perItem(repeatedRecord, scansPerBatch),
      scan: perItem(scan, scansPerBatch),
      refusedScan: perItem(refusedScan, scansPerBatch),
      repeatedScan: perItem(repeatedScan, scansPerBatch),
      soldTicket: perItem(soldTicket, scansPerBatch),
    };
  });
}

describe('rows', () => {
  const costs = new Map<number, Costs>();

  beforeAll(async () => {
    for (const size of sizes) costs.set(size, await costsAt(size));
  }, 120_000);

  const at = (size: number): Costs => {
    const found = costs.get(size);
    if (found === undefined) throw new Error('Measured before');
    return found;
  };

  it.each(sizes)('of a scan in a batch of 64 are within the budget, at %i tickets', (size) => {
    const { scan, refusedScan, repeatedScan } = at(size);
    for (const cost of [scan, refusedScan, repeatedScan]) {
      expect(cost.written).toBeLessThanOrEqual(budget.scan.written);
      expect(cost.read).toBeLessThanOrEqual(budget.scan.read);
    }
  });

  it.each(sizes)('of a record merged in a batch of 64 are within the budget, at %i tickets', (size) => {
    const { mergedRecord, repeatedRecord } = at(size);
    expect(mergedRecord.written).toBeLessThanOrEqual(budget.mergedRecord.written);
    expect(mergedRecord.read).toBeLessThanOrEqual(budget.mergedRecord.read);
    expect(repeatedRecord.read).toBeLessThanOrEqual(budget.mergedRecord.read);
    // Of a batch that is known, its place in the log alone: no record of it.
    expect(repeatedRecord.written * scansPerBatch).toBeLessThanOrEqual(2);
  });

  it.each(sizes)('written for a ticket held and confirmed are within the budget, at %i tickets', (size) => {
    expect(at(size).soldTicket.written).toBeLessThanOrEqual(budget.soldTicket.written);
  });

  it('of a scan asked for again are none written', () => {
    expect(at(sizes[0]).repeatedScan.written).toBe(0);
  });

  it('do not grow with the event', () => {
    expect(at(sizes[1])).toEqual(at(sizes[0]));
  });
});
