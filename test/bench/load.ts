// A process of its own that keeps a server busy: reads one order from standard input, prints one result.
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { LoadOrder, LoadResult } from '#scripts/bench/load-order.ts';

const order = JSON.parse(await text(process.stdin)) as LoadOrder;
const agent = new Agent({ keepAlive: true, maxSockets: order.inFlight });
const headers = { 'content-type': 'application/json', accept: 'application/json', ...order.headers };

const latenciesMs: number[] = [];
const wrong: string[] = [];
let sent = 0;

/** Each `#` in a body becomes an id never used before. */
function nextBody(): string | undefined {
  const body = order.isRepeated ? order.bodies[sent % order.bodies.length] : order.bodies[sent];
  sent += 1;
  return body?.replaceAll('#', () => crypto.randomUUID());
}

function post(body: string): Promise<{ status: number; answer: string }> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(order.url, { method: 'POST', agent, headers: { ...headers, ...length } }, (incoming) => {
      let answer = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (answer += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, answer }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** One of the many in flight: asks again as soon as it is answered. */
async function keepAsking(untilMs: number): Promise<void> {
  while (performance.now() < untilMs) {
    const body = nextBody();
    if (body === undefined) return;
    const askedAtMs = performance.now();
    const { status, answer } = await post(body);
    latenciesMs.push(performance.now() - askedAtMs);
    if (status !== 200 || !answer.includes(order.expects)) wrong.push(`${status} ${answer.slice(0, 200)}`);
  }
}

const startedAtMs = performance.now();
const untilMs = startedAtMs + order.seconds * 1_000;
await Promise.all(Array.from({ length: order.inFlight }, () => keepAsking(untilMs)));
const elapsedSeconds = (performance.now() - startedAtMs) / 1_000;
agent.destroy();

const sorted = latenciesMs.toSorted((a, b) => a - b);
const result: LoadResult = {
  answered: sorted.length,
  perSecond: sorted.length / elapsedSeconds,
  p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  wrong: wrong.length,
  wrongSample: wrong[0] ?? '',
};
console.log(JSON.stringify(result));
