import * as v from 'valibot';
import { askProvider, resultOf } from '../ask-provider.ts';
import type { SendResult, Sms } from '../message-port.ts';

export type TwilioAccount = {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number in E.164, a sender's name, or a messaging service (`MG…`) that chooses one. */
  readonly from: string;
};

type Reach = { readonly fetch: typeof fetch; readonly timeoutMs?: number };

const refusalSchema = v.object({ code: v.pipe(v.number(), v.integer()) });

/** Twilio's REST API (twilio.com/docs/messaging/api/message-resource#create-a-message-resource). */
export function twilioSms(account: TwilioAccount, { fetch: reach, timeoutMs }: Reach) {
  const { accountSid, authToken, from } = account;
  const url = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };
  return async (sms: Sms): Promise<SendResult> => {
    const form = new URLSearchParams({ To: sms.to, Body: sms.text, ...sender });
    const headers = { Authorization: authorization, 'Content-Type': 'application/x-www-form-urlencoded' };
    const answer = await askProvider(reach, url, { method: 'POST', headers, body: form.toString() }, timeoutMs);
    return resultOf('Twilio', answer, answer === undefined ? undefined : refusalCode(answer.body));
  };
}

/** Where no provider is set up, a text is refused for good and shows among the dead letters, instead of vanishing. */
export function noSms(): Promise<SendResult> {
  return Promise.resolve({ sent: false, retry: false, why: 'No SMS provider is set up' });
}

/** Only the number: Twilio's sentence quotes the phone number it is about. */
function refusalCode(body: string): number | undefined {
  try {
    const parsed = v.safeParse(refusalSchema, JSON.parse(body));
    return parsed.success ? parsed.output.code : undefined;
  } catch {
    return undefined;
  }
}
