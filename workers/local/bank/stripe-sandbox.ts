import { WorkerEntrypoint } from 'cloudflare:workers';
import { secondMs } from '#shared/time.ts';
import type { LocalEnv } from '../env.ts';
import { readCall } from './api-calls.ts';
import { bankOf } from './bank.ts';
import { isRefusal, refusals, type Refusal } from './refusals.ts';
import { apiVersion } from './webhook-post.ts';

/** Longer than any caller here waits. */
const hangMs = 12 * secondMs;

/** Answers like Stripe's HTTP API, so that the adapter that takes real money is the one that runs here. */
export class StripeSandbox extends WorkerEntrypoint<LocalEnv> {
  override async fetch(request: Request): Promise<Response> {
    const given = request.headers.get('authorization');
    if (given === null) return refused(refusals.keyMissing);
    if (given !== `Bearer ${this.env.STRIPE_SECRET_KEY}`) return refused(refusals.keyWrong);
    const { pathname, searchParams } = new URL(request.url);
    const form = request.method === 'GET' ? searchParams : await formOf(request);
    const call = readCall(request.method, pathname, form);
    if (isRefusal(call)) return refused(call);
    const key = request.headers.get('idempotency-key') ?? undefined;
    form.sort();
    const text = `${request.method} ${pathname} ${form.toString()}`;
    const { status, body, isReplay, hangs } = await bankOf(this.env).answer({ call, key, text });
    if (hangs) await scheduler.wait(hangMs);
    return answer(status, body, {
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
    });
  }
}

async function formOf(request: Request): Promise<URLSearchParams> {
  // Decoded by hand: the runtime warns of text() wherever the type is not text/….
  return new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
}

function refused({ status, ...error }: Refusal): Response {
  return answer(status, JSON.stringify({ error }));
}

function answer(status: number, body: string, headers: Record<string, string> = {}): Response {
  const common = {
    'Content-Type': 'application/json',
    'Request-Id': `req_${crypto.randomUUID()}`,
    'Stripe-Version': apiVersion,
  };
  return new Response(body, { status, headers: { ...common, ...headers } });
}
