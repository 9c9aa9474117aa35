import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export type Edge = { readonly url: string; readonly barePage: string; readonly stop: () => Promise<void> };

/** The least a page can be: what a browser needs for itself is measured with it. */
const barePath = '/bare';
const bare = '<!doctype html><html lang="en"><title>Bare</title><h1>A bare page</h1></html>';

const textual = /^(?:text\/|application\/(?:javascript|json)|image\/svg)/;

/** As much as gzip can, which is a little more than a network's edge spends on it. */
export function compressed(bytes: Uint8Array): Buffer {
  return gzipSync(bytes, { level: 9 });
}

/**
 * Stands where Cloudflare's edge stands: compresses text on its way to the browser, which a local server does not.
 * Serves a bare page of its own beside it, over the same road.
 */
export async function startEdge(origin: string): Promise<Edge> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === barePath) return send(outgoing, 200, { 'content-type': 'text/html' }, Buffer.from(bare));
    const headers = { ...incoming.headers, host: new URL(origin).host };
    const onward = request(
      new URL(incoming.url ?? '/', origin).href,
      { method: incoming.method, headers },
      (answer) => {
        void pass(answer, outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
    return undefined;
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  return { url, barePage: url + barePath, stop };
}

async function pass(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  send(outgoing, answer.statusCode ?? 502, answer.headers, Buffer.concat(chunks));
}

function send(outgoing: ServerResponse, status: number, headers: IncomingMessage['headers'], body: Buffer): void {
  const isText = textual.test(headers['content-type'] ?? '');
  const sent = isText ? compressed(body) : body;
  const { 'transfer-encoding': _, ...kept } = headers;
  const added = isText ? { 'content-encoding': 'gzip' } : {};
  outgoing.writeHead(status, { ...kept, ...added, 'content-length': sent.length }).end(sent);
}
