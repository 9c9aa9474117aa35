import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adjustedAtMs,
  append,
  batchText,
  checkBatch,
  emptyLog,
  joins,
  type LogHead,
  type RecordFacts,
} from '#shared/gate/scan-log.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const ports = {
  utf8,
  base64Url,
  sha256: async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))),
};
/** Stands for the device's key: what it signs is told by what was signed. */
const sign = (message: Uint8Array) => base64Url(message).padEnd(86, '_').slice(-86);
const checks = { ...ports, isSigned: async (message: Uint8Array, signature: string) => sign(message) === signature };
const from = { deviceId: 'gdv_one', eventId: 'evt_one' };

function factsOf(index: number): RecordFacts {
  return {
    kind: 'scan',
    recordId: `record-${index}`,
    ...from,
    gateId: 'main',
    staffId: 'per_a',
    deviceAtMs: 1_000 + index,
    manifestSeq: 7,
    because: 'offline',
    direction: 'in',
    shown: { by: 'unreadable' },
    outcome: 'refuse',
    reason: 'unreadable_code',
  };
}

async function logOf(count: number) {
  let head: LogHead = emptyLog;
  const texts: string[] = [];
  const heads: LogHead[] = [emptyLog];
  for (let index = 1; index <= count; index += 1) {
    const next = await append(head, factsOf(index), ports);
    texts.push(next.text);
    ({ head } = next);
    heads.push(head);
  }
  return { texts, heads };
}

async function batchOf(log: Awaited<ReturnType<typeof logOf>>, first: number, last: number) {
  const records = log.texts.slice(first - 1, last);
  const head = log.heads[last] ?? emptyLog;
  return { records, signature: sign(batchText(from.deviceId, head, records.length)) };
}

async function checked(log: Awaited<ReturnType<typeof logOf>>, first: number, last: number) {
  const result = await checkBatch(await batchOf(log, first, last), from, checks);
  if (result.kind === 'bad') throw new Error(`${result.why} at ${result.atIndex}`);
  return result;
}

describe("a scanner's log", () => {
  test('any stretch of it is read, and says where the chain stands after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.nat(11), fc.nat(11), async (count, a, b) => {
        const log = await logOf(count);
        const [first, last] = [Math.min(a, b, count - 1) + 1, Math.min(Math.max(a, b), count - 1) + 1];
        const batch = await checked(log, first, last);
        expect(batch.head).toEqual(log.heads[last]);
        expect(batch.records.map(({ seq }) => seq)).toEqual(
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        );
      }),
    );
  });

  test('a record that was changed, left out, doubled or moved breaks it', async () => {
    const log = await logOf(5);
    const [one = '', two = '', three = '', ...rest] = log.texts;
    const { signature } = await batchOf(log, 1, 5);
    const changed = three.replace('"refuse"', '"grant"');
    for (const records of [
      [one, two, changed, ...rest],
      [one, three, ...rest],
      [one, two, two, three, ...rest],
      [two, one, three, ...rest],
    ]) {
      expect(await checkBatch({ records, signature }, from, checks)).toMatchObject({ kind: 'bad' });
    }
    // The last one has nobody after it who names its hash: the signature does.
    const last = [one, two, three, ...rest.slice(0, -1), (rest.at(-1) ?? '').replace('"refuse"', '"grant"')];
    expect(await checkBatch({ records: last, signature }, from, checks)).toMatchObject({ why: 'forged' });
  });

  test("another device's records are not taken, and a signature is good for its own stretch", async () => {
    const log = await logOf(3);
    const batch = await batchOf(log, 1, 3);
    expect(await checkBatch(batch, { ...from, deviceId: 'gdv_two' }, checks)).toMatchObject({ why: 'foreign' });
    const shorter = { ...batch, records: batch.records.slice(0, 2) };
    expect(await checkBatch(shorter, from, checks)).toMatchObject({ why: 'forged' });
  });

  test('batches may come again and overlap; a gap and a fork are told apart', async () => {
    const log = await logOf(6);
    const at = (seq: number) => log.heads[seq] ?? emptyLog;
    expect(joins(emptyLog, await checked(log, 1, 3))).toBe('follows');
    expect(joins(at(3), await checked(log, 4, 6))).toBe('follows');
    expect(joins(at(3), await checked(log, 2, 5))).toBe('follows');
    expect(joins(at(5), await checked(log, 1, 3))).toBe('known');
    expect(joins(at(2), await checked(log, 4, 6))).toBe('gap');
    expect(joins({ seq: 3, hash: 'x'.repeat(43) }, await checked(log, 4, 6))).toBe('forked');
    expect(joins({ seq: 3, hash: 'x'.repeat(43) }, await checked(log, 2, 5))).toBe('forked');
  });

  test('its times are set right by the drift it measured, and never lie in the future', async () => {
    const log = await logOf(1);
    const [record] = (await checked(log, 1, 1)).records;
    if (record === undefined) throw new Error('no record');
    expect(adjustedAtMs({ ...record, clock: { offsetMs: -400, ageMs: 10 } }, 5_000)).toBe(601);
    expect(adjustedAtMs({ ...record, clock: { offsetMs: 60_000, ageMs: 10 } }, 5_000)).toBe(5_000);
    expect(adjustedAtMs(record, 5_000)).toBe(1_001);
  });
});
