// A process of its own in which many watch one event: says when all of them do, and listens until it is ended.
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ViewersOrder } from '#scripts/bench/load-order.ts';

const { origin, viewers } = JSON.parse(await text(process.stdin)) as ViewersOrder;
const { hostname, port, host } = new URL(origin);
/** Opened together; more would overflow the server's queue of connections. */
const openedAtOnce = 100;

/** By hand: only the handshake matters, and ten thousand parsers would take the machine from what is measured. */
function watch(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.once('data', (answer) => {
      if (answer.toString('latin1').startsWith('HTTP/1.1 101')) resolve();
      else reject(new Error(answer.toString('latin1').slice(0, 100)));
      socket.resume();
    });
    socket.once('error', reject);
    socket.write(
      `GET /bench/board HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${btoa(crypto.randomUUID().slice(0, 16))}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
  });
}

for (let opened = 0; opened < viewers; opened += openedAtOnce) {
  await Promise.all(Array.from({ length: Math.min(openedAtOnce, viewers - opened) }, watch));
}
console.log('watching');
