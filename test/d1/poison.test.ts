import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readProjectionHealth } from '#d1/queries/projection-health.ts';
import { eventStock, projectionLag, scans } from '#d1/schema/index.ts';
import { project } from '#workers/operations/project-log.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';
import { scanRequest } from '#test/support/inventory.ts';
import { quietEvent } from '#test/support/quiet-event.ts';
import { cursorOf, projectionServices, readModelsOf } from '#test/support/read-models.ts';

const { services } = projectionServices();

/** What was said to whoever watches the log. */
let alarms: unknown[][] = [];

beforeEach(() => {
  alarms = [];
  vi.restoreAllMocks();
  vi.spyOn(console, 'error').mockImplementation((...said) => void alarms.push(said));
});

const poisonOf = async (source: string) => {
  const { poison } = await readProjectionHealth(services.db);
  return poison.filter((row) => row.source === source);
};

/** A row of D1 that is in the way of one entry: a scan that came to the log has its place taken. */
async function blockScan(eventId: string, seq: number): Promise<void> {
  const who = { gateId: 'x', deviceId: 'x', staffId: 'x', method: 'code', outcome: 'refuse', reason: 'x' };
  await services.db.insert(scans).values({ eventId, seq, atMs: 0, scanId: 'in the way', ...who });
}

async function eventWithBlockedScan() {
  const event = quietEvent();
  await event.livesThroughADay();
  const { entries } = await event.stub.readLog(0);
  const blocked = entries.find(({ kind }) => kind === 'scan');
  if (blocked === undefined) throw new Error('There was a scan');
  await blockScan(event.eventId, blocked.seq);
  return { event, seq: blocked.seq };
}

describe('an entry that D1 refuses', () => {
  it('is set aside, alarmed, and nothing behind it waits', async () => {
    const { event, seq } = await eventWithBlockedScan();
    expect(await project(services, event.source)).toBe(true);
    expect(await poisonOf(event.source)).toMatchObject([{ id: `${event.source}/${seq}`, seq }]);
    expect(alarms).toMatchObject([['log entry set aside', `${event.source}/${seq}`, expect.any(String)]]);
    expect(await cursorOf(event.source)).toBe((await event.stub.readLog(0)).headSeq);
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(4);
  });

  it('does not take along what it shared a batch with', async () => {
    const { event } = await eventWithBlockedScan();
    await project(services, event.source);
    expect((await readModelsOf(event.eventId)).tickets).toHaveLength(3);
  });

  it('is set aside once, however often the bell rings and whoever races', async () => {
    const { event } = await eventWithBlockedScan();
    await Promise.allSettled([project(services, event.source), project(services, event.source)]);
    await project(services, event.source);
    expect(await poisonOf(event.source)).toHaveLength(1);
  });

  it('comes back in its right order once the cause is gone', async () => {
    const { event, seq } = await eventWithBlockedScan();
    await project(services, event.source);
    await event.inside((inventory) => inventory.scanMany([scanRequest('later')]));
    const rebuilt = await rebuildProjection(services, event.source, { adopt: true });
    expect(rebuilt?.isAdopted).toBe(true);
    expect(await poisonOf(event.source)).toEqual([]);
    const read = await readModelsOf(event.eventId);
    expect(read.scans.find((scan) => scan.seq === seq)).toMatchObject({ reason: 'admitted' });
    expect(read.scans).toHaveLength(5);
    const again = await rebuildProjection(services, event.source, { adopt: false });
    expect(again?.differences).toEqual([]);
  });
});

describe('an entry of a kind this code does not know', () => {
  it('is set aside with the reason, and the entries around it are read', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const inventory = () => ({
      readLog: async (afterSeq: number) => {
        const page = await event.stub.readLog(afterSeq);
        const entries = page.entries.map((entry) => (entry.seq === 2 ? { ...entry, kind: 'from.the.future' } : entry));
        return { ...page, entries };
      },
    });
    const reader = { ...services, inventory: inventory as unknown as typeof services.inventory };
    expect(await project(reader, event.source)).toBe(true);
    expect(await poisonOf(event.source)).toMatchObject([{ seq: 2, why: 'unknown kind from.the.future' }]);
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(4);
  });
});

describe('how far behind D1 is', () => {
  it('is measured at each pull, in the batch that moves the cursor', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const readAtMs = Date.now() + 7_200_000;
    await project({ ...services, clock: () => readAtMs }, event.source);
    const [lag] = await services.db.select().from(projectionLag).where(eq(projectionLag.source, event.source));
    const { headSeq, entries } = await event.stub.readLog(0);
    const lagMs = readAtMs - (entries[0]?.atMs ?? 0);
    expect(lag).toEqual({ source: event.source, headSeq, cursorSeq: headSeq, lagMs, measuredAtMs: readAtMs });
  });
});

describe('rebuilding from zero', () => {
  it('finds a row somebody changed by hand, one that vanished and one that was invented', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    const { eventId } = event;
    await services.db.update(eventStock).set({ sold: 7 }).where(eq(eventStock.eventId, eventId));
    await services.db.delete(scans).where(eq(scans.eventId, eventId));
    await blockScan(eventId, 1_000);
    const rebuilt = await rebuildProjection(services, event.source, { adopt: false });
    const counted = rebuilt?.differences.map(({ table, missing, surplus }) => [table, missing.length, surplus.length]);
    expect(counted).toEqual([
      ['event_stock', 1, 1],
      ['tickets', 0, 0],
      ['scans', 4, 1],
    ]);
    expect((await readModelsOf(eventId)).stock[0]?.sold).toBe(7);
  });

  it('puts them right when told to, and leaves no table behind', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    const asItWas = await readModelsOf(event.eventId);
    await services.db.delete(scans).where(eq(scans.eventId, event.eventId));
    await rebuildProjection(services, event.source, { adopt: true });
    expect(await readModelsOf(event.eventId)).toEqual(asItWas);
    const { results } = await services.db.$client
      .prepare(`SELECT name FROM sqlite_master WHERE name GLOB 'rebuild_*'`)
      .all();
    expect(results).toEqual([]);
  });

  it('knows every table that logs are read into', async () => {
    const schema = await import('#d1/schema/read-models.ts');
    const { getTableName, is, Table } = await import('drizzle-orm');
    const { readModelTables } = await import('#d1/queries/shadow-tables.ts');
    const tables = Object.values(schema).flatMap((table) => (is(table, Table) ? [getTableName(table)] : []));
    expect(tables.filter((name) => name !== 'projection_cursors').toSorted()).toEqual([...readModelTables].toSorted());
  });

  it('is refused for a log nobody knows', async () => {
    expect(await rebuildProjection(services, 'mystery:1', { adopt: false })).toBeUndefined();
  });
});
