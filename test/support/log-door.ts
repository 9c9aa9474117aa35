import type { BrowserContext } from 'playwright-core';
import * as v from 'valibot';
import {
  checkBatch,
  emptyLog,
  joins,
  scanLogBatchSchema,
  type LogHead,
  type ScanLogAnswer,
  type ScanRecord,
} from '#shared/gate/scan-log.ts';
import { fromBase64Url, toBase64Url } from '#workers/keys/signed-token.ts';
import { eventId } from './journey-scanner.ts';

/**
 * Stands where a scanner's log is sent, and takes it as strictly as anybody could: signature, chain, numbers. So a test sees
 * what left the phone, and may lose answers on their way back.
 */
export type LogDoor = {
  /** Each record once, in their order, however often it was sent. */
  readonly records: ScanRecord[];
  /** How often each record came. */
  readonly deliveries: Map<string, number>;
  /** Whether anything gets here: a test's door hears even what a phone without network sends. */
  isReachable: boolean;
  /** Answers that get lost from now on. */
  loseAnswers: number;
  /** Whatever was not as it must be. */
  readonly complaints: string[];
};

const ports = {
  utf8: (text: string) => new TextEncoder().encode(text),
  sha256: async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))),
  base64Url: toBase64Url,
};

export async function openLogDoor(
  context: BrowserContext,
  device: { readonly deviceId: string; readonly publicKey: string },
): Promise<LogDoor> {
  const door: LogDoor = { records: [], deliveries: new Map(), isReachable: true, loseAnswers: 0, complaints: [] };
  let head: LogHead = emptyLog;
  const key = await publicKey(device.publicKey);
  const isSigned = async (message: Uint8Array, signature: string) => {
    const bytes = Uint8Array.from(fromBase64Url(signature) ?? []);
    return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes, Uint8Array.from(message));
  };
  await context.route('**/gate/scan-log', async (route) => {
    if (!door.isReachable) return route.abort('internetdisconnected');
    const batch = v.parse(scanLogBatchSchema, route.request().postDataJSON());
    const checked = await checkBatch(batch, { deviceId: device.deviceId, eventId }, { ...ports, isSigned });
    if (checked.kind === 'bad') {
      door.complaints.push(`${checked.why} at ${checked.atIndex}`);
      return route.fulfill({ status: 422, json: { code: 'malformed_request' } });
    }
    const join = joins(head, checked);
    if (join === 'gap' || join === 'forked') door.complaints.push(join);
    const answers: ScanLogAnswer[] = [];
    for (const record of checked.records) {
      const isKnown = door.deliveries.has(record.recordId);
      door.deliveries.set(record.recordId, (door.deliveries.get(record.recordId) ?? 0) + 1);
      if (!isKnown) door.records.push(record);
      answers.push({ recordId: record.recordId, status: isKnown ? 'known' : 'merged' });
    }
    if (checked.head.seq > head.seq) ({ head } = checked);
    if (door.loseAnswers > 0) {
      door.loseAnswers -= 1;
      return route.abort('connectionreset');
    }
    return route.fulfill({ json: { answers } });
  });
  return door;
}

async function publicKey(point: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(fromBase64Url(point) ?? []);
  return crypto.subtle.importKey('raw', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
}
