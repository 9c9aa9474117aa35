import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers';
import * as v from 'valibot';
import type { LocalEnv } from './env.ts';

export type KeptMail = {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly sentAtMs: number;
};

const mailSchema = v.object({
  from: v.string(),
  to: v.pipe(v.array(v.string()), v.minLength(1)),
  subject: v.string(),
  html: v.string(),
  text: v.string(),
});

const shownMails = 200;
const mailboxName = 'mailbox';

/** Where mails land on a machine that sends none. */
export class Mailbox extends DurableObject<LocalEnv> {
  constructor(ctx: DurableObjectState, env: LocalEnv) {
    super(ctx, env);
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS mails (id TEXT PRIMARY KEY, idempotency_key TEXT UNIQUE, sent_at_ms INTEGER, mail TEXT)',
    );
  }

  /** Keeps a mail once for each idempotency key, as the provider does. Answers its id. */
  keep(idempotencyKey: string, mail: Omit<KeptMail, 'id' | 'sentAtMs'>): string {
    const kept: KeptMail = { id: crypto.randomUUID(), sentAtMs: Date.now(), ...mail };
    this.ctx.storage.sql.exec(
      'INSERT INTO mails (id, idempotency_key, sent_at_ms, mail) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      kept.id,
      idempotencyKey,
      kept.sentAtMs,
      JSON.stringify(kept),
    );
    return this.ctx.storage.sql
      .exec<{ id: string }>('SELECT id FROM mails WHERE idempotency_key = ?', idempotencyKey)
      .one().id;
  }

  list(): KeptMail[] {
    return this.ctx.storage.sql
      .exec<{ mail: string }>('SELECT mail FROM mails ORDER BY sent_at_ms DESC LIMIT ?', shownMails)
      .toArray()
      .map(({ mail }) => JSON.parse(mail) as KeptMail);
  }
}

export function mailboxOf(env: LocalEnv) {
  return env.MAILBOX.get(env.MAILBOX.idFromName(mailboxName));
}

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
    const key = request.headers.get('idempotency-key') ?? crypto.randomUUID();
    const id = await mailboxOf(this.env).keep(key, { from, to: to.join(', '), subject, html, text });
    return Response.json({ id });
  }
}

function refusal(status: number, name: string): Response {
  return Response.json({ statusCode: status, name, message: name }, { status });
}
