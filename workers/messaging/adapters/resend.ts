import { askProvider, resultOf } from '../ask-provider.ts';
import type { Mail, SendResult } from '../message-port.ts';

type Account = {
  readonly apiKey: string;
  readonly from: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs?: number;
};

/** Resend's HTTP API (resend.com/docs/api-reference/emails/send-email). */
export function resendMail(account: Account) {
  return async (mail: Mail): Promise<SendResult> => {
    const answer = await askProvider(
      account.fetch,
      'https://api.resend.com/emails',
      {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${account.apiKey}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': mail.idempotencyKey,
        },
        body: JSON.stringify({
          from: account.from,
          to: [mail.to],
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
        }),
      },
      account.timeoutMs,
    );
    return resultOf('Resend', answer);
  };
}
