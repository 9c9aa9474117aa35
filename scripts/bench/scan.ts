import { pathTo } from '#workers/routes.ts';
import { againstNoop, inFlight, rounds, turnSeconds } from './against-noop.ts';
import { benchGate, benchSlug, startBenchServer } from './bench-server.ts';
import type { Bench } from './figure.ts';

/** More than can be scanned in a second here; a turn that runs out ends early and is still a rate. */
const codesPerSecond = 3_000;

/** First scans of genuine codes at one event, by the door that partners and the fallback of gates use. */
export const scan: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  say(
    `${inFlight} in flight, keep-alive, ${rounds} turns of ${turnSeconds(seconds)} s each, medians; baseline: a no-op object call`,
  );
  try {
    const perTurn = Math.ceil(codesPerSecond * turnSeconds(seconds));
    const codes = await server.issueCodes(perTurn * (rounds + 1));
    say(`${codes.length} tickets, each scanned once; every answer must be a grant`);
    const bodiesFor = (round: number) =>
      codes
        .slice(round * perTurn, (round + 1) * perTurn)
        .map((code) => JSON.stringify({ code, gateId: benchGate, scanId: '#' }));
    const headers = { origin: server.url, cookie: await stewardCookie(server.url) };
    const url = server.url + pathTo('apiScans', { slug: benchSlug });
    const subject = { url, headers, isRepeated: false, expects: '"outcome":"grant"', bodiesFor };
    await againstNoop('scan', server.url, subject, seconds, print);
  } finally {
    await server.stop();
  }
};

/** A steward's, as of a browser without scripts: a key is shown once in ten minutes, which is not what is measured. */
async function stewardCookie(origin: string): Promise<string> {
  const post = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(origin + path, {
      method: 'POST',
      headers: { origin, cookie },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const answer = await post('/local/sign-in', { person: 'per_demo_steward' });
  const cookie = answer.headers
    .getSetCookie()
    .find((set) => set.startsWith('__Host-session='))
    ?.split(';')[0];
  if (cookie === undefined) throw new Error(`The steward was not signed in: ${answer.status}`);
  await post(pathTo('deviceWithout'), {}, cookie);
  return cookie;
}
