import type { Mail, MailPort, MailResult } from './mail-port.ts';

type Account = { readonly apiKey: string; readonly from: string; readonly fetch: typeof fetch };

const sendTimeoutMs = 10_000;

/** Resend's HTTP API (resend.com/docs/api-reference/emails/send-email). */
export function resendMail(account: Account): MailPort {
  return {
    async send(mail: Mail): Promise<MailResult> {
      const response = await account.fetch('https://api.resend.com/emails', {
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
        signal: AbortSignal.timeout(sendTimeoutMs),
      });
      // The body is read in any case: an unread one keeps its connection busy.
      await response.text();
      if (response.ok) return { sent: true };
      // 409 is a repeat under way; 422 and the other 4xx will not improve by waiting.
      const retry = response.status === 409 || response.status === 429 || response.status >= 500;
      return { sent: false, retry, why: `Resend answered ${response.status}` };
    },
  };
}
