import { exports } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environment } from '#test/support/environment.ts';
import { cloudflareEmail } from '#workers/messaging/adapters/cloudflare-email.ts';
import { resendMail } from '#workers/messaging/adapters/resend.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { servicesOf } from '#workers/services.ts';
import { messagePort, type Mail, type SendResult } from '#workers/messaging/message-port.ts';
import { reachMail, reachNobody, receivedBy } from './doors.ts';

const from = '247GBS Expo <tickets@expo-ticketing.example>';
const mail = (draft: Partial<Mail> = {}): Mail => ({
  channel: 'email',
  to: `${crypto.randomUUID()}@readers.example`,
  subject: 'Your tickets: Ünïcode & Söhne ✓',
  html: '<p>Hello &amp; welcome</p>',
  text: 'Hello & welcome',
  idempotencyKey: crypto.randomUUID(),
  ...draft,
});

const nobody = () => Promise.reject(new Error('not asked for'));
const portOf = (email: (message: Mail) => Promise<SendResult>) => messagePort({ email, sms: nobody, push: nobody });

const resend = (reach: typeof fetch = reachMail, timeoutMs = 5_000) =>
  portOf(resendMail({ apiKey: environment.RESEND_API_KEY ?? '', from, fetch: reach, timeoutMs }));

/** What the binding was given, after the runtime's own had taken it. */
function cloudflare(refuse?: Error) {
  const given: unknown[] = [];
  const binding = {
    async send(parts: Parameters<SendEmail['send']>[0]) {
      given.push(parts);
      if (refuse !== undefined) throw refuse;
      return environment.EMAIL.send(parts);
    },
  } as SendEmail;
  return { given, port: portOf(cloudflareEmail({ binding, from, timeoutMs: 5_000 })) };
}

describe('mail by Resend', () => {
  it('arrives as it was written, and once however often it is sent', async () => {
    const sent = mail();
    expect(await resend().send(sent)).toEqual({ sent: true });
    expect(await resend().send(sent)).toEqual({ sent: true });
    const { to, subject, html, text } = sent;
    expect(await receivedBy(to)).toMatchObject([{ channel: 'email', subject, html, text, from }]);
  });

  it.each([
    [400, false],
    [401, false],
    [403, false],
    [408, true],
    [409, true],
    [422, false],
    [429, true],
    [500, true],
    [503, true],
  ])('answered %i: may succeed later: %s', async (status, retry) => {
    const result = await resend().send(mail({ to: `http${status}@trouble.example` }));
    expect(result).toEqual({ sent: false, retry, why: `Resend answered ${status}` });
  });

  it('may succeed later when nobody answers', async () => {
    expect(await resend(reachNobody, 5).send(mail())).toEqual({
      sent: false,
      retry: true,
      why: 'Resend did not answer',
    });
  });
});

describe('mail by Cloudflare', () => {
  it('is taken by the binding, with the sender’s name apart from the address', async () => {
    const { given, port } = cloudflare();
    const { to, subject, html, text, ...rest } = mail();
    expect(await port.send({ to, subject, html, text, ...rest })).toEqual({ sent: true });
    const sender = { name: '247GBS Expo', email: 'tickets@expo-ticketing.example' };
    expect(given).toEqual([{ from: sender, to, subject, html, text }]);
  });

  it.each([
    ['E_RATE_LIMIT_EXCEEDED', true],
    ['E_DAILY_LIMIT_EXCEEDED', true],
    ['E_DELIVERY_FAILED', true],
    ['E_INTERNAL_SERVER_ERROR', true],
    ['E_SOMETHING_NEW', true],
    ['E_VALIDATION_ERROR', false],
    ['E_FIELD_MISSING', false],
    ['E_SENDER_NOT_VERIFIED', false],
    ['E_RECIPIENT_SUPPRESSED', false],
    ['E_CONTENT_TOO_LARGE', false],
  ])('refused with %s: may succeed later: %s', async (code, retry) => {
    const { port } = cloudflare(Object.assign(new Error('reader@readers.example is not'), { code }));
    expect(await port.send(mail())).toEqual({ sent: false, retry, why: `Cloudflare answered ${code}` });
  });

  it('quotes nobody’s address when it fails in words of its own', async () => {
    const { port } = cloudflare(new Error('email to reader@readers.example not allowed'));
    expect(JSON.stringify(await port.send(mail()))).not.toContain('reader');
  });
});

describe('the way out for mail', () => {
  const port = (draft: Partial<typeof environment>) =>
    servicesOf({ ...environment, ...draft }, sandboxes({ exports })).messages;

  it('is the one the settings name', async () => {
    const [byResend, byCloudflare] = [mail(), mail()];
    expect(await port({ MAIL_VIA: 'resend' }).send(byResend)).toEqual({ sent: true });
    expect(await port({ MAIL_VIA: 'cloudflare' }).send(byCloudflare)).toEqual({ sent: true });
    expect(await receivedBy(byResend.to)).toHaveLength(1);
    expect(await receivedBy(byCloudflare.to)).toEqual([]);
  });
});

describe('a mail’s head', () => {
  it('is one line, whatever an organiser called their event', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\0'),
        async (a, b) => {
          const { given, port } = cloudflare();
          await port.send(mail({ subject: `Your tickets: ${a}${b}Bcc: victim@readers.example` }));
          const [{ subject }] = given as [{ subject: string }];
          expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
          expect(subject.length).toBeLessThanOrEqual(200);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    'a@b.example,victim@readers.example',
    'a@b.example\r\nBcc: victim@readers.example',
    'Name <a@b.example>',
    'a@b.example victim@readers.example',
    'a@b@c.example',
    '"a b"@c.example',
    'a',
    '',
  ])('never takes %j for one address', async (to) => {
    const { given, port } = cloudflare();
    expect(await port.send(mail({ to }))).toEqual({ sent: false, retry: false, why: 'Not one mail address' });
    expect(given).toEqual([]);
  });
});
