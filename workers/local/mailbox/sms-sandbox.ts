import { WorkerEntrypoint } from 'cloudflare:workers';
import * as v from 'valibot';
import type { LocalEnv } from '../env.ts';
import { mailboxOf } from './mailbox.ts';

const numberShape = /^\+[1-9]\d{6,14}$/;
const formSchema = v.object({
  To: v.string(),
  From: v.optional(v.string()),
  MessagingServiceSid: v.optional(v.string()),
  Body: v.string(),
});

const textLimit = 1_600;

type Refusal = readonly [status: number, code: number, message: string];

/** Twilio's own test numbers (twilio.com/docs/iam/test-credentials), and two more for what passes by itself. */
const troubles: Readonly<Record<string, Refusal>> = {
  '+15005550001': [400, 21_211, 'The To number +15005550001 is not a valid phone number.'],
  '+15005550002': [400, 21_612, 'The To number +15005550002 cannot be reached.'],
  '+15005550003': [400, 21_408, 'Permission to send an SMS has not been enabled for the region of +15005550003.'],
  '+15005550004': [400, 21_610, 'Attempt to send to unsubscribed recipient +15005550004.'],
  '+15005550009': [400, 21_614, 'The To number +15005550009 is not a mobile number.'],
  '+15005550429': [429, 20_429, 'Too Many Requests'],
  '+15005550500': [500, 20_500, 'An internal server error has occurred'],
};

/** Answers like Twilio's REST API, so that the adapter that sends real texts is the one that runs here. */
export class SmsSandbox extends WorkerEntrypoint<LocalEnv> {
  override async fetch(request: Request): Promise<Response> {
    const { TWILIO_ACCOUNT_SID: sid = '', TWILIO_AUTH_TOKEN: token = '' } = this.env;
    if (request.headers.get('authorization') !== `Basic ${btoa(`${sid}:${token}`)}`) {
      return refusal([401, 20_003, 'Authenticate']);
    }
    const { pathname } = new URL(request.url);
    if (request.method !== 'POST' || pathname !== `/2010-04-01/Accounts/${sid}/Messages.json`) {
      return refusal([404, 20_404, `The requested resource ${pathname} was not found`]);
    }
    // Decoded by hand: the runtime warns of text() wherever the type is not text/….
    const body = new TextDecoder().decode(await request.arrayBuffer());
    const form = v.safeParse(formSchema, Object.fromEntries(new URLSearchParams(body)));
    if (!form.success) return refusal([400, 21_604, 'A field is missing']);
    const { To: to, Body: text } = form.output;
    const from = form.output.MessagingServiceSid ?? form.output.From;
    if (from === undefined) return refusal([400, 21_603, 'A From number is required']);
    if (text === '') return refusal([400, 21_602, 'Message body is required']);
    if (text.length > textLimit) return refusal([400, 21_617, 'The concatenated message body exceeds the limit']);
    if (!numberShape.test(to)) return refusal([400, 21_211, `The To number ${to} is not a valid phone number.`]);
    const trouble = troubles[to];
    if (trouble !== undefined) return refusal(trouble);
    const id = await mailboxOf(this.env).keep(crypto.randomUUID(), {
      channel: 'sms',
      from,
      to,
      subject: text.split('\n', 1)[0] ?? '',
      text,
    });
    const message = { sid: `SM${id.replaceAll('-', '')}`, status: 'queued', to, from, body: text, error_code: null };
    return Response.json(message, { status: 201 });
  }
}

function refusal([status, code, message]: Refusal): Response {
  return Response.json({ status, code, message, more_info: `https://www.twilio.com/docs/errors/${code}` }, { status });
}
