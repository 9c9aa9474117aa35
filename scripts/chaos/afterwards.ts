import { setTimeout as wait } from 'node:timers/promises';
import { projectionSources } from '#d1/queries/projection-health.ts';
import { readCursor } from '#d1/queries/projection.ts';
import type { ConfirmAnswer, ScanAnswer } from '#objects/event-inventory/client.ts';
import { ledgerFindings, localBooks } from '#scripts/ledger-findings.ts';
import type { LocalServer } from '#scripts/local-server.ts';
import { deskOf } from '#shared/ids.ts';
import { isSettled } from '#shared/orders/saga.ts';
import { hourMs } from '#shared/time.ts';
import { checkLedger } from '#workers/operations/check-ledger.ts';
import { openSource, type Reader } from '#workers/operations/log-sources.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';
import { callInventory, payByCard, placeOrder, untilAnswered, type Paid, type TrialSite } from '#test/chaos/doors.ts';
import { type AskedAgain, orderAnswer } from '#test/chaos/load.ts';

const itemsPerCall = 200;
const ordersAtOnce = 16;
const never = () => false;

/** Asks everything again, under the same keys. */
export async function askAgain(site: TrialSite, asked: readonly AskedAgain[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const of = <Kind extends AskedAgain['kind']>(kind: Kind) =>
    asked.filter((one): one is Extract<AskedAgain, { kind: Kind }> => one.kind === kind);
  for (const some of inParts(of('confirm'), itemsPerCall)) {
    const { body } = await callInventory<ConfirmAnswer>(
      site,
      'confirm',
      some.map(({ key }) => key),
    );
    for (const [at, { key }] of some.entries()) answers.set(key, JSON.stringify(body[at]));
  }
  for (const some of inParts(of('scan'), itemsPerCall)) {
    const who = { gateId: site.gateId, deviceId: 'dev_auditor', staffId: 'per_auditor' };
    const { body } = await callInventory<ScanAnswer>(
      site,
      'scan',
      some.map(({ key, code }) => ({ ...who, scanId: key, code })),
    );
    for (const [at, { key }] of some.entries()) {
      const answer = body[at];
      answers.set(key, JSON.stringify(answer?.ok === true ? answer.value : answer));
    }
  }
  for (const some of inParts(of('paid'), ordersAtOnce)) {
    await Promise.all(
      some.map(async ({ key }) => {
        const heard = await untilAnswered(() => payByCard(site, { orderId: key, until: 'settled' }), never);
        const { ticketIds } = (heard?.body ?? { ticketIds: [] }) as Paid;
        answers.set(key, ticketIds.join(' '));
      }),
    );
  }
  for (const some of inParts(of('order'), ordersAtOnce)) {
    await Promise.all(
      some.map(async (order) => {
        const heard = await untilAnswered(() => placeOrder(site, order), never);
        answers.set(order.key, (heard && orderAnswer(heard.status, heard.body)?.answer) ?? JSON.stringify(heard));
      }),
    );
  }
  return answers;
}

const settlesWithinMs = 60_000;

/**
 * Waits for orders whose buyers left once they had approved: bank and desk finish them without anybody's help. What does
 * not settle in time is found by the audit.
 */
export async function lookUntilSettled({ desk }: Pick<Reader, 'desk'>, orderIds: readonly string[]): Promise<void> {
  const open = new Set(orderIds);
  for (const untilMs = Date.now() + settlesWithinMs; open.size > 0 && Date.now() < untilMs; await wait(lookEveryMs)) {
    for (const orderId of open) {
      const shown = await desk(deskOf(orderId) ?? '').show(orderId);
      if (shown.ok && isSettled(shown.value)) open.delete(orderId);
    }
  }
}

/** Long enough ahead that what has ended must be at rest: nothing is excused as still on its way. */
const aheadMs = 2 * hourMs;

export async function ledgerFaults(reader: Reader, server: LocalServer): Promise<string[]> {
  const check = await checkLedger({ ...reader, clock: () => Date.now() + aheadMs }, localBooks(server));
  return [...ledgerFindings(check)];
}

const convergesWithinMs = 30_000;
const lookEveryMs = 250;

/**
 * Logs that D1 has not read to their end by itself, and rows by which what stands differs from a reading from zero. Rings
 * were lost with the queue's memory: alarms must have rung again.
 */
export async function projectionDifferences(reader: Reader): Promise<number> {
  let behind: string[] = [];
  for (const untilMs = Date.now() + convergesWithinMs; Date.now() < untilMs; await wait(lookEveryMs)) {
    behind = await unread(reader);
    if (behind.length === 0) break;
  }
  let rows = 0;
  for (const source of await projectionSources(reader.db)) {
    const rebuilt = await rebuildProjection(reader, source, { adopt: false });
    for (const { missing, surplus } of rebuilt?.differences ?? []) rows += missing.length + surplus.length;
  }
  return behind.length + rows;
}

async function unread(reader: Reader): Promise<string[]> {
  const sources = await projectionSources(reader.db);
  const isBehind = await Promise.all(
    sources.map(async (name) => {
      const page = await openSource(reader, name)?.readAfter(await readCursor(reader.db, name));
      return page !== undefined && page.entries.length > 0;
    }),
  );
  return sources.filter((_name, at) => isBehind[at]);
}

function* inParts<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
