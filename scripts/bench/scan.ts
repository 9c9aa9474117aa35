import { signInDemo } from '#scripts/trials/sign-in.ts';
import { pathTo } from '#workers/routes.ts';
import {
  againstNoop,
  baselines,
  besideNaive,
  inFlight,
  offeredRounds,
  medianP99,
  medianRate,
  rounds,
  type Subject,
  takeTurn,
  turnSeconds,
} from './against-noop.ts';
import { benchScan, benchSlug, startBenchServer } from './bench-server.ts';
import { type Bench, type Figure, measured } from './figure.ts';
import { type LoadResult, runSocketLoad } from './load-order.ts';

/** More than can be scanned in a second here; a turn that runs out ends early and is still a rate. */
const codesPerSecond = 8_000;

/** First scans of genuine codes at one event: code checked, decision durable. */
export const scan: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  say(
    `${inFlight} in flight, keep-alive, ${rounds} turns of ${turnSeconds(seconds).toFixed(1)} s each, medians; baseline: a no-op object call`,
  );
  try {
    const perTurn = Math.ceil(codesPerSecond * turnSeconds(seconds));
    // A warm-up and the rounds at full speed, the rounds at an offered load, one through the public door, and sockets.
    const codes = await server.issueCodes(perTurn * (2 * rounds + offeredRounds + 2));
    say(`${codes.length} tickets, each scanned once; every answer must be a grant`);
    const bodiesFor = (round: number) =>
      codes
        .slice(round * perTurn, (round + 1) * perTurn)
        .map((code) => JSON.stringify({ ...benchScan, code, scanId: '#' }));
    const subject: Subject = {
      url: `${server.direct}/bench/scan`,
      headers: {},
      isRepeated: false,
      expects: '"outcome":"grant"',
      bodiesFor,
    };
    await againstNoop('scan', server.direct, subject, seconds, print);
    const codesOf = (round: number) => codes.slice((rounds + offeredRounds + 1 + round) * perTurn).slice(0, perTurn);
    await overSockets(server.direct, codesOf, seconds, print);
    await besideNaive('scan', { origin: server.direct, subject, seconds }, print, say);
    const api = {
      ...subject,
      url: server.url + pathTo('apiScans', { slug: benchSlug }),
      headers: { origin: server.url, cookie: await signInDemo(server.url, 'per_demo_steward') },
    };
    const { perSecond } = await takeTurn(api, rounds + offeredRounds + 1, { seconds: turnSeconds(seconds) });
    say(`${Math.round(perSecond)} a second through the steward's page's door, whose session D1 is asked for each time`);
  } finally {
    await server.stop();
  }
};

/** Lanes of a large gate, and scans under way at each: as many together as over HTTP. */
const lanes = 16;

/** More than live ones can be scanned in a second here: each needs its holder's signature verified. */
const liveCodesPerSecond = 5_000;

/** In turns with the no-op, over sockets that are opened before the clock runs. */
async function overSockets(
  origin: string,
  codesOf: (round: number) => string[],
  seconds: number,
  print: (figure: Figure) => void,
): Promise<void> {
  const { noop } = baselines(origin);
  const turn = turnSeconds(seconds);
  const order = { origin, lanes, inFlightPerLane: inFlight / lanes, seconds: turn };
  const [printed, live, bare]: [LoadResult[], LoadResult[], LoadResult[]] = [[], [], []];
  for (let round = 1; round <= rounds; round += 1) {
    bare.push(await takeTurn(noop, round, { seconds: turn }));
    printed.push(await runSocketLoad({ ...order, codes: codesOf(round) }));
    live.push(await runSocketLoad({ ...order, codes: Math.ceil(liveCodesPerSecond * turn) }));
  }
  print(measured('scan', 'socket_rate', 'per s', medianRate(printed), medianRate(bare)));
  print(measured('scan', 'socket_live_rate', 'per s', medianRate(live), medianRate(bare)));
  print(measured('scan', 'socket_p99', 'ms', medianP99(printed), medianP99(bare)));
}
