import { WorkerEntrypoint } from 'cloudflare:workers';
import type { LocalEnv } from '../env.ts';

/** Answers like Stripe's HTTP API. */
export class StripeSandbox extends WorkerEntrypoint<LocalEnv> {
  override async fetch(): Promise<Response> {
    return Response.json({ error: { type: 'api_error', message: 'not yet' } }, { status: 503 });
  }
}
