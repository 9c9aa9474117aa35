import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { localReader } from '#scripts/local-reader.ts';
import { applyMigrations, startLocalServer, type LocalServer } from '#scripts/local-server.ts';
import { seed } from '#scripts/seed/seed.ts';
import { openTrialEvent } from '#scripts/trials/trial-event.ts';
import { signInDemo } from '#scripts/trials/sign-in.ts';
import { buildTrialWorker } from '#scripts/trials/trial-worker.ts';
import { audit, type Audit, type InventoryStore } from '#test/chaos/audit.ts';
import { callInventory, post, type TrialSite } from '#test/chaos/doors.ts';
import { TrialLane } from '#test/chaos/lane.ts';
import { ChaosLoad } from '#test/chaos/load.ts';
import { readStores } from '#test/chaos/storage.ts';
import { enrolment, newDevice, type TestDevice } from '#test/support/scanner-key.ts';
import { askAgain, ledgerFaults, lookUntilSettled, projectionDifferences } from './afterwards.ts';
import { Victim } from './victim.ts';

const root = join(import.meta.dirname, '../..');

const trialEvent = {
  eventId: 'evt_chaos',
  slug: 'chaos',
  number: 9_998,
  // One that sells out while everybody is still asking, and one that does not.
  capacities: { rare: 300, plenty: 100_000, paid: 100_000 },
  pricesMinor: { paid: 1_250 },
};
const gateId = 'lane-gate';
const lanes = 3;
/** A kill comes this long after the server answered last, at random. */
const [soonestKillMs, latestKillMs] = [300, 2_500];
/** After the last kill everybody may finish what they began. */
const finishWithinMs = 30_000;

export type TrialResult = Audit & { readonly kills: number; readonly seconds: number };

/**
 * Serves a folder, loads it, kills what serves it again and again, and afterwards judges what is left: what everybody was
 * told is asked again of the living system, and read from the dead one's files.
 */
export async function runTrial(seconds: number, say: (note: string) => void): Promise<TrialResult> {
  const main = await buildTrialWorker('chaos');
  const dataDir = await mkdtemp(join(tmpdir(), 'expo-chaos-'));
  try {
    const { site, port, device } = await prepare(dataDir, main);
    const victim = new Victim({ dataDir, port, main });
    await victim.start();
    const load = await loadAndKill(site, device, victim, seconds, say);
    await victim.stop();
    const paid = load.acknowledged.filter(({ kind }) => kind === 'paid').length;
    say(
      `${victim.kills} kills, ${load.acknowledged.length} acknowledged, ${paid} of them paid orders, and ${load.leftAtBank.length} left at the bank; asking everything again`,
    );
    const after = await withServer({ dataDir, port, main }, async (server) => {
      const reader = await localReader(server);
      const replayed = await askAgain(site, load.askedAgain);
      await lookUntilSettled(reader, load.leftAtBank);
      const differences = await projectionDifferences(reader);
      const ledger = await ledgerFaults(reader, server);
      return { replayed, projectionDifferences: differences, ledgerFindings: ledger };
    });
    const { inventories, chains, ...money } = readStores(dataDir);
    const store = inventories.find(isTrialEvent);
    if (store === undefined) throw new Error('The event has no storage');
    const otherChains = [...chains, ...inventories.filter((one) => one !== store).map(({ segments }) => segments)];
    const orders = money.orders.filter(({ inventoryIds }) => inventoryIds.includes(trialEvent.eventId));
    const others = new Set(money.orders.filter((one) => !orders.includes(one)).map(({ orderId }) => orderId));
    const bank = money.bank.filter(({ orderId }) => !others.has(orderId));
    const found = audit({ acknowledged: load.acknowledged, store, otherChains, orders, bank, ...after });
    return { kills: victim.kills, seconds, ...found };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function loadAndKill(
  site: TrialSite,
  device: TestDevice,
  victim: Victim,
  seconds: number,
  say: (note: string) => void,
): Promise<ChaosLoad> {
  const path = (await post(`${site.origin}/chaos/${site.eventId}/socket`, {})).body as string;
  const sockets = Array.from({ length: lanes }, () => new TrialLane(site.origin.replace('http', 'ws') + path, device));
  const load = new ChaosLoad(site, sockets);
  const finished = load.run();
  for (const untilMs = Date.now() + seconds * 1_000; Date.now() < untilMs;) {
    await wait(soonestKillMs + Math.random() * (latestKillMs - soonestKillMs));
    if (victim.kills % 2 === 0) await victim.killRuntime();
    else await victim.killAll();
    say(`kill ${victim.kills}: ${load.acknowledged.length} acknowledged so far`);
  }
  load.end();
  const patience = new AbortController();
  await Promise.race([
    finished,
    wait(finishWithinMs, undefined, { signal: patience.signal }).then(() => load.giveUp()),
  ]);
  patience.abort();
  await finished;
  for (const socket of sockets) socket.close();
  return load;
}

/** A seeded folder with the trial's event, a steward's session and a scanner's key. */
async function prepare(dataDir: string, main: string) {
  return withServer({ dataDir, main }, async (server) => {
    await applyMigrations(server.mf, join(root, 'd1/migrations'));
    await seed(server.mf, { now: Date.now(), origin: server.url });
    await openTrialEvent(server.mf, trialEvent);
    const { eventId, slug } = trialEvent;
    const cookie = await signInDemo(server.url, 'per_demo_steward');
    const site = { origin: server.url, eventId, slug, gateId, typeIds: ['rare', 'plenty'], paidTypeId: 'paid', cookie };
    const device = await newDevice();
    const { body } = await callInventory<{ ok: boolean }>(site, 'enrol', [enrolment(device, { gateId })]);
    if (body[0]?.ok !== true) throw new Error(`The scanner was not enrolled: ${JSON.stringify(body)}`);
    return { site, port: server.port, device };
  });
}

async function withServer<Answer>(
  options: { dataDir: string; main: string; port?: number },
  use: (server: LocalServer) => Promise<Answer>,
): Promise<Answer> {
  const server = await startLocalServer(options);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

function isTrialEvent({ stock }: InventoryStore): boolean {
  return stock.some(({ stockId }) => stockId === 'type:rare');
}
