import local, { Mailbox as LocalMailbox } from '#workers/local/index.ts';
import type { LocalEnv } from '#workers/local/env.ts';
import { inventoryOf, type HoldRequest } from '#objects/event-inventory/client.ts';

/**
 * The local Worker with two doors that only benchmarks need: a call of an object that does nothing, against which all
 * others are measured, and a hold by itself, which customers only ever make as part of an order.
 */
export * from '#workers/local/index.ts';

/** Under a binding that exists anyway: an object more would need a configuration of its own. */
export class Mailbox extends LocalMailbox {
  noop(): number {
    return 0;
  }
}

type BenchEnv = Omit<LocalEnv, 'MAILBOX'> & { readonly MAILBOX: DurableObjectNamespace<Mailbox> };

const benchEventId = 'evt_bench';

// The runtime asks for it under this name.
// oxlint-disable-next-line import/no-default-export
export default {
  ...local,
  async fetch(request: Request, env: BenchEnv, context: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    const body = pathname.startsWith('/bench/') ? await request.json<HoldRequest>() : undefined;
    if (body === undefined) return local.fetch(request, env, context);
    if (pathname === '/bench/noop') {
      return Response.json(await env.MAILBOX.get(env.MAILBOX.idFromName('noop')).noop());
    }
    return Response.json(await inventoryOf(env.EVENT_INVENTORY, benchEventId).holdMany([body]));
  },
};
