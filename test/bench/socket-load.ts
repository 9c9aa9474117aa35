// A process of its own that scans over gate sockets: reads one order from standard input, prints one result.
import { text } from 'node:stream/consumers';
import type { SocketOrder } from '#scripts/bench/load-order.ts';
import type { ToScanner } from '#shared/gate/socket-messages.ts';
import { enrolment, newDevice, signProof, type TestDevice } from '#test/support/scanner-key.ts';
import { freshId } from './fresh-ids.ts';
import { livePhones } from './live-codes.ts';
import { loadResult } from './load-result.ts';

const order = JSON.parse(await text(process.stdin)) as SocketOrder;
const latenciesMs: number[] = [];
const wrong: string[] = [];
let taken = 0;

async function enrolLanes(): Promise<TestDevice[]> {
  const devices = await Promise.all(Array.from({ length: order.lanes }, newDevice));
  const body = JSON.stringify(devices.map((device) => enrolment(device, { gateId: 'lane-gate' })));
  const answer = await fetch(`${order.origin}/bench/enrol`, { method: 'POST', body });
  const { ok } = await answer.json<{ ok: number }>();
  if (ok !== devices.length) throw new Error(`${ok} of ${devices.length} lanes were enrolled`);
  return devices;
}

/** A socket whose scanner has proved its key. */
function openLane(device: TestDevice): Promise<WebSocket> {
  const socket = new WebSocket(`${order.origin.replace('http', 'ws')}/bench/gate-socket`);
  return new Promise((resolve, reject) => {
    const prove = async ({ data }: MessageEvent) => {
      const message = JSON.parse(data as string) as ToScanner;
      if (message.t === 'challenge') {
        const signature = await signProof(device, message.nonce);
        socket.send(JSON.stringify({ t: 'prove', deviceId: device.deviceId, signature }));
      } else if (message.t === 'ready') {
        socket.removeEventListener('message', prove);
        resolve(socket);
      } else reject(new Error(String(data)));
    };
    socket.addEventListener('message', prove);
    socket.addEventListener('error', () => reject(new Error('No gate socket')));
  });
}

/** Live codes are good for seconds: they are written last. */
async function codesToScan(): Promise<readonly string[]> {
  if (typeof order.codes !== 'number') return order.codes;
  const write = await livePhones(order.origin, order.codes);
  return write();
}

/** Keeps so many scans of a lane unanswered until time or codes run out; resolves when the last is answered. */
function keepScanning(socket: WebSocket, untilMs: number): Promise<void> {
  const askedAtMs = new Map<string, number>();
  return new Promise((resolve, reject) => {
    const ask = (): void => {
      const code = performance.now() < untilMs ? codes[taken] : undefined;
      if (code === undefined) {
        if (askedAtMs.size === 0) resolve();
        return;
      }
      taken += 1;
      const id = freshId();
      askedAtMs.set(id, performance.now());
      socket.send(`{"t":"scan","id":"${id}","code":"${code}"}`);
    };
    socket.addEventListener('message', (event: MessageEvent) => {
      const data = event.data as string;
      if (data.startsWith('{"t":"news"')) return;
      const message = JSON.parse(data) as ToScanner;
      if (message.t !== 'verdict' || message.verdict.outcome !== 'grant') wrong.push(data.slice(0, 400));
      const id = 'id' in message ? (message.id ?? '') : '';
      latenciesMs.push(performance.now() - (askedAtMs.get(id) ?? Number.NaN));
      askedAtMs.delete(id);
      ask();
    });
    // After the last answer this is how the lane ends, and nobody listens any more.
    socket.addEventListener('close', () => reject(new Error('A lane was closed')));
    for (let asked = 0; asked < order.inFlightPerLane; asked += 1) ask();
  });
}

const sockets = await Promise.all((await enrolLanes()).map(openLane));
const codes = await codesToScan();
const startedAtMs = performance.now();
const untilMs = startedAtMs + order.seconds * 1_000;
await Promise.all(sockets.map((socket) => keepScanning(socket, untilMs)));
const elapsedSeconds = (performance.now() - startedAtMs) / 1_000;
console.log(JSON.stringify(loadResult(latenciesMs, elapsedSeconds, wrong)));
await Promise.all(sockets.map(hangUp));
process.exit(0);

function hangUp(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.addEventListener('close', () => resolve());
    socket.close();
  });
}
