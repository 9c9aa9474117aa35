import { WorkerEntrypoint } from 'cloudflare:workers';
import * as v from 'valibot';
import { dayMs, secondMs } from '#shared/time.ts';
import type { LocalEnv } from '../env.ts';
import { mailboxOf } from './mailbox.ts';
import { bytesOf, unseal } from './unseal.ts';

/** A browser that no machine runs: what is pushed to it is opened with its keys and shown in the mailbox. */
export const phoneEndpoint = (id: string) => `https://updates.push.services.mozilla.com/wpush/v2/${id}`;

/** An endpoint's end that gets a certain answer, so that what follows from it can be seen: `…/http410`. */
const troubleShape = /\/http(4\d\d|5\d\d)$/;

const noteSchema = v.object({ title: v.string(), body: v.string(), path: v.string(), tag: v.string() });
const claimsSchema = v.object({ aud: v.string(), exp: v.number(), sub: v.pipe(v.string(), v.startsWith('mailto:')) });

/** Answers like a push service (RFC 8030, 8292), for browsers that exist on paper only. */
export class PushSandbox extends WorkerEntrypoint<LocalEnv> {
  override async fetch(request: Request): Promise<Response> {
    const trouble = troubleShape.exec(request.url)?.[1];
    if (trouble !== undefined) return refusal(Number(trouble));
    if (request.method !== 'POST') return refusal(405);
    if (!(await isSigned(request, this.env.VAPID_PUBLIC_KEY ?? ''))) return refusal(401);
    if (!/^\d+$/.test(request.headers.get('ttl') ?? '')) return refusal(400);
    if (request.headers.get('content-encoding') !== 'aes128gcm') return refusal(415);
    const mailbox = mailboxOf(this.env);
    const keys = await mailbox.phone(request.url);
    if (keys === undefined) return refusal(410);
    const sealed = new Uint8Array(await request.arrayBuffer());
    const note = v.parse(noteSchema, JSON.parse(await unseal(keys, sealed)));
    await mailbox.keep(crypto.randomUUID(), {
      channel: 'push',
      from: new URL(request.url).hostname,
      to: `…${request.url.slice(-8)}`,
      subject: note.title,
      text: [note.body, note.path].join('\n\n'),
    });
    return new Response(null, { status: 201, headers: { Location: `${request.url}/m/1` } });
  }
}

async function isSigned(request: Request, publicKey: string): Promise<boolean> {
  const [, token = '', key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const [head = '', body = '', signature = ''] = token.split('.');
  if (key !== publicKey) return false;
  const claims = v.safeParse(claimsSchema, JSON.parse(new TextDecoder().decode(bytesOf(body))));
  if (!claims.success || claims.output.aud !== new URL(request.url).origin) return false;
  const leftMs = claims.output.exp * secondMs - Date.now();
  if (leftMs < 0 || leftMs > dayMs) return false;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const verifier = await crypto.subtle.importKey('raw', bytesOf(key), algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${head}.${body}`);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, verifier, bytesOf(signature), signed);
}

function refusal(status: number): Response {
  return Response.json({ code: status, errno: status, error: 'refused' }, { status });
}
