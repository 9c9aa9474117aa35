import * as v from 'valibot';
import { signatureShape } from '../access/device-proof.ts';
import { outcomes, overrideCauses, reasons, type Reason } from '../admission/verdict.ts';
import { asciiBytes } from '../encoding/bytes.ts';
import type { EpochMs } from '../time.ts';

/**
 * What a scanner decided by itself, for the event to merge later: append-only, numbered without a gap, each record naming
 * the hash of the one before it, the whole of a batch signed with the device's key. Records travel as the very text that was
 * hashed, so that no two programs need agree on how to write JSON, and a field that is new is kept by those who do not know it.
 */
const key = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(60));
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const reason = v.picklist(Object.keys(reasons) as [Reason, ...Reason[]]);
const verdict = { outcome: v.picklist(outcomes), reason };

/** What was held before the scanner. What was no code of ours is not kept: it may have been anybody's business card. */
const shown = v.variant('by', [
  v.object({ by: v.literal('code'), code: v.pipe(v.string(), v.maxLength(400)) }),
  /** A typed number is kept as SHA-256 of its digits, base64url: the log opens no gate. */
  v.object({ by: v.literal('typed'), handleHash: hash }),
  v.object({ by: v.literal('looked_up'), ticketId: id }),
  v.object({ by: v.literal('unreadable') }),
]);

/** Every record has these. */
const where = {
  v: v.literal(1),
  /** 1 for a device's first, then one more each. */
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** SHA-256 of the text of the record before, base64url; empty for the first. */
  previous: v.union([v.literal(''), hash]),
  deviceId: id,
  eventId: id,
  gateId: id,
  /** Who was on duty when the scanner last heard. */
  staffId: v.pipe(v.string(), v.maxLength(60)),
  /** By the device's own clock, uncorrected. */
  deviceAtMs: instant,
  /** The server's clock minus the device's when they last spoke, and how long ago that was; absent when they never did. */
  clock: v.optional(v.object({ offsetMs: v.pipe(v.number(), v.safeInteger()), ageMs: instant })),
  /** The log number its manifest and the news after it reached: what came later the scanner could not know. */
  manifestSeq: instant,
};

export const scanRecordSchema = v.variant('kind', [
  v.object({
    kind: v.literal('scan'),
    /** The scan's own id: the one it was, or would have been, asked under online. */
    recordId: key,
    ...where,
    /** Alone because nothing was reachable, or because the answer did not come within the event's deadline. */
    because: v.picklist(['offline', 'deadline']),
    direction: v.picklist(['in', 'out']),
    shown,
    /** As its code says, once its signatures held. */
    ticketId: v.optional(id),
    identity: v.optional(v.picklist(['name', 'document'])),
    override: v.optional(v.object({ cause: v.picklist(overrideCauses) })),
    ...verdict,
    /** Zones it let the person into, or counted them out of. */
    zones: v.optional(v.pipe(v.array(id), v.maxLength(16))),
  }),
  /** A decision of this device was taken back at the gate, within the time for that. */
  v.object({ kind: v.literal('undo'), recordId: key, ...where, about: key }),
  /** After the deadline the event answered otherwise; the steward was told, the person had gone in or been sent away. */
  v.object({ kind: v.literal('late_answer'), recordId: key, ...where, about: key, ...verdict }),
]);

export type ScanRecord = v.InferOutput<typeof scanRecordSchema>;
type Unchained<Record> = Record extends ScanRecord ? Omit<Record, 'v' | 'seq' | 'previous'> : never;
/** What a device states; its place in the chain is added by `append`. */
export type RecordFacts = Unchained<ScanRecord>;

export const recordsAtOnce = 500;
/** A live code and everything around it stay below this many characters. */
const recordLimit = 1_500;

/** One upload. `signature` is the device's, over `batchText`. */
export const scanLogBatchSchema = v.object({
  records: v.pipe(v.array(v.pipe(v.string(), v.maxLength(recordLimit))), v.minLength(1), v.maxLength(recordsAtOnce)),
  signature: v.pipe(v.string(), v.regex(signatureShape)),
});
export type ScanLogBatch = v.InferOutput<typeof scanLogBatchSchema>;

/** What the upload's door answers, a line for each record in its order. Anything but an answer keeps the record. */
export type ScanLogAnswer = {
  readonly recordId: string;
  /** `known`: it was merged before, or decided online under the same id. `refused` is final too, and is on the event's trail. */
  readonly status: 'merged' | 'known' | 'refused';
  /** Set when the event held something else to be true: what kind of overlap it is, as a stable code. */
  readonly incident?: { readonly incidentId: string; readonly kind: string };
};

/** Where a chain stands: its newest record's number and hash. */
export type LogHead = { readonly seq: number; readonly hash: string };
export const emptyLog: LogHead = { seq: 0, hash: '' };

export type LogPorts = {
  readonly utf8: (text: string) => Uint8Array;
  readonly sha256: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly base64Url: (bytes: Uint8Array) => string;
};

/** The next record's text, and where the chain stands with it. */
export async function append(
  head: LogHead,
  facts: RecordFacts,
  ports: LogPorts,
): Promise<{ readonly text: string; readonly head: LogHead }> {
  const seq = head.seq + 1;
  const text = JSON.stringify({ v: 1, seq, previous: head.hash, ...facts });
  return { text, head: { seq, hash: await hashOf(text, ports) } };
}

/** What the device's key signs for a batch. The domain keeps the signature from meaning anything elsewhere. */
export function batchText(deviceId: string, { seq, hash: headHash }: LogHead, count: number): Uint8Array {
  return asciiBytes(`expo-gate-log/1\n${deviceId}\n${seq}\n${headHash}\n${count}`);
}

export type CheckedBatch =
  | {
      readonly kind: 'good';
      readonly records: readonly ScanRecord[];
      /** Hash of each record's text, in their order. */
      readonly hashes: readonly string[];
      readonly head: LogHead;
    }
  | { readonly kind: 'bad'; readonly why: 'unreadable' | 'broken' | 'foreign' | 'forged'; readonly atIndex: number };

/**
 * Reads a batch and checks that it is one stretch of this device's chain, signed by it. Whether the stretch follows from what
 * was merged before is `joins`'s to say: records may come again, and in any order of batches.
 */
export async function checkBatch(
  { records: texts, signature }: ScanLogBatch,
  from: { readonly deviceId: string; readonly eventId: string },
  ports: LogPorts & { readonly isSigned: (message: Uint8Array, signature: string) => Promise<boolean> },
): Promise<CheckedBatch> {
  const records: ScanRecord[] = [];
  const hashes: string[] = [];
  for (const [atIndex, text] of texts.entries()) {
    const record = readRecord(text);
    if (record === undefined) return { kind: 'bad', why: 'unreadable', atIndex };
    if (record.deviceId !== from.deviceId || record.eventId !== from.eventId) {
      return { kind: 'bad', why: 'foreign', atIndex };
    }
    if (!follows(record, records.at(-1), hashes.at(-1))) return { kind: 'bad', why: 'broken', atIndex };
    records.push(record);
    hashes.push(await hashOf(text, ports));
  }
  const head = { seq: records.at(-1)?.seq ?? 0, hash: hashes.at(-1) ?? '' };
  const isSigned = await ports.isSigned(batchText(from.deviceId, head, texts.length), signature);
  return isSigned ? { kind: 'good', records, hashes, head } : { kind: 'bad', why: 'forged', atIndex: 0 };
}

/**
 * How a good batch meets the chain as it was known. `forked`: the device told this number otherwise before, so its store was
 * set back or somebody else has its key. `gap`: what is between is still to come.
 */
export function joins(
  known: LogHead,
  { records, hashes }: Extract<CheckedBatch, { kind: 'good' }>,
): 'follows' | 'known' | 'gap' | 'forked' {
  const [first] = records;
  if (first === undefined || first.seq > known.seq + 1) return 'gap';
  if (first.seq === known.seq + 1) return first.previous === known.hash ? 'follows' : 'forked';
  const at = known.seq - first.seq;
  // Wholly older than what is known: its hashes can be compared only where they were kept.
  if (at >= records.length) return 'known';
  return hashes[at] === known.hash ? 'follows' : 'forked';
}

/**
 * When it happened by the server's clock, as well as anybody can say: the device's time, set right by the drift it measured,
 * and never later than when the record arrived.
 */
export function adjustedAtMs({ deviceAtMs, clock }: ScanRecord, receivedAtMs: EpochMs): EpochMs {
  return Math.min(deviceAtMs + (clock?.offsetMs ?? 0), receivedAtMs);
}

function readRecord(text: string): ScanRecord | undefined {
  try {
    const parsed = v.safeParse(scanRecordSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function follows(record: ScanRecord, before: ScanRecord | undefined, hashBefore: string | undefined): boolean {
  if (before === undefined) return (record.seq === 1) === (record.previous === '');
  return record.seq === before.seq + 1 && record.previous === hashBefore;
}

async function hashOf(text: string, { utf8, sha256, base64Url }: LogPorts): Promise<string> {
  return base64Url(await sha256(utf8(text)));
}
