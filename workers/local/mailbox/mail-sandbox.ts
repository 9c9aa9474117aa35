import { WorkerEntrypoint } from 'cloudflare:workers';
import * as v from 'valibot';
import type { LocalEnv } from '../env.ts';
import { mailboxOf } from './mailbox.ts';

const mailSchema = v.object({
  from: v.string(),
  to: v.pipe(v.array(v.string()), v.minLength(1)),
  subject: v.string(),
  html: v.string(),
  text: v.string(),
});

/** Addresses that get a certain answer, so that what follows from it can be seen: `http429@trouble.example`. */
const troubleShape = /^http(4\d\d|5\d\d)@trouble\.example$/;

/** Answers like Resend's HTTP API, so that the adapter that sends real mail is the one that runs here. */
export class MailSandbox extends WorkerEntrypoint<LocalEnv> {
  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== 'POST' || pathname !== '/emails') return refusal(404, 'not_found');
    if (request.headers.get('authorization') !== `Bearer ${this.env.RESEND_API_KEY}`) {
      return refusal(401, 'missing_api_key');
    }
    const body = v.safeParse(mailSchema, await request.json());
    if (!body.success) return refusal(422, 'validation_error');
    const { from, to, subject, html, text } = body.output;
    const trouble = to.flatMap((address) => troubleShape.exec(address)?.[1] ?? [])[0];
    if (trouble !== undefined) return refusal(Number(trouble), 'asked_for');
    const idempotencyKey = request.headers.get('idempotency-key') ?? crypto.randomUUID();
    const mail = { channel: 'email', from, to: to.join(', '), subject, html, text } as const;
    return Response.json({ id: await mailboxOf(this.env).keep(idempotencyKey, mail) });
  }
}

function refusal(status: number, name: string): Response {
  return Response.json({ statusCode: status, name, message: name }, { status });
}
