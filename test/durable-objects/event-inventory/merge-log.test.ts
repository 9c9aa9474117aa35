import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import type { RecordFacts, ScanLogAnswer, ScanLogBatch } from '#shared/gate/scan-log.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { enrolled } from '#test/support/gate-device.ts';
import {
  codeOf,
  freshInventory,
  holdRequest,
  insideInventory,
  scanAt,
  sellOne,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';
import { ScannerLog } from '#test/support/scanner-log.ts';

const now = Date.now();
const ago = (minutes: number) => now - minutes * minuteMs;

type Sale = { readonly ticketId: string; readonly code: string };

async function soldTicket(stub: InventoryStub, typeId = 'day'): Promise<Sale> {
  const { ticketId } = await sellOne(stub, typeId);
  return { ticketId, code: await codeOf(stub, { ticketId }) };
}

/** What a scanner that was alone wrote down of somebody it let through. */
function letIn(
  { ticketId, code }: Sale,
  atMs: number,
  overrides: { recordId?: string; direction?: 'in' | 'out' } = {},
) {
  const { recordId = crypto.randomUUID(), direction = 'in' } = overrides;
  const verdict = { outcome: 'grant', reason: direction === 'in' ? 'admitted' : 'exited' } as const;
  const where = { gateId: 'north', because: 'offline', shown: { by: 'code', code } } as const;
  return {
    kind: 'scan' as const,
    recordId,
    direction,
    ticketId,
    deviceAtMs: atMs,
    clock: { offsetMs: 0, ageMs: 1 },
    zones: ['hall'],
    ...where,
    ...verdict,
  } satisfies Partial<RecordFacts>;
}

async function twoScanners(overrides: Parameters<typeof freshInventory>[0] = {}) {
  const { stub, eventId } = await freshInventory(overrides);
  const logs = [
    new ScannerLog(await enrolled(stub), eventId),
    new ScannerLog(await enrolled(stub, { gateId: 'south' }), eventId),
  ] as const;
  return { stub, eventId, north: logs[0], south: logs[1] };
}

async function merge(stub: InventoryStub, log: ScannerLog, batch: ScanLogBatch): Promise<readonly ScanLogAnswer[]> {
  const answer = await stub.mergeScanLog(log.device.deviceId, batch);
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer.failure)}`);
  return answer.value;
}

const makeAnew = (stub: InventoryStub, { ticketId }: Sale) =>
  stub.reissueTickets([{ reissueId: `rei_${ticketId}`, ticketId, cause: 'support', staffId: 'per_support' }]);
const incidentsOf = async (stub: InventoryStub) => (await stub.floor()).incidents;
const shownAs = async (stub: InventoryStub, ticketId: string) => only(await stub.showTickets([ticketId])).status;

describe('I2: a log merged from a scanner that was alone', () => {
  it('uses the ticket, counts the person, and stands in the trail with both times', async () => {
    const { stub, north } = await twoScanners();
    const ticket = await soldTicket(stub);
    await north.append(letIn(ticket, ago(10)));
    const [answer] = await merge(stub, north, await north.batch());
    expect(answer).toEqual({ recordId: answer?.recordId, status: 'merged' });
    expect(await shownAs(stub, ticket.ticketId)).toBe('redeemed');
    expect(await scanAt(stub, ticket.code)).toMatchObject({
      reason: 'already_admitted',
      admission: { atMs: ago(10), gateName: 'North gate' },
    });
    expect((await stub.live())?.zones.find(({ zoneId }) => zoneId === 'hall')?.inside).toBe(1);
    const told = (await trailOf(stub)).find(({ kind }) => kind === 'scan.merged');
    expect(told).toMatchObject({
      scannedAtMs: ago(10),
      deviceAtMs: ago(10),
      because: 'offline',
      isCounted: true,
      ticketId: ticket.ticketId,
    });
  });

  it('changes nothing when it comes again, in whatever pieces', async () => {
    const { stub, north } = await twoScanners();
    const tickets = [await soldTicket(stub), await soldTicket(stub), await soldTicket(stub)];
    for (const [at, ticket] of tickets.entries()) await north.append(letIn(ticket, ago(10 - at)));
    await merge(stub, north, await north.batch());
    const before = await trailOf(stub);
    for (const [from, to] of [
      [1, 3],
      [2, 3],
      [1, 1],
    ] as const) {
      const answers = await merge(stub, north, await north.batch(from, to));
      expect(answers.every(({ status }) => status === 'known')).toBe(true);
    }
    expect(await trailOf(stub)).toEqual(before);
  });

  it('lets the earlier of two stand and makes the later an incident with both scans', async () => {
    const { stub, north, south } = await twoScanners();
    const ticket = await soldTicket(stub);
    await north.append(letIn(ticket, ago(5), { recordId: 'later-scan' }));
    await south.append({ ...letIn(ticket, ago(20), { recordId: 'earlier-scan' }), gateId: 'south' });
    await merge(stub, north, await north.batch());
    expect(await incidentsOf(stub)).toEqual([]);
    const [answer] = await merge(stub, south, await south.batch());
    expect(answer?.incident).toEqual({ incidentId: 'double/later-scan', kind: 'double_admission' });
    expect(await incidentsOf(stub)).toMatchObject([
      {
        kind: 'double_admission',
        ticketId: ticket.ticketId,
        scans: [
          { scanId: 'earlier-scan', gateId: 'south' },
          { scanId: 'later-scan', gateId: 'north' },
        ],
      },
    ]);
  });

  it('overlaps with what the event itself decided meanwhile', async () => {
    const { stub, north } = await twoScanners();
    const ticket = await soldTicket(stub);
    expect((await scanAt(stub, ticket.code, { scanId: 'online-scan', gateId: 'south' })).outcome).toBe('grant');
    await north.append(letIn(ticket, ago(3), { recordId: 'offline-scan' }));
    await merge(stub, north, await north.batch());
    expect(await incidentsOf(stub)).toMatchObject([{ scans: [{ scanId: 'offline-scan' }, { scanId: 'online-scan' }] }]);
  });

  it('takes back what its steward took back, and withdraws the incident it had made', async () => {
    const { stub, north, south } = await twoScanners();
    const ticket = await soldTicket(stub);
    await south.append({ ...letIn(ticket, ago(20)), gateId: 'south' });
    await north.append(letIn(ticket, ago(5), { recordId: 'mistaken' }));
    await merge(stub, south, await south.batch());
    await merge(stub, north, await north.batch());
    expect(await incidentsOf(stub)).toHaveLength(1);
    await north.append({
      kind: 'undo',
      recordId: crypto.randomUUID(),
      about: 'mistaken',
      gateId: 'north',
      deviceAtMs: ago(4),
    });
    await merge(stub, north, await north.batch(2, 2));
    expect(await incidentsOf(stub)).toEqual([]);
    expect((await stub.live())?.zones.find(({ zoneId }) => zoneId === 'hall')?.inside).toBe(1);
  });

  it('tells what no key vouches for, what was void by then, and what a locked scanner did afterwards', async () => {
    const { stub, eventId, north } = await twoScanners();
    const [good, refunded, other] = [await soldTicket(stub), await soldTicket(stub), await soldTicket(stub)];
    const elsewhere = await freshInventory();
    const foreign = await soldTicket(elsewhere.stub);
    await stub.moveMany([{ ticketId: refunded.ticketId, move: 'refund' }]);
    await north.append({ ...letIn(good, now), shown: { by: 'code', code: foreign.code } });
    await north.append({ ...letIn(refunded, now + 5 * minuteMs), clock: { offsetMs: 0, ageMs: 1 } });
    const later = { clock: () => now + hourMs };
    await insideInventory(stub, later, ({ inventory }) =>
      north.batch().then((batch) => inventory.mergeScanLog(north.device.deviceId, batch)),
    );
    const kinds = (await incidentsOf(stub)).map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['not_genuine', 'void_when_used']);
    expect(await shownAs(stub, good.ticketId)).toBe('active');
    await stub.revokeDevices([{ deviceId: north.device.deviceId, staffId: 'per_supervisor' }]);
    const late = new ScannerLog(north.device, eventId);
    await late.append(letIn(other, now + 30 * minuteMs));
    await insideInventory(stub, later, ({ inventory }) =>
      late.batch().then((batch) => inventory.mergeScanLog(north.device.deviceId, batch)),
    );
    expect(await shownAs(stub, other.ticketId)).toBe('active');
    expect((await incidentsOf(stub)).map(({ kind }) => kind)).toContain('after_revocation');
  });

  it('blames nobody for a refund, or a new code, that came after they went in', async () => {
    const { stub, north } = await twoScanners();
    const ticket = await soldTicket(stub);
    await makeAnew(stub, ticket);
    await north.append(letIn(ticket, ago(20)));
    await merge(stub, north, await north.batch());
    expect(await incidentsOf(stub)).toEqual([]);
  });

  it('names who was let in by a code that had been made anew, or was its giver’s, by then', async () => {
    const { stub, north } = await twoScanners();
    const [anew, given] = [await soldTicket(stub), await soldTicket(stub)];
    await makeAnew(stub, anew);
    const offer = { transferId: 'trf_1', ticketId: given.ticketId, byCustomerId: holdRequest().customerId };
    await stub.offerTickets([offer]);
    await stub.transferTickets([{ ...offer, toCustomerId: 'cus_bo' }]);
    for (const { ticketId, code } of [anew, given]) await north.append(letIn({ ticketId, code }, now + 5 * minuteMs));
    await insideInventory(stub, { clock: () => now + hourMs }, ({ inventory }) =>
      north.batch().then((batch) => inventory.mergeScanLog(north.device.deviceId, batch)),
    );
    const told = (await incidentsOf(stub)).map(({ kind, ticketId }) => ({ kind, ticketId }));
    const expected = [anew, given].map(({ ticketId }) => ({ kind: 'void_when_used', ticketId }));
    expect(told).toEqual(expect.arrayContaining(expected));
    expect(told).toHaveLength(2);
  });

  it('is refused whole when a record was changed, and the scanner is an incident', async () => {
    const { stub, north } = await twoScanners();
    await north.append(letIn(await soldTicket(stub), ago(10)));
    const batch = await north.batch();
    const forged = { ...batch, records: batch.records.map((text) => text.replace('"north"', '"south"')) };
    const answer = await stub.mergeScanLog(north.device.deviceId, forged);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'scan_log_refused', facts: { why: 'forged' } } });
    expect(await incidentsOf(stub)).toMatchObject([{ kind: 'log_forged', deviceId: north.device.deviceId }]);
    expect((await merge(stub, north, batch))[0]?.status).toBe('merged');
  });

  it('has a gap until what is missing arrives, and a fork when numbers are told twice', async () => {
    const { stub, eventId, north } = await twoScanners();
    const tickets = await Promise.all([soldTicket(stub), soldTicket(stub), soldTicket(stub)]);
    for (const ticket of tickets) await north.append(letIn(ticket, ago(9)));
    await merge(stub, north, await north.batch(3, 3));
    expect((await incidentsOf(stub)).map(({ kind }) => kind)).toEqual(['log_gap']);
    await merge(stub, north, await north.batch(1, 2));
    expect(await incidentsOf(stub)).toEqual([]);
    const setBack = new ScannerLog(north.device, eventId);
    for (const ticket of tickets) await setBack.append(letIn(ticket, ago(8)));
    await merge(stub, setBack, await setBack.batch());
    expect((await incidentsOf(stub)).map(({ kind }) => kind)).toContain('log_forked');
  });
});

describe('any split over scanners and any order of merging', () => {
  it('ends in the same tickets, heads and incidents', async () => {
    const visits = fc.array(
      fc.record({ ticket: fc.nat(3), at: fc.integer({ min: 1, max: 55 }), device: fc.nat(1), isOut: fc.boolean() }),
      { minLength: 2, maxLength: 10 },
    );
    const orders = fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 4 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(visits, orders, async (told, order) => {
        const types = [ticketType({}, now), ticketType({ id: 'in-and-out', entry: { kind: 'reentry' } }, now)];
        const outcomes = [];
        for (const plan of [[], order]) {
          const { stub, north, south } = await twoScanners({ ticketTypes: types });
          const tickets = [
            await soldTicket(stub),
            await soldTicket(stub),
            await soldTicket(stub, 'in-and-out'),
            await soldTicket(stub, 'in-and-out'),
          ];
          for (const [index, { ticket, at, device, isOut }] of told.entries()) {
            const direction = isOut && ticket >= 2 ? 'out' : 'in';
            const record = letIn(tickets[ticket]!, now - at * minuteMs + index, {
              recordId: `scan-${index}-id`,
              direction,
            });
            await (device === 0 ? north : south).append({ ...record, gateId: device === 0 ? 'north' : 'south' });
          }
          await mergeBy(stub, [north, south], plan);
          outcomes.push(
            await standing(
              stub,
              tickets.map(({ ticketId }) => ticketId),
            ),
          );
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  /** Single records and stretches as the plan says, then all of both, so that whatever was left out arrives. */
  async function mergeBy(
    stub: InventoryStub,
    logs: readonly ScannerLog[],
    plan: readonly (readonly [number, number])[],
  ) {
    for (const [which, from] of plan) {
      const log = logs[which]!;
      if (from <= log.length) await merge(stub, log, await log.batch(from, Math.min(log.length, from + 1)));
    }
    for (const log of logs) if (log.length > 0) await merge(stub, log, await log.batch());
  }

  async function standing(stub: InventoryStub, ticketIds: readonly string[]) {
    const shown = await insideInventory(stub, {}, ({ state }) =>
      ticketIds.map((id) =>
        state.storage.sql
          .exec(
            'SELECT uses, entries, first_entry_at_ms, last_entry_at_ms, last_gate_id FROM tickets WHERE ticket_id = ?',
            id,
          )
          .one(),
      ),
    );
    const incidents = (await incidentsOf(stub)).map(({ incidentId, scans }) => [
      incidentId,
      scans.map(({ scanId }) => scanId),
    ]);
    const zones = (await stub.live())?.zones;
    return { shown, incidents: incidents.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))), zones };
  }
});
