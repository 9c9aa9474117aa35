import { startFreshServer } from '#scripts/journey/fresh-server.ts';
import { openTrialEvent } from '#scripts/trials/trial-event.ts';
import { buildTrialWorker } from '#scripts/trials/trial-worker.ts';

/** As test/bench/worker.ts knows it. */
const eventId = 'evt_bench';
export const benchSlug = 'bench';
const benchType = 'bench-ticket';

/** What benchmarks order: for nothing, and by card. */
export const benchTypes = { free: benchType, card: 'bench-paid' };

/** One ticket for a customer of its own; the hold's id is still to be said, and the customer's. */
export const benchHold = {
  orderId: 'ord_bench',
  customerId: '@',
  lines: [{ typeId: benchType, quantity: 1 }],
  firm: false,
  ttlMs: 600_000,
};

/** Where and by whom; code and id are still to be said. */
export const benchScan = { gateId: 'lane-gate', deviceId: 'dev_bench', staffId: 'per_bench' };

export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>;

/** The system with the benchmarks' doors, and an event too big to sell out. */
export async function startBenchServer() {
  const server = await startFreshServer({ main: await buildTrialWorker('bench'), direct: 'Direct' });
  try {
    await openTrialEvent(server.mf, {
      eventId,
      slug: benchSlug,
      number: 9_999,
      capacities: { [benchTypes.free]: 1_000_000, [benchTypes.card]: 1_000_000 },
      pricesMinor: { [benchTypes.card]: 2_500 },
    });
    if (server.directUrl === undefined) throw new Error('The benchmark has no socket of its own');
    const direct = server.directUrl;
    return { ...server, direct, issueCodes: (count: number) => issueCodes(direct, count) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Tickets issued in one call, inside the Worker. */
const ticketsPerCall = 1_000;

/** Codes of fresh tickets, as their holders' phones would show them. */
async function issueCodes(direct: string, count: number): Promise<string[]> {
  const codes: string[] = [];
  while (codes.length < count) {
    const answer = await fetch(`${direct}/bench/codes`, { method: 'POST', body: String(ticketsPerCall) });
    const issued: string[] = JSON.parse(await answer.text());
    if (issued.length === 0 || issued.includes('')) throw new Error('A fresh ticket has no code');
    codes.push(...issued);
  }
  return codes.slice(0, count);
}
