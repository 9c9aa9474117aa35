import { againstNoop, besideNaive, inFlight, rounds, turnSeconds } from './against-noop.ts';
import { benchHold, startBenchServer } from './bench-server.ts';
import type { Bench } from './figure.ts';

/** Holds of one ticket each, all in one event's object. */
export const hold: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  say(
    `${inFlight} in flight, keep-alive, ${rounds} turns of ${turnSeconds(seconds).toFixed(1)} s each, medians; baseline: a no-op object call`,
  );
  try {
    const body = JSON.stringify({ ...benchHold, holdId: '#' });
    const subject = { url: `${server.direct}/bench/hold`, headers: {}, isRepeated: true, expects: '"ok":true' };
    const holds = { ...subject, bodiesFor: () => [body] };
    await againstNoop('hold', server.direct, holds, seconds, print);
    await besideNaive('hold', { origin: server.direct, subject: holds, seconds }, print, say);
  } finally {
    await server.stop();
  }
};
