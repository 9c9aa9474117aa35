import { againstNoop, inFlight, rounds, turnSeconds } from './against-noop.ts';
import { benchType, startBenchServer } from './bench-server.ts';
import type { Bench } from './figure.ts';

/** Holds of one ticket each, all in one event's object. */
export const hold: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  say(
    `${inFlight} in flight, keep-alive, ${rounds} turns of ${turnSeconds(seconds)} s each, medians; baseline: a no-op object call`,
  );
  try {
    const lines = [{ typeId: benchType, quantity: 1 }];
    const body = JSON.stringify({ holdId: '#', orderId: 'ord', customerId: 'cus', lines, firm: false, ttlMs: 600_000 });
    const subject = { url: `${server.url}/bench/hold`, headers: {}, isRepeated: true, expects: '"ok":true' };
    await againstNoop('hold', server.url, { ...subject, bodiesFor: () => [body] }, seconds, print);
  } finally {
    await server.stop();
  }
};
