import { execFileSync } from 'node:child_process';
import { rounds, type Subject, takeTurn, turnSeconds } from './against-noop.ts';
import { benchScan, startBenchServer } from './bench-server.ts';
import { type Bench, measured, median } from './figure.ts';
import { gatherViewers, type LoadResult } from './load-order.ts';

const wantedViewers = 10_000;
/** workerd takes two files for each socket, and some hundred for everything else. */
const filesPerViewer = 2;
const otherFiles = 1_000;
/** A very busy venue: turnstiles let in twenty a minute at best, and this is several hundred of them. */
const scansPerSecond = 190;

/** How much slower a scan is decided while ten thousand people watch the event, beside nobody watching. */
export const viewersBench: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  const turn = turnSeconds(seconds);
  const viewers = affordableViewers();
  const perTurn = Math.ceil(scansPerSecond * turn) + 1;
  say(`${scansPerSecond} scans a second, ${rounds} turns of ${turn.toFixed(1)} s each, medians; ${viewers} viewers`);
  try {
    const codes = await server.issueCodes(perTurn * (2 * rounds + 1));
    const scans: Subject = {
      url: `${server.direct}/bench/scan`,
      headers: {},
      isRepeated: false,
      expects: '"outcome":"grant"',
      bodiesFor: (round) =>
        codes
          .slice(round * perTurn, (round + 1) * perTurn)
          .map((code) => JSON.stringify({ ...benchScan, code, scanId: '#' })),
    };
    const scan = (round: number) => takeTurn(scans, round, { seconds: turn, perSecond: scansPerSecond });
    await scan(0);
    const [watched, unwatched]: [LoadResult[], LoadResult[]] = [[], []];
    for (let round = 1; round <= rounds; round += 1) unwatched.push(await scan(round));
    const disperse = await gatherViewers({ origin: server.direct, viewers });
    try {
      for (let round = 1; round <= rounds; round += 1) watched.push(await scan(rounds + round));
    } finally {
      disperse();
    }
    const medianOf = (results: LoadResult[]) => median(results.map(({ p50Ms }) => p50Ms));
    print(measured('viewers', 'scan_p50', 'ms', medianOf(watched), medianOf(unwatched)));
  } finally {
    await server.stop();
  }
};

/** As many as are wanted, or as this machine lets one process hold: said with the figures. */
function affordableViewers(): number {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }));
  // NaN is `unlimited`.
  return Number.isNaN(limit)
    ? wantedViewers
    : Math.min(wantedViewers, Math.floor((limit - otherFiles) / filesPerViewer));
}
