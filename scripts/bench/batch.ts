import { baselines, inTurns, medianRate, rounds, type Subject, turnSeconds } from './against-noop.ts';
import { benchHold, benchScan, startBenchServer } from './bench-server.ts';
import { type Bench, measured } from './figure.ts';

/** Items a call carries: as many as one commit group takes. */
const itemsPerCall = 500;
/** Tickets scanned in one turn: a turn that runs out ends early and is still a rate. Making them takes longer than scanning. */
const codesPerTurn = 16_000;
/** Calls of so many items that wait for one another: enough to keep the object busy. */
const callsInFlight = 4;

/** Items a second in calls that carry many, as imports, box offices and returning offline gates make them. */
export const batch: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  const turn = turnSeconds(seconds, 3);
  say(
    `${itemsPerCall} items a call, ${rounds} turns of ${turn.toFixed(1)} s each, medians; baseline: an object with a row and a commit a call, 128 in flight`,
  );
  try {
    const codes = await server.issueCodes(codesPerTurn * (rounds + 1));
    const shared = { headers: {}, expects: `"ok":${itemsPerCall}`, inFlight: callsInFlight };
    const holds: Subject = {
      ...shared,
      url: `${server.direct}/bench/hold-batch`,
      isRepeated: true,
      bodiesFor: () => [JSON.stringify({ count: itemsPerCall, hold: benchHold })],
    };
    const scans: Subject = {
      ...shared,
      url: `${server.direct}/bench/scan-batch`,
      isRepeated: false,
      bodiesFor: (round) => scanCalls(codes.slice(round * codesPerTurn, (round + 1) * codesPerTurn)),
    };
    const { naive } = baselines(server.direct);
    const results = await inTurns({ naive, holds, scans }, seconds);
    const bare = medianRate(results.naive);
    print(measured('batch', 'hold_items_per_s', 'per s', medianRate(results.holds) * itemsPerCall, bare));
    print(measured('batch', 'scan_items_per_s', 'per s', medianRate(results.scans) * itemsPerCall, bare));
  } finally {
    await server.stop();
  }
};

function scanCalls(codes: readonly string[]): string[] {
  return Array.from({ length: Math.floor(codes.length / itemsPerCall) }, (_, call) =>
    JSON.stringify({ codes: codes.slice(call * itemsPerCall, (call + 1) * itemsPerCall), scan: benchScan }),
  );
}
