import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { database } from '#d1/database.ts';
import { events } from '#d1/schema/index.ts';
import { type EventInventoryNamespace, inventoryOf } from '#objects/event-inventory/client.ts';
import { builtWorker, buildWorker } from '#scripts/build-worker.ts';
import { type FreshServer, startFreshServer } from '#scripts/journey/fresh-server.ts';
import { openDays } from '#scripts/seed/content/events/open-days/index.ts';
import { ticketType } from '#scripts/seed/content/shapes.ts';
import { dayMs } from '#shared/time.ts';
import { ticketKeys } from '#workers/keys/ticket-keys.ts';
import { publishRules } from '#workers/operations/publish-rules.ts';

const root = join(import.meta.dirname, '../..');

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

/** Bounds of one order and of one batch. */
const ticketsPerHold = 50;
const batchSize = 1_000;

export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>;

/** The system with the benchmarks' doors, and an event too big to sell out. */
export async function startBenchServer() {
  await buildWorker('local');
  const main = join(root, '.build/bench/index.js');
  await build({
    entryPoints: [join(root, 'test/bench/worker.ts')],
    outfile: main,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    loader: { '.sql': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  });
  const server = await startFreshServer({ main, direct: 'Direct' });
  try {
    const inventory = await openBigEvent(server);
    if (server.directUrl === undefined) throw new Error('The benchmark has no socket of its own');
    return { ...server, direct: server.directUrl, issueCodes: (count: number) => issueCodes(inventory, count) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openBigEvent(server: FreshServer): Promise<Inventory> {
  const namespace = (await server.mf.getDurableObjectNamespace(
    'EVENT_INVENTORY',
  )) as unknown as EventInventoryNamespace;
  const inventory = inventoryOf(namespace, eventId);
  const now = Date.now();
  const { event, rules } = openDays(Math.floor(now / dayMs) * dayMs);
  const big = ticketType({
    id: benchType,
    name: 'Bench ticket',
    summary: 'One of very many.',
    category: 'free',
    priceMinor: 0,
    accessLevel: 'Neighbour',
    zones: ['yard'],
    capacity: 1_000_000,
    perOrderMax: ticketsPerHold,
    perCustomerMax: 1_000,
    sale: { from: now - dayMs, until: now + dayMs },
    validity: { kind: 'windows', windows: [{ from: now - dayMs, until: now + dayMs }] },
  });
  const db = database(await server.mf.getD1Database('DB'));
  await db.insert(events).values({ ...event, id: eventId, number: 9_999, slug: benchSlug });
  const document = { ...rules, eventId, eventNumber: 9_999, ticketTypes: [big] };
  const published = await publishRules(db, inventory, { eventId, document, nowMs: now });
  if (!published.ok) throw new Error(`The benchmark's rules were refused: ${published.failure.code}`);
  return inventory;
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
