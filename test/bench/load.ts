// A process of its own that keeps a server busy: reads one order from standard input, prints one result.
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { LoadOrder } from '#scripts/bench/load-order.ts';
import { HttpConnection, requestHead } from './http-connection.ts';
import { freshCustomer, freshId } from './fresh-ids.ts';
import { loadResult } from './load-result.ts';

const order = JSON.parse(await text(process.stdin)) as LoadOrder;
const url = new URL(order.url);
const head = requestHead(url, {
  'content-type': 'application/json',
  accept: 'application/json',
  ...order.headers,
});

const latenciesMs: number[] = [];
const wrong: string[] = [];
let sent = 0;

/** Each `#` in a body becomes an id never used before, in time's order as orders' and scans' are, and each `@` a customer. */
function nextBody(): string | undefined {
  const body = order.isRepeated ? order.bodies[sent % order.bodies.length] : order.bodies[sent];
  return body?.replaceAll('#', freshId).replaceAll('@', freshCustomer);
}

/**
 * When the next request is due. Under an offered load that is fixed beforehand, and its latency counts from there: a
 * server that makes requests wait for their turn must not be timed from when the turn came.
 */
function nextDueMs(): number {
  return order.perSecond === undefined ? performance.now() : startedAtMs + (sent * 1_000) / order.perSecond;
}

/** One of the many in flight: asks again as soon as it is answered, or when the next request is due. */
async function keepAsking(connection: HttpConnection, untilMs: number): Promise<void> {
  for (;;) {
    const [body, dueMs] = [nextBody(), nextDueMs()];
    if (body === undefined || dueMs >= untilMs) return;
    sent += 1;
    if (dueMs > performance.now()) await wait(dueMs - performance.now());
    const answer = await connection.ask(head, body);
    latenciesMs.push(performance.now() - dueMs);
    if (answer.status !== 200 || !answer.body.includes(order.expects)) {
      wrong.push(`${answer.status} ${answer.body.slice(0, 200)}`);
    }
  }
}

const connections = await Promise.all(Array.from({ length: order.inFlight }, () => HttpConnection.open(url)));
const startedAtMs = performance.now();
const untilMs = startedAtMs + order.seconds * 1_000;
await Promise.all(connections.map((connection) => keepAsking(connection, untilMs)));
const elapsedSeconds = (performance.now() - startedAtMs) / 1_000;
for (const connection of connections) connection.close();

console.log(JSON.stringify(loadResult(latenciesMs, elapsedSeconds, wrong)));
