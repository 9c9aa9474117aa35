import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { migrate } from '#objects/common/migrate.ts';
import { requestDigest } from '#objects/common/request-digest.ts';
import { chainHash } from '#objects/common/segment-log.ts';
import { only } from '#objects/event-inventory/client.ts';
import { inventoryMigrations } from '#objects/event-inventory/migrations.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import {
  emptyInventory,
  holdRequest,
  insideInventory,
  putInForce,
  scanAt,
  scanRequest,
  trailOf,
} from '#test/support/inventory.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';

/** A ticket as the first schema kept it. */
type OldTicket = { id: string; type: string; status?: string; entries?: number; lastAt?: number; gate?: string };

const now = Date.now();
const tickets: OldTicket[] = [
  { id: 'tkt_0000000000010', type: 'day' },
  { id: 'tkt_0000000000020', type: 'day', status: 'redeemed', entries: 1, lastAt: now - minuteMs, gate: 'south' },
  { id: 'tkt_0000000000030', type: 'twice', entries: 1, lastAt: now - minuteMs, gate: 'north' },
  { id: 'tkt_0000000000040', type: 'daily', entries: 3, lastAt: now - 1, gate: 'north' },
  { id: 'tkt_0000000000050', type: 'day', status: 'suspended' },
  { id: 'tkt_0000000000060', type: 'day', status: 'refunded' },
];
const handleOf = (id: string) => id.slice(-10);
const lookUp = (id: string) => ({ ticketId: id });
const oldScan = { scanId: 'scn_old', code: handleOf('tkt_0000000000020'), gateId: 'south' };
const oldVerdict = { outcome: 'grant', reason: 'admitted', scannedAtMs: now - minuteMs };

function types(): TicketType[] {
  const always = { kind: 'windows' as const, windows: [{ from: now - dayMs, until: now + 5 * dayMs }] };
  const kinds = {
    day: {},
    twice: { entry: { kind: 'count' as const, entries: 2 } },
    daily: { entry: { kind: 'daily' as const } },
  };
  return Object.entries(kinds).map(([id, kind]) =>
    ticketType({ id, name: id, capacity: 10, perCustomerMax: 4, validity: always, ...kind }, now),
  );
}

/** An inventory with rows written by the first schema's code, and nothing of what came after. */
async function yesterdays() {
  const { eventId, eventNumber, stub } = emptyInventory();
  const rules = eventRules({ eventId, eventNumber, ticketTypes: types() }, now);
  await runInDurableObject(stub, async (_instance, { storage }) => {
    await storage.deleteAll();
    migrate(storage, inventoryMigrations.slice(0, 1));
    const put = (sql: string, ...values: (string | number | null)[]) => storage.sql.exec(sql, ...values);
    put('INSERT INTO rules_in_force VALUES (1, 1, ?, ?)', 'hash-1', JSON.stringify(rules));
    put(`INSERT INTO stock VALUES ('type:day', 10, 2, 3), ('type:twice', 10, 0, 1), ('type:daily', 10, 0, 1)`);
    for (const [status, expires] of [
      ['held', now + hourMs],
      ['firm', null],
    ] as const) {
      const lines = JSON.stringify([{ typeId: 'day', quantity: 1 }]);
      const digest = requestDigest([`ord_${status}`, 'cus_old', JSON.parse(lines), status === 'firm']);
      put(
        'INSERT INTO holds (hold_id, request_digest, order_id, customer_id, status, lines, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
        `ord_${status}`,
        digest,
        `ord_${status}`,
        'cus_old',
        status,
        lines,
        expires,
      );
    }
    for (const { id, type, status = 'active', entries = 0, lastAt, gate } of tickets) {
      const used = [entries, Math.min(entries, 1), lastAt ?? null, lastAt ?? null, gate ?? null];
      put(
        `INSERT INTO tickets VALUES (?, ?, 'ord_a', 'cus_old', ?, ?, 1, 1, 1, ?, ?, ?, ?, ?, ?)`,
        id,
        handleOf(id),
        type,
        status,
        now - hourMs,
        ...used,
      );
    }
    const digest = requestDigest([oldScan.code, oldScan.gateId]);
    put('INSERT INTO scans VALUES (?, ?, ?)', oldScan.scanId, digest, JSON.stringify(oldVerdict));
    const entries = JSON.stringify([{ seq: 1, atMs: now, kind: 'rules.applied', version: 1, hash: 'hash-1' }]);
    put('INSERT INTO log_segments VALUES (1, 1, ?, ?, ?)', '', entries, chainHash('', entries));
  });
  await evictDurableObject(stub);
  return { stub, rules };
}

describe('an inventory stored by the first schema', () => {
  it('opens, with the statuses its tickets have now', async () => {
    const { stub } = await yesterdays();
    const shown = await stub.showTickets(tickets.map(({ id }) => id));
    expect(shown.map(({ status }) => status)).toEqual([
      'active',
      'redeemed',
      'active',
      'active',
      'suspended',
      'refunded',
    ]);
  });

  it('admits nobody again who was let in yesterday (I2)', async () => {
    const { stub } = await yesterdays();
    expect(await scanAt(stub, handleOf('tkt_0000000000020'))).toMatchObject({
      reason: 'already_admitted',
      admission: { atMs: now - minuteMs, gateName: 'South gate' },
    });
  });

  it('nor when the gate they came through leads elsewhere by now (I2)', async () => {
    const { stub, rules } = await yesterdays();
    const gates = rules.gates.map((gate) => (gate.id === 'south' ? { ...gate, zones: ['gallery'] } : gate));
    await putInForce(stub, { ...rules, gates }, 2);
    expect((await scanAt(stub, handleOf('tkt_0000000000020'))).reason).toBe('already_admitted');
  });

  it('goes on counting entries where they stood', async () => {
    const { stub } = await yesterdays();
    const scans = [0, 1].map(() => scanRequest('', lookUp('tkt_0000000000030')));
    expect(await stub.scanMany(scans)).toMatchObject([
      { value: { reason: 'admitted', ticket: { admitted: 2, admits: 2 } } },
      { value: { reason: 'already_admitted' } },
    ]);
  });

  it('knows who of a daily ticket came today, and lets them in tomorrow', async () => {
    const { stub } = await yesterdays();
    expect((await scanAt(stub, '', lookUp('tkt_0000000000040'))).reason).toBe('already_admitted');
    const clock = () => now + dayMs;
    const [tomorrow] = await insideInventory(stub, { clock }, ({ inventory }) =>
      inventory.scanMany([scanRequest('', lookUp('tkt_0000000000040'))]),
    );
    expect(tomorrow).toMatchObject({ value: { reason: 'admitted' } });
  });

  it('lets a ticket nobody used in, and takes that back', async () => {
    const { stub } = await yesterdays();
    const request = scanRequest(handleOf('tkt_0000000000010'));
    expect(only(await stub.scanMany([request]))).toMatchObject({ value: { reason: 'admitted' } });
    expect(only(await stub.undoMany([request]))).toMatchObject({ ok: true });
    expect((await scanAt(stub, request.code)).reason).toBe('admitted');
  });

  it('answers a scan sent again as it was answered then (I5)', async () => {
    const { stub } = await yesterdays();
    expect(only(await stub.scanMany([scanRequest(oldScan.code, oldScan)]))).toEqual({ ok: true, value: oldVerdict });
    expect(only(await stub.scanMany([scanRequest(oldScan.code, { ...oldScan, gateId: 'north' })]))).toMatchObject({
      failure: { code: 'idempotency_key_reused' },
    });
    expect(only(await stub.undoMany([scanRequest(oldScan.code, oldScan)]))).toMatchObject({
      failure: { code: 'scan_not_undoable' },
    });
  });

  it('gives a ticket of then to somebody, and refunds it no more to whoever bought it', async () => {
    const { stub } = await yesterdays();
    const ticketId = 'tkt_0000000000010';
    const offer = { transferId: 'trf_1', ticketId, byCustomerId: 'cus_old' };
    expect(only(await stub.offerTickets([offer]))).toMatchObject({ ok: true });
    expect(only(await stub.transferTickets([{ ...offer, toCustomerId: 'cus_new' }]))).toMatchObject({ ok: true });
    expect((await scanAt(stub, handleOf(ticketId))).reason).toBe('unknown_ticket');
    expect(await stub.revokeTickets({ ticketIds: [ticketId], isUnusedOnly: true })).toMatchObject({
      failure: { code: 'ticket_given_away' },
    });
  });

  it('stands by its holds: they are confirmed, released and answered again', async () => {
    const { stub } = await yesterdays();
    const again = holdRequest({ holdId: 'ord_firm', customerId: 'cus_old', firm: true });
    expect(only(await stub.holdMany([again]))).toMatchObject({ ok: true });
    expect(only(await stub.confirmMany(['ord_firm']))).toMatchObject({ ok: true });
    expect(only(await stub.releaseMany(['ord_held']))).toMatchObject({ ok: true });
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 6 } } });
  });

  it('counts what its customers have towards what they may have', async () => {
    const { stub } = await yesterdays();
    // Three tickets that were not refunded, and two holds: one over the limit already, as no limit was kept then.
    expect(only(await stub.holdMany([holdRequest({ customerId: 'cus_old' })]))).toEqual({
      ok: false,
      failure: { code: 'customer_limit_exceeded', facts: { type: 'day', max: 4, taken: 5 } },
    });
    expect(only(await stub.holdMany([holdRequest({ customerId: 'cus_new' })]))).toMatchObject({ ok: true });
  });

  it('goes on with its trail: one chain from the first entry (I7)', async () => {
    const { stub } = await yesterdays();
    await scanAt(stub, handleOf('tkt_0000000000010'));
    const check = await stub.checkTrail({ nextSeq: 1, hash: '' });
    expect(check).toMatchObject({ brokenAtSeq: undefined, nextSeq: (await trailOf(stub)).length + 1 });
  });
});
