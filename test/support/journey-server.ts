import type { Miniflare } from 'miniflare';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { giveWelcome } from '#scripts/seed/money.ts';
import { startFreshServer } from '#scripts/journey/fresh-server.ts';
import type { ObjectCall } from './journey-objects.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string;
    /** Where tests call the server's objects, past its pages. */
    objectsUrl: string;
    /** With it the gateway signs its webhooks, and so may a test. */
    webhookSecret: string;
  }
}

/** One real server for all journeys. What goes wrong here is thrown, so that no journey is skipped in silence. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startFreshServer();
  await giveWelcome(server.mf);
  const objects = await openObjects(server.mf);
  const { STRIPE_WEBHOOK_SECRET: webhookSecret } = await server.mf.getBindings<{ STRIPE_WEBHOOK_SECRET: string }>();
  project.provide('serverUrl', server.url);
  project.provide('objectsUrl', objects.url);
  project.provide('webhookSecret', webhookSecret);
  return async () => {
    await objects.close();
    await server.stop();
  };
}

/** Tests run in processes of their own, and only this one holds the server: their calls come in here. */
async function openObjects(mf: Miniflare): Promise<{ url: string; close: () => Promise<void> }> {
  const door = createServer((request, response) => {
    callObject(mf, request).then(
      (answer) => response.end(JSON.stringify({ answer })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = door.address() as AddressInfo;
  const close = async (): Promise<void> => {
    door.closeAllConnections();
    await new Promise((closed) => door.close(closed));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

async function callObject(mf: Miniflare, request: IncomingMessage): Promise<unknown> {
  const { binding, name, method, args } = (await json(request)) as ObjectCall;
  const namespace = await mf.getDurableObjectNamespace(binding);
  const stub = namespace.get(namespace.idFromName(name)) as unknown as Record<
    string,
    (...args: unknown[]) => Promise<unknown>
  >;
  return stub[method]?.(...args);
}
