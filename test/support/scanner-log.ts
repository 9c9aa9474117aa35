import {
  append,
  batchText,
  emptyLog,
  type LogHead,
  type RecordFacts,
  type ScanLogBatch,
} from '#shared/gate/scan-log.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { TestDevice } from './scanner-key.ts';

const ports = {
  utf8: (text: string) => new TextEncoder().encode(text),
  sha256: async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)),
  base64Url: toBase64Url,
};

type Rest<Facts> = Facts extends RecordFacts ? Omit<Facts, 'deviceId' | 'eventId' | 'staffId' | 'manifestSeq'> : never;

type Written = { readonly text: string; readonly head: LogHead };

/** A scanner's own log, written and signed as its browser does. */
export class ScannerLog {
  readonly device: TestDevice;
  readonly #eventId: string;
  readonly #written: Written[] = [];

  constructor(device: TestDevice, eventId: string) {
    this.device = device;
    this.#eventId = eventId;
  }

  get length(): number {
    return this.#written.length;
  }

  async append(facts: Rest<RecordFacts>): Promise<void> {
    const where = { deviceId: this.device.deviceId, eventId: this.#eventId, staffId: 'per_steward', manifestSeq: 0 };
    const head = this.#written.at(-1)?.head ?? emptyLog;
    this.#written.push(await append(head, { ...facts, ...where }, ports));
  }

  /** Records from one number to another, both included, under one signature. */
  async batch(from = 1, to = this.length): Promise<ScanLogBatch> {
    const part = this.#written.slice(from - 1, to);
    const head = part.at(-1)?.head ?? emptyLog;
    const message = batchText(this.device.deviceId, head, part.length);
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = new Uint8Array(await crypto.subtle.sign(algorithm, this.device.privateKey, message));
    return { records: part.map(({ text }) => text), signature: toBase64Url(signature) };
  }
}
