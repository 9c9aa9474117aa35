import { createHash } from 'node:crypto';
import {
  checkBatch,
  type CheckedBatch,
  type LogPorts,
  type ScanLogAnswer,
  type ScanLogBatch,
  type ScanRecord,
} from '#shared/gate/scan-log.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { InventoryContext } from './context.ts';
import { findDevice, type GateDevice } from './devices.ts';
import { asRemembered, askKeys, codeReader, type CheckedCode } from './found-ticket.ts';
import { openIncident } from './incidents.ts';
import { noteStretch } from './log-stretches.ts';
import { mergeRecord } from './merge-log.ts';
import type { EventInventoryPorts } from './ports.ts';
import { ticketsAsStored } from './tickets.ts';

export type MergeAnswer = Result<
  readonly ScanLogAnswer[],
  'device_unknown' | 'event_not_on_sale' | 'scan_log_refused' | 'internal_error'
>;

type Run = <Answer>(work: () => Answer) => Promise<Answer>;

const logPorts: LogPorts = {
  utf8: (text) => new TextEncoder().encode(text),
  sha256: (bytes) => Promise.resolve(new Uint8Array(createHash('sha256').update(bytes).digest())),
  base64Url: (bytes) =>
    btoa(String.fromCodePoint(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', ''),
};

/**
 * Merges one upload of a scanner's log, all of it in one transaction. What the scanner's own key did not sign, or what was
 * changed on the way, is refused whole: nothing in it can be believed, and the scanner still has the original.
 */
export async function mergeBatch(
  context: InventoryContext,
  request: { readonly eventId: string; readonly deviceId: string; readonly batch: ScanLogBatch },
  ports: Pick<EventInventoryPorts, 'verifier' | 'isSignedBy'> & { readonly run: Run },
): Promise<MergeAnswer> {
  const { eventId, deviceId, batch } = request;
  const device = findDevice(context.sql, deviceId);
  if (device === undefined) return fail('device_unknown');
  const isSigned = (message: Uint8Array, signature: string) =>
    ports.isSignedBy(device.publicKey, String.fromCharCode(...message), signature);
  const checked = await checkBatch(batch, { deviceId, eventId }, { ...logPorts, isSigned });
  if (checked.kind === 'bad') return ports.run(() => refuseBatch(context, device, checked));
  const codes = await checkCodes(context, checked.records, ports.verifier);
  return ports.run(() => mergeAll(context, device, checked, codes));
}

function mergeAll(
  context: InventoryContext,
  { deviceId }: GateDevice,
  batch: Extract<CheckedBatch, { kind: 'good' }>,
  codes: readonly (CheckedCode | undefined)[],
): MergeAnswer {
  const rules = context.rules();
  const device = findDevice(context.sql, deviceId);
  if (rules === undefined) return fail('event_not_on_sale');
  if (device === undefined) return fail('device_unknown');
  const place = { context, rules, device };
  context.books.answers.expect(batch.records.map(({ recordId }) => recordId));
  context.books.tickets.expect(batch.records.flatMap(ticketIdIn));
  const answers = batch.records.map((record, at) =>
    mergeRecord(place, { record, hash: batch.hashes[at] ?? '', checked: codes[at] }),
  );
  noteStretch(context, deviceId, batch);
  return ok(answers);
}

function refuseBatch(
  context: InventoryContext,
  { deviceId }: GateDevice,
  { why, atIndex }: Extract<CheckedBatch, { kind: 'bad' }>,
): MergeAnswer {
  openIncident(context, { incidentId: `forged/${deviceId}`, kind: 'log_forged', deviceId, scans: [] });
  return fail('scan_log_refused', { why, at: atIndex });
}

/**
 * Finds out about every code that let somebody in: a device that was tampered with could name any ticket. Where the event
 * remembers what it issued, exactly those bytes need no key; that once held holds for good, so it may be asked before the
 * transaction.
 */
function checkCodes(
  context: InventoryContext,
  records: readonly ScanRecord[],
  verifier: EventInventoryPorts['verifier'],
): Promise<(CheckedCode | undefined)[]> {
  const read = codeReader(context, verifier);
  const tickets = new Map(ticketsAsStored(context, records.flatMap(ticketIdIn)).map((row) => [row.ticketId, row]));
  return Promise.all(
    records.map(async (record) => {
      if (record.kind !== 'scan' || record.shown.by !== 'code' || record.zones === undefined) return undefined;
      const checked = await read({ code: record.shown.code });
      return askKeys(
        checked.kind === 'code' ? asRemembered(checked, tickets.get(checked.ticketId)) : checked,
        verifier,
      );
    }),
  );
}

function ticketIdIn(record: ScanRecord): string[] {
  return record.kind === 'scan' && record.ticketId !== undefined ? [record.ticketId] : [];
}
