import { describe, expect, it } from 'vitest';
import { newsIn } from '#shared/gate/news.ts';
import type { GatePolicy } from '#shared/gate/policy.ts';
import { recordsAtOnce } from '#shared/gate/scan-log.ts';
import { minuteMs } from '#shared/time.ts';
import { keys } from '#test/support/environment.ts';
import { enrolled } from '#test/support/gate-device.ts';
import { freshInventory, scanAt, scanRequest, sell, trailOf, type InventoryStub } from '#test/support/inventory.ts';
import { aloneWith } from '#test/support/lone-gate.ts';
import { LonePhone } from '#test/support/lone-phone.ts';
import { ticketType } from '#test/support/rules.ts';
import { ScannerLog } from '#test/support/scanner-log.ts';

/**
 * A crowd at two scanners that hear neither the event nor one another, under each policy an event can choose: they decide as a
 * phone does, and the event merges what they wrote down. PRD 18/5, I2.
 */
const now = Date.now();
const cutAtMs = now - 10 * minuteMs;
const ticketsAtOnce = 50;
const policy = (overrides: Partial<GatePolicy>): GatePolicy => ({
  answerWithinMs: 700,
  staleAdmissions: 0,
  ...overrides,
});

type Crowd = {
  readonly stub: InventoryStub;
  readonly codes: readonly string[];
  readonly north: LonePhone;
  readonly south: LonePhone;
};

type Setting = {
  readonly gatePolicy: GatePolicy;
  readonly size: number;
  readonly listEndsAtMs?: number;
  readonly lanesOf?: string;
};

/** Two phones that took their lists along and lost their network; `lanesOf` puts both at one gate. */
async function crowdOf({ gatePolicy, size, listEndsAtMs, lanesOf }: Setting): Promise<Crowd> {
  const type = ticketType({ capacity: size, perCustomerMax: size }, now);
  const { stub, eventId, rules } = await freshInventory({ ticketTypes: [type], gatePolicy });
  const codes: string[] = [];
  while (codes.length < size) {
    const sold = await sell(stub, [{ typeId: 'day', quantity: ticketsAtOnce }]);
    const shown = await stub.showTickets(sold.map(({ ticketId }) => ticketId));
    codes.push(...(await Promise.all(shown.map(({ code }) => keys.issue(code!.header, code!.grants)))));
  }
  const { gate, manifest } = await aloneWith(eventId, rules.eventNumber);
  const list = listEndsAtMs === undefined ? manifest : { ...manifest, expiresAtMs: listEndsAtMs };
  const phoneAt = async (gateId: string) => {
    const at = { ...gate, manifest: list, gate: rules.gates.find(({ id }) => id === gateId)! };
    return new LonePhone(at, new ScannerLog(await enrolled(stub, { gateId }), eventId));
  };
  return { stub, codes, north: await phoneAt(lanesOf ?? 'north'), south: await phoneAt(lanesOf ?? 'south') };
}

const isIn = (says: string) => says === 'admitted';

/** Scans that let somebody in, by code, in the order of the people. */
type Admitted = Map<string, string[]>;

/**
 * Everybody comes once within the ten minutes, to either side; a tenth have given a copy away, which is shown at the other side
 * half a minute later, and some of those go on to try the first side too. Whoever is sent to another gate goes there.
 */
async function letPass({ codes, north, south }: Crowd): Promise<Admitted> {
  const admitted: Admitted = new Map();
  const come = async (code: string, phone: LonePhone, atMs: number): Promise<void> => {
    const { scanId, says } = await phone.scan(code, atMs);
    if (isIn(says)) admitted.set(code, [...(admitted.get(code) ?? []), scanId]);
    if (says === 'home_gate') await come(code, phone === north ? south : north, atMs + minuteMs);
  };
  for (const [index, code] of codes.entries()) {
    const atMs = cutAtMs + Math.floor((index * 8 * minuteMs) / codes.length);
    const [one, other] = index % 2 === 0 ? [north, south] : [south, north];
    await come(code, one, atMs);
    if (index % 10 === 0) await come(code, other, atMs + minuteMs / 2);
    if (index % 20 === 0) await come(code, one, atMs + minuteMs);
  }
  return admitted;
}

/** The network is back: the second phone's log comes first. Both come again, as after a lost answer. */
async function sync({ stub, north, south }: Crowd): Promise<void> {
  for (const { log } of [south, north, south]) {
    for (let from = 1; from <= log.length; from += recordsAtOnce) {
      const batch = await log.batch(from, Math.min(log.length, from + recordsAtOnce - 1));
      const merged = await stub.mergeScanLog(log.device.deviceId, batch);
      expect(merged.ok).toBe(true);
    }
  }
}

const doubles = (admitted: Admitted) => inOrder([...admitted.values()].filter(({ length }) => length > 1));
const inOrder = (groups: string[][]) => groups.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));

/** What the supervisor sees: of each incident both scans, the earlier first. */
async function incidentsOf(stub: InventoryStub): Promise<string[][]> {
  const { incidents } = await stub.floor();
  expect(incidents.every(({ kind }) => kind === 'double_admission')).toBe(true);
  return inOrder(incidents.map(({ scans }) => scans.map(({ scanId }) => scanId)));
}

async function inside(stub: InventoryStub): Promise<number | undefined> {
  return (await stub.live())?.zones.find(({ zoneId }) => zoneId === 'hall')?.inside;
}

const total = (admitted: Admitted) => [...admitted.values()].reduce((sum, { length }) => sum + length, 0);

describe('ten minutes alone, a thousand tickets, two scanners', () => {
  it('that accept: a copy gets in once at each at most, and each time is an incident afterwards', async () => {
    const crowd = await crowdOf({ gatePolicy: policy({ alone: 'accept' }), size: 1_000 });
    const admitted = await letPass(crowd);
    expect(admitted.size).toBe(1_000);
    expect(doubles(admitted)).toHaveLength(100);
    expect(doubles(admitted).every(({ length }) => length === 2)).toBe(true);
    await sync(crowd);
    expect(await incidentsOf(crowd.stub)).toEqual(doubles(admitted));
    expect(await inside(crowd.stub)).toBe(total(admitted));
    // Back online nobody gets in on it again.
    expect((await scanAt(crowd.stub, crowd.codes[0]!)).reason).toBe('already_admitted');
  }, 60_000);

  it('with a home gate each: nobody gets in twice, and everybody gets in', async () => {
    const crowd = await crowdOf({ gatePolicy: policy({ alone: 'home_gate' }), size: 1_000 });
    const admitted = await letPass(crowd);
    expect(admitted.size).toBe(1_000);
    expect(doubles(admitted)).toEqual([]);
    await sync(crowd);
    expect(await incidentsOf(crowd.stub)).toEqual([]);
    expect(await inside(crowd.stub)).toBe(1_000);
  }, 60_000);

  it('on two lanes of one home gate: what that cannot keep apart is an incident all the same', async () => {
    const crowd = await crowdOf({ gatePolicy: policy({ alone: 'home_gate' }), size: 100, lanesOf: 'north' });
    const admitted: Admitted = new Map();
    for (const [index, code] of crowd.codes.entries()) {
      for (const [lane, phone] of [crowd.north, crowd.south].entries()) {
        const { scanId, says } = await phone.scan(code, cutAtMs + index * 1_000 + lane * 300);
        if (isIn(says)) admitted.set(code, [...(admitted.get(code) ?? []), scanId]);
      }
    }
    expect(doubles(admitted)).toHaveLength(admitted.size);
    await sync(crowd);
    expect(await incidentsOf(crowd.stub)).toEqual(doubles(admitted));
  });
});

describe('a list that ends while its scanners are alone', () => {
  const listEndsAtMs = cutAtMs + 4 * minuteMs;

  it('lets nobody in from then on, unless the policy says so', async () => {
    const crowd = await crowdOf({ gatePolicy: policy({}), size: 100, listEndsAtMs });
    const admitted = await letPass(crowd);
    expect(admitted.size).toBe(50);
    expect((await crowd.north.scan(crowd.codes[99]!, listEndsAtMs)).says).toBe('stale');
    await sync(crowd);
    expect(await incidentsOf(crowd.stub)).toEqual(doubles(admitted));
    expect(await inside(crowd.stub)).toBe(total(admitted));
  });

  it('lets in as many more at each as the policy says, and each of them counts', async () => {
    const crowd = await crowdOf({ gatePolicy: policy({ staleAdmissions: 7 }), size: 100, listEndsAtMs });
    const admitted = await letPass(crowd);
    const late = crowd.codes.slice(50).flatMap((code) => admitted.get(code) ?? []);
    expect(late).toHaveLength(2 * 7);
    await sync(crowd);
    expect(await incidentsOf(crowd.stub)).toEqual(doubles(admitted));
    expect(await inside(crowd.stub)).toBe(total(admitted));
  });
});

it('what a scanner heard before it was cut off it refuses alone, at whichever gate it was', async () => {
  const crowd = await crowdOf({ gatePolicy: policy({}), size: 50 });
  await crowd.stub.scanMany(crowd.codes.slice(0, 25).map((code) => scanRequest(code)));
  const news = newsIn(await trailOf(crowd.stub));
  crowd.north.hear(news);
  crowd.south.hear(news);
  for (const [index, code] of crowd.codes.entries()) {
    const { says } = await (index % 2 === 0 ? crowd.north : crowd.south).scan(code, now);
    expect(says).toBe(index < 25 ? 'already_admitted' : 'admitted');
  }
  await sync(crowd);
  expect(await incidentsOf(crowd.stub)).toEqual([]);
});
