import { joins, type CheckedBatch, type LogHead } from '#shared/gate/scan-log.ts';
import type { InventoryContext } from './context.ts';
import { openIncident, withdrawIncident } from './incidents.ts';

type GoodBatch = Extract<CheckedBatch, { kind: 'good' }>;

type Stretch = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly previousHash: string;
  readonly lastHash: string;
};

/**
 * Notes which numbers of a scanner's log are here. Batches may come in any order and again; what is missing between them is an
 * incident until it arrives, and so are numbers that were told twice, differently. Records count either way: a person who was
 * let in is inside.
 */
export function noteStretch(context: InventoryContext, deviceId: string, batch: GoodBatch): void {
  const known = stretchesOf(context, deviceId);
  const first = batch.records[0];
  if (first === undefined) return;
  const next: Stretch = {
    firstSeq: first.seq,
    lastSeq: batch.head.seq,
    previousHash: first.previous,
    lastHash: batch.head.hash,
  };
  const isForked = known.some((stretch) => disagree(stretch, next, batch));
  if (isForked) openIncident(context, { incidentId: `fork/${deviceId}`, kind: 'log_forked', deviceId, scans: [] });
  const touching = known.filter(
    ({ firstSeq, lastSeq }) => firstSeq <= next.lastSeq + 1 && lastSeq >= next.firstSeq - 1,
  );
  write(context, deviceId, touching, union([...touching, next]));
  const stretches = stretchesOf(context, deviceId);
  const isWhole = stretches.length === 1 && stretches[0]?.firstSeq === 1;
  const incidentId = `gap/${deviceId}`;
  if (isWhole) withdrawIncident(context, incidentId, 'arrived');
  else openIncident(context, { incidentId, kind: 'log_gap', deviceId, scans: [] });
}

function disagree(known: Stretch, next: Stretch, batch: GoodBatch): boolean {
  const head: LogHead = { seq: known.lastSeq, hash: known.lastHash };
  const isBefore = next.lastSeq + 1 === known.firstSeq;
  if (isBefore) return known.previousHash !== next.lastHash;
  const overlaps = next.firstSeq <= known.lastSeq + 1 && next.lastSeq >= known.firstSeq;
  return overlaps && joins(head, batch) === 'forked';
}

function union(stretches: readonly Stretch[]): Stretch {
  const byFirst = stretches.toSorted((a, b) => a.firstSeq - b.firstSeq);
  const byLast = stretches.toSorted((a, b) => a.lastSeq - b.lastSeq);
  const [first, last] = [byFirst[0], byLast.at(-1)];
  if (first === undefined || last === undefined) throw new Error('No stretch to unite');
  return {
    firstSeq: first.firstSeq,
    previousHash: first.previousHash,
    lastSeq: last.lastSeq,
    lastHash: last.lastHash,
  };
}

function stretchesOf({ sql }: InventoryContext, deviceId: string): Stretch[] {
  return sql
    .exec<Stretch>(
      `SELECT first_seq AS firstSeq, last_seq AS lastSeq, previous_hash AS previousHash, last_hash AS lastHash
       FROM log_stretches WHERE device_id = ? ORDER BY first_seq`,
      deviceId,
    )
    .toArray();
}

function write({ sql }: InventoryContext, deviceId: string, gone: readonly Stretch[], now: Stretch): void {
  for (const { firstSeq } of gone) {
    sql.exec('DELETE FROM log_stretches WHERE device_id = ? AND first_seq = ?', deviceId, firstSeq);
  }
  sql.exec(
    `INSERT INTO log_stretches (device_id, first_seq, last_seq, previous_hash, last_hash) VALUES (?, ?, ?, ?, ?)`,
    deviceId,
    now.firstSeq,
    now.lastSeq,
    now.previousHash,
    now.lastHash,
  );
}
