import { signInDemo } from '#scripts/trials/sign-in.ts';
import { pathTo } from '#workers/routes.ts';
import { againstNoop, besideNaive, inFlight, rounds, type Subject, takeTurn, turnSeconds } from './against-noop.ts';
import { benchScan, benchSlug, startBenchServer } from './bench-server.ts';
import type { Bench } from './figure.ts';

/** More than can be scanned in a second here; a turn that runs out ends early and is still a rate. */
const codesPerSecond = 5_000;

/** First scans of genuine codes at one event: code checked, decision durable. */
export const scan: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  say(
    `${inFlight} in flight, keep-alive, ${rounds} turns of ${turnSeconds(seconds).toFixed(1)} s each, medians; baseline: a no-op object call`,
  );
  try {
    const perTurn = Math.ceil(codesPerSecond * turnSeconds(seconds));
    // A warm-up and the rounds at full speed, the rounds at an offered load, and one through the public door.
    const codes = await server.issueCodes(perTurn * (2 * rounds + 2));
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
    await besideNaive(server.direct, subject, seconds, say);
    const api = {
      ...subject,
      url: server.url + pathTo('apiScans', { slug: benchSlug }),
      headers: { origin: server.url, cookie: await signInDemo(server.url, 'per_demo_steward') },
    };
    const { perSecond } = await takeTurn(api, 2 * rounds + 1, { seconds: turnSeconds(seconds) });
    say(`${Math.round(perSecond)} a second through the steward's page's door, whose session D1 is asked for each time`);
  } finally {
    await server.stop();
  }
};
