import * as v from 'valibot';
import { batchText, type ScanLogAnswer } from '#shared/gate/scan-log.ts';
import { signBytes } from '../device-key.ts';
import { logPorts } from './bytes.ts';
import { acknowledge, unsent } from './log.ts';
import type { KeptRecord, Store } from './store.ts';

const answersSchema = v.object({
  answers: v.array(
    v.object({
      recordId: v.string(),
      status: v.picklist(['merged', 'known', 'refused']),
      incident: v.optional(v.object({ incidentId: v.string(), kind: v.string() })),
    }),
  ),
});

export type Sent = {
  readonly acknowledged: number;
  readonly incidents: number;
  /** Scans among them that let somebody through, by ticket. */
  readonly passed: readonly { readonly ticketId: string; readonly scanId: string }[];
};

const nothing: Sent = { acknowledged: 0, incidents: 0, passed: [] };

/** How a batch reaches the event: the parsed answer, or undefined when there was none to trust. */
export type SendBatch = (body: { records: readonly string[]; signature: string }) => Promise<unknown>;

/**
 * Sends the oldest records and drops those the event answered for, one by one. Whatever goes wrong before its answer leaves
 * them here: sent again they are the same records under the same ids.
 */
export async function sendLog(store: Store, deviceId: string, send: SendBatch): Promise<Sent> {
  const records = await unsent(store);
  const last = records.at(-1);
  if (last === undefined) return nothing;
  const signature = await signRecords(deviceId, records, last);
  const parsed = v.safeParse(answersSchema, await send({ records: records.map(({ text }) => text), signature }));
  if (!parsed.success) return nothing;
  const answers = new Map<string, ScanLogAnswer>(
    parsed.output.answers.map(({ incident, ...answer }) => [
      answer.recordId,
      { ...answer, ...(incident && { incident }) },
    ]),
  );
  const answered = records.filter(({ recordId }) => answers.has(recordId));
  await acknowledge(store, answered);
  const incidents = [...answers.values()].filter(({ incident }) => incident !== undefined).length;
  return { acknowledged: answered.length, incidents, passed: answered.flatMap(passedIn) };
}

function passedIn({ text, recordId: scanId }: KeptRecord) {
  const { ticketId, zones } = JSON.parse(text) as { ticketId?: string; zones?: string[] };
  return ticketId === undefined || zones === undefined ? [] : [{ ticketId, scanId }];
}

async function signRecords(deviceId: string, records: readonly KeptRecord[], last: KeptRecord): Promise<string> {
  const hash = logPorts.base64Url(await logPorts.sha256(logPorts.utf8(last.text)));
  return signBytes(batchText(deviceId, { seq: last.seq, hash }, records.length));
}
