import type { Mail, SendResult } from '../message-port.ts';

type Account = {
  /** The `send_email` binding. */
  readonly binding: SendEmail;
  /** `Name <address>`, of a domain that Cloudflare sends for. */
  readonly from: string;
  readonly timeoutMs?: number;
};

const answerLimitMs = 10_000;

/**
 * Codes that are about the message or the account, so that waiting mends nothing (developers.cloudflare.com/email-service,
 * "Workers API"). Any other is worth another try: a code that is new to us must not lose a mail.
 */
const forGood =
  /^E_(?:VALIDATION|FIELD|TOO_MANY|CONTENT|HEADER|HEADERS|SENDER|RECIPIENT)_|_(?:NOT_ALLOWED|NOT_VERIFIED|SUPPRESSED)$/;

/**
 * Mails by Cloudflare's own binding. It takes the parts of a mail and writes the MIME message itself, so there are no
 * headers of ours to fold, to encode or to break out of; a message written here would gain nothing, since the binding
 * sets its own Message-ID either way. It knows no idempotency key: a mail the queue delivers twice goes out twice.
 */
export function cloudflareEmail({ binding, from, timeoutMs = answerLimitMs }: Account) {
  const sender = senderOf(from);
  return async (mail: Mail): Promise<SendResult> => {
    try {
      const { to, subject, html, text } = mail;
      await within(timeoutMs, binding.send({ from: sender, to, subject, html, text }));
      return { sent: true };
    } catch (error) {
      // Only the code: the binding's sentence may quote the address.
      const code = codeOf(error);
      return { sent: false, retry: !forGood.test(code), why: `Cloudflare answered ${code}` };
    }
  };
}

function senderOf(from: string): string | { name: string; email: string } {
  const [, name, email] = /^(.*\S)\s*<([^<>]+)>$/.exec(from) ?? [];
  return name === undefined || email === undefined ? from : { name, email };
}

/** The binding cannot be told to stop waiting, but we can. */
async function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), limitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const codeShape = /^E_[A-Z_]{1,60}$/;

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && codeShape.test(code) ? code : 'nothing it has a code for';
}
