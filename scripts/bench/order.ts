import { baselines, inFlight, inTurns, medianRate, rounds, turnSeconds, type Subject } from './against-noop.ts';
import { benchSlug, benchTypes, startBenchServer } from './bench-server.ts';
import { measured, type Bench } from './figure.ts';

/** What pretix publishes as its scale: orders a minute. */
const pretixPerMinute = 500;

/** Whole orders at one event, from the quote to the ticket: free ones, and paid by a card that says yes at once. */
export const order: Bench = async ({ seconds }, print, say) => {
  const server = await startBenchServer();
  say(
    `${inFlight} in flight, keep-alive, ${rounds} turns of ${turnSeconds(seconds, 3).toFixed(1)} s each, medians; baseline: a no-op object call`,
  );
  try {
    const orders = (typeId: string): Subject => ({
      url: `${server.direct}/bench/order`,
      headers: {},
      isRepeated: true,
      expects: '"state":"completed","tickets":1',
      bodiesFor: () => [JSON.stringify({ slug: benchSlug, typeId, key: '#' })],
    });
    const sides = { bare: baselines(server.direct).noop, free: orders(benchTypes.free), card: orders(benchTypes.card) };
    const { bare, free, card } = await inTurns(sides, seconds);
    print(measured('order', 'free_rate', 'per s', medianRate(free), medianRate(bare)));
    print(measured('order', 'card_rate', 'per s', medianRate(card), medianRate(bare)));
    const perMinute = (rate: number) => Math.round(rate * 60).toLocaleString('en');
    say(
      `orders a minute: ${perMinute(medianRate(free))} free, ${perMinute(medianRate(card))} by card; pretix publishes ${pretixPerMinute}`,
    );
  } finally {
    await server.stop();
  }
};
