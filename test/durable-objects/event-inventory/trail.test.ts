import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import type { Segment } from '#objects/common/segment-log.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import {
  codeOf,
  freshInventory,
  insideInventory,
  scanAt,
  scanRequest,
  sell,
  sellOne,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';

type ScanEntry = Extract<LogEntry<InventoryEntry>, { kind: 'scan' }>;
const scansOf = async (stub: InventoryStub) =>
  (await trailOf(stub)).filter((entry): entry is ScanEntry => entry.kind === 'scan');

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The first segment whose hash does not follow from what it says and the one before; undefined when all do. */
async function firstBreak(segments: readonly Segment[]): Promise<number | undefined> {
  let previous = '';
  for (const { firstSeq, previousHash, entries, hash } of segments) {
    const computed = hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(previous + entries)));
    if (previousHash !== previous || hash !== computed) return firstSeq;
    previous = hash;
  }
  return undefined;
}
const segmentsOf = (stub: InventoryStub) =>
  insideInventory(stub, {}, ({ state }) =>
    state.storage.sql
      .exec<Segment>(
        `SELECT first_seq AS firstSeq, last_seq AS lastSeq, previous_hash AS previousHash, entries, hash
         FROM log_segments ORDER BY first_seq`,
      )
      .toArray(),
  );

describe('I7: every scan leaves a trace', () => {
  it('of who, where, with what, when, whose ticket and what was said', async () => {
    const { stub } = await freshInventory();
    const ticket = await sellOne(stub);
    const request = scanRequest(await codeOf(stub, ticket), { deviceId: 'dev_7', staffId: 'per_9', gateId: 'south' });
    const verdict = only(await stub.scanMany([request]));
    expect(await scansOf(stub)).toEqual([
      {
        seq: expect.any(Number),
        atMs: verdict.ok ? verdict.value.scannedAtMs : 0,
        kind: 'scan',
        scanId: request.scanId,
        gateId: 'south',
        deviceId: 'dev_7',
        staffId: 'per_9',
        method: 'code',
        direction: 'in',
        zones: ['hall'],
        outcome: 'grant',
        reason: 'admitted',
        ticketId: ticket.ticketId,
        customerId: 'cus_0123456789ABCDEF',
        status: 'redeemed',
        entries: 1,
      },
    ]);
  });

  it('the refused ones too, whether or not they reached a ticket', async () => {
    const { stub } = await freshInventory();
    const ticket = await sellOne(stub);
    const code = await codeOf(stub, ticket);
    await scanAt(stub, code, { gateId: 'stairs' });
    await scanAt(stub, code);
    await scanAt(stub, code);
    await scanAt(stub, `${code.slice(0, -2)}${code.endsWith('00') ? 'ZG' : '00'}`);
    await scanAt(stub, 'nonsense');
    await scanAt(stub, '0000000000');
    const told = (await scansOf(stub)).map(({ reason, method, ticketId }) => [reason, method, ticketId]);
    expect(told).toEqual([
      ['wrong_gate', 'code', ticket.ticketId],
      ['admitted', 'code', ticket.ticketId],
      ['already_admitted', 'code', ticket.ticketId],
      ['forged_code', 'code', undefined],
      ['unreadable_code', 'code', undefined],
      ['unknown_ticket', 'typed', undefined],
    ]);
  });

  it('one trace each, however often the same scan is sent (I5)', async () => {
    const { stub } = await freshInventory();
    const request = scanRequest(await codeOf(stub, await sellOne(stub)));
    const [first, second] = await stub.scanMany([request, request]);
    expect(first).toMatchObject({ value: { reason: 'admitted' } });
    expect(second).toEqual(first);
    expect(only(await stub.scanMany([request]))).toEqual(first);
    expect(await scansOf(stub)).toHaveLength(1);
  });

  it('and a scan id used for another code or gate is refused (I5)', async () => {
    const { stub } = await freshInventory();
    const request = scanRequest(await codeOf(stub, await sellOne(stub)));
    const others = [
      { ...request, gateId: 'south' },
      { ...request, code: 'other' },
    ];
    const reused = { ok: false, failure: { code: 'idempotency_key_reused' } };
    expect(await stub.scanMany([request, ...others])).toEqual([expect.objectContaining({ ok: true }), reused, reused]);
  });
});

describe('I7: the trail is chained', () => {
  async function busyInventory() {
    const { stub } = await freshInventory();
    const tickets = await sell(stub, [{ typeId: 'day', quantity: 5 }]);
    for (const ticket of tickets) await scanAt(stub, ticket.handle);
    return stub;
  }

  it('each commit to the one before, numbered without a gap', async () => {
    const stub = await busyInventory();
    const segments = await segmentsOf(stub);
    expect(segments.length).toBeGreaterThan(5);
    expect(await firstBreak(segments)).toBeUndefined();
    const seqs = (await trailOf(stub)).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('so that an entry changed afterwards is found', async () => {
    const segments = await segmentsOf(await busyInventory());
    const at = segments.findIndex(({ entries }) => entries.includes('"admitted"'));
    const entries = segments[at]!.entries.replace('"admitted"', '"wrong_gate"');
    expect(await firstBreak(segments.with(at, { ...segments[at]!, entries }))).toBe(segments[at]!.firstSeq);
  });

  it('and an entry changed together with its own hash is found in the next', async () => {
    const segments = await segmentsOf(await busyInventory());
    const entries = segments[2]!.entries.replace('"seq"', '"sex"');
    const text = new TextEncoder().encode(segments[2]!.previousHash + entries);
    const hash = hex(await crypto.subtle.digest('SHA-256', text));
    expect(await firstBreak(segments.with(2, { ...segments[2]!, entries, hash }))).toBe(segments[3]!.firstSeq);
  });

  it('and a commit left out is found', async () => {
    const segments = await segmentsOf(await busyInventory());
    expect(await firstBreak(segments.toSpliced(2, 1))).toBe(segments[3]!.firstSeq);
  });

  it('and is read from any entry on, to the end', async () => {
    const stub = await busyInventory();
    const all = await trailOf(stub);
    for (const { seq } of all) {
      const page = await stub.readLog(seq);
      expect(page).toEqual({ entries: all.slice(seq), headSeq: all.length });
    }
  });
});
