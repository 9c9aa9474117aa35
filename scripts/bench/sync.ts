import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Passage } from '#shared/gate/heard.ts';
import { append, emptyLog, type LogHead, type LogPorts } from '#shared/gate/scan-log.ts';
import { ticketIdOf } from '#shared/ids.ts';
import { readCode } from '#shared/tickets/verify.ts';
import { minuteMs, secondMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { enrol, switchOn } from './bench-phone.ts';
import { startBenchServer } from './bench-server.ts';
import type { Bench } from './figure.ts';

const records = 10_000;
const aloneForMs = 10 * minuteMs;

const ports: LogPorts = {
  utf8: (text) => new TextEncoder().encode(text),
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))),
  base64Url: toBase64Url,
};

/**
 * What a phone that was alone for long has to tell: from the network's coming back until the event has answered for every
 * record and the phone has let go of them. The phone's own store, signatures, HTTP and the merge are all in it.
 */
export const sync: Bench = async (_options, print, say) => {
  const server = await startBenchServer();
  const folder = await mkdtemp(join(tmpdir(), 'expo-sync-bench-'));
  try {
    say(`${records} people let in by one phone without network, each with a ticket`);
    const codes = await server.issueCodes(records);
    const context = await switchOn(join(folder, 'profile'));
    try {
      const page = await enrol(context, server.url);
      await context.setOffline(true);
      await page.locator('[data-reach=offline]').waitFor();
      await page.evaluate(fill, await alone(page, codes));
      await page.evaluate(startClock);
      await context.setOffline(false);
      const ms = await page.evaluate<number>('globalThis.sentAfter');
      print({
        name: 'sync',
        metric: 'log_10000_s',
        value: Number((ms / secondMs).toPrecision(3)),
        unit: 's',
        baseline: null,
        ratio: null,
      });
    } finally {
      await context.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

type Alone = {
  readonly store: string;
  readonly head: LogHead;
  readonly log: readonly { readonly seq: number; readonly text: string; readonly recordId: string }[];
  readonly passages: readonly (readonly [string, readonly Passage[]])[];
};

/** What the phone would have on its disk: scanned one by one it would take as long as ten thousand people do. */
async function alone(page: Page, codes: readonly string[]): Promise<Alone> {
  const [deviceId, eventId, gateId, staffId] = await Promise.all(
    ['device-id', 'event-id', 'gate-id', 'staff-id'].map(
      async (name) => (await page.locator('[data-gate]').getAttribute(`data-${name}`)) ?? '',
    ),
  );
  const log: Alone['log'][number][] = [];
  const passages: Alone['passages'][number][] = [];
  let head = emptyLog;
  const from = Date.now() - aloneForMs;
  for (const [index, code] of codes.entries()) {
    const deviceAtMs = from + Math.floor((index * aloneForMs) / codes.length);
    const ticketId = ticketIdOf(readCode(code)?.header.ticket ?? new Uint8Array());
    const recordId = crypto.randomUUID();
    const written = await append(
      head,
      {
        kind: 'scan',
        recordId,
        deviceId: deviceId ?? '',
        eventId: eventId ?? '',
        gateId: gateId ?? '',
        staffId: staffId ?? '',
        deviceAtMs,
        clock: { offsetMs: 0, ageMs: deviceAtMs - from },
        manifestSeq: 1,
        because: 'offline',
        direction: 'in',
        shown: { by: 'code', code },
        ticketId,
        outcome: 'grant',
        reason: 'admitted',
        zones: ['yard'],
      },
      ports,
    );
    ({ head } = written);
    log.push({ seq: head.seq, text: written.text, recordId });
    passages.push([ticketId, [{ what: 'in', gateId: gateId ?? '', atMs: deviceAtMs, scanId: recordId }]]);
  }
  return { store: `scanner-${deviceId}`, head, log, passages };
}

/** Runs in the browser, whose types this project does not load. */
async function fill({ store, head, log, passages }: Alone): Promise<void> {
  const { indexedDB } = globalThis as unknown as { indexedDB: Databases };
  const database = await new Promise<Database>((resolve) => {
    const opening = indexedDB.open(store);
    opening.onsuccess = () => resolve(opening.result);
  });
  await new Promise<void>((resolve) => {
    const work = database.transaction(['state', 'log', 'passages'], 'readwrite');
    for (const record of log) work.objectStore('log').put(record);
    for (const [ticketId, passed] of passages) work.objectStore('passages').put(passed, ticketId);
    work.objectStore('state').put(head, 'head');
    work.oncomplete = () => resolve();
  });
  database.close();
}
type Database = {
  close(): void;
  transaction(
    names: readonly string[],
    mode: 'readwrite',
  ): { oncomplete: (() => void) | null; objectStore(name: string): { put(value: unknown, key?: string): void } };
};
type Databases = { open(name: string): { result: Database; onsuccess: (() => void) | null } };

/** Runs in the browser: from the network's return until the strip says that nothing waits. */
const startClock = `globalThis.sentAfter = new Promise((resolve) => addEventListener('online', () => {
  const from = performance.now();
  const log = document.querySelector('[data-unsent]');
  new MutationObserver(() => {
    if (log.dataset.unsent === '0') resolve(performance.now() - from);
  }).observe(log, { attributes: true });
}, { once: true })); undefined`;
