import { readFileSync } from 'node:fs';
import type { inventoryOf } from '#objects/event-inventory/client.ts';
import { builtWorker } from '#scripts/build-worker.ts';
import { startFreshServer } from '#scripts/journey/fresh-server.ts';
import { openTrialEvent, ticketsPerOrder as ticketsPerHold } from '#scripts/trials/trial-event.ts';
import { buildTrialWorker } from '#scripts/trials/trial-worker.ts';
import { ticketKeys } from '#workers/keys/ticket-keys.ts';

/** As test/bench/worker.ts knows it. */
const eventId = 'evt_bench';
export const benchSlug = 'bench';
const benchType = 'bench-ticket';

/** One ticket for a customer of its own; the hold's id is still to be said. */
export const benchHold = {
  orderId: 'ord_bench',
  customerId: '#',
  lines: [{ typeId: benchType, quantity: 1 }],
  firm: false,
  ttlMs: 600_000,
};

/** Where and by whom; code and id are still to be said. */
export const benchScan = { gateId: 'lane-gate', deviceId: 'dev_bench', staffId: 'per_bench' };

/** Bound of one batch. */
const batchSize = 1_000;

export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>;

/** The system with the benchmarks' doors, and an event too big to sell out. */
export async function startBenchServer() {
  const server = await startFreshServer({ main: await buildTrialWorker('bench'), direct: 'Direct' });
  try {
    const inventory = await openTrialEvent(server.mf, {
      eventId,
      slug: benchSlug,
      number: 9_999,
      capacities: { [benchType]: 1_000_000 },
    });
    if (server.directUrl === undefined) throw new Error('The benchmark has no socket of its own');
    return { ...server, direct: server.directUrl, issueCodes: (count: number) => issueCodes(inventory, count) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

type Inventory = ReturnType<typeof inventoryOf>;

/** Codes of fresh tickets, as their holders' phones would show them. */
async function issueCodes(inventory: Inventory, count: number): Promise<string[]> {
  const holdIds = Array.from({ length: Math.ceil(count / ticketsPerHold) }, () => `hold_${crypto.randomUUID()}`);
  const lines = [{ typeId: benchType, quantity: ticketsPerHold }];
  const ids: string[] = [];
  for (const some of inBatches(holdIds)) {
    const requests = some.map((holdId) => ({
      holdId,
      orderId: holdId,
      customerId: holdId,
      lines,
      firm: true,
      ttlMs: 0,
    }));
    await inventory.holdMany(requests);
    for (const answer of await inventory.confirmMany(some)) {
      if (!answer.ok) throw new Error(`No tickets to scan: ${answer.failure.code}`);
      ids.push(...answer.value.tickets.map(({ ticketId }) => ticketId));
    }
  }
  const issuer = ticketKeys(masterKey());
  const codes: string[] = [];
  for (const some of inBatches(ids)) {
    for (const { code } of await inventory.showTickets(some)) {
      if (code === undefined) throw new Error('A fresh ticket has no code');
      codes.push(await issuer.issue(code.header, code.grants));
    }
  }
  return codes;
}

function* inBatches<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += batchSize) yield items.slice(at, at + batchSize);
}

function masterKey(): Uint8Array {
  const { bindings } = JSON.parse(readFileSync(builtWorker('local').bindings, 'utf8')) as {
    bindings: { MASTER_KEY: string };
  };
  return new Uint8Array(Buffer.from(bindings.MASTER_KEY, 'base64'));
}
