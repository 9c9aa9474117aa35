import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environment } from '#test/support/environment.ts';
import { settingsOf } from '#workers/env.ts';
import { twilioSms } from '#workers/messaging/adapters/twilio.ts';
import { oneTimeCodeSms } from '#workers/messaging/templates/one-time-code-sms.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { reachNobody, reachSms, receivedBy } from './doors.ts';

const { twilio } = settingsOf(environment);
if (twilio === undefined) throw new Error('The local environment has no SMS account');
const account = twilio;

const send = (to: string, text = 'hello', reach: typeof fetch = reachSms, timeoutMs = 5_000) =>
  twilioSms(account, { fetch: reach, timeoutMs })({ channel: 'sms', to, text });

const purposes = Object.keys(messages.sms.code) as (keyof typeof messages.sms.code)[];
const code = (purpose = purposes[0]!) =>
  oneTimeCodeSms({ code: '042137', purpose, minutes: 10, publicOrigin: 'https://expo.example:8443' });

describe('a one-time code by text', () => {
  it.each(purposes)('%s begins with the code and ends with the line that binds it to our site', (purpose) => {
    const lines = code(purpose).split('\n');
    expect(lines[0]).toMatch(/^042137 /);
    expect(lines.at(-1)).toBe('@expo.example #042137');
  });

  it.each(purposes)('%s fits one part in the plain alphabet', (purpose) => {
    const text = code(purpose);
    expect(text).toMatch(/^[\w \n@#,.:;!?'"()/+-]*$/);
    expect(text.length).toBeLessThanOrEqual(160);
  });
});

describe('Twilio', () => {
  it('delivers a text as it was written', async () => {
    expect(await send('+447700900001', code())).toEqual({ sent: true });
    expect(await receivedBy('+447700900001')).toMatchObject([{ channel: 'sms', text: code(), from: account.from }]);
  });

  it('cannot be made to send to somebody else, or more, by what a text contains', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (text) => {
        seen += 1;
        const to = `+1212${String(seen).padStart(7, '0')}`;
        expect(await send(to, `${text}&To=+15005550004`)).toEqual({ sent: true });
        expect(await receivedBy(to)).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['+15005550001', false, 'Twilio answered 400 (21211)'],
    ['+15005550003', false, 'Twilio answered 400 (21408)'],
    ['+15005550004', false, 'Twilio answered 400 (21610)'],
    ['not a number', false, 'Twilio answered 400 (21211)'],
    ['+15005550429', true, 'Twilio answered 429 (20429)'],
    ['+15005550500', true, 'Twilio answered 500 (20500)'],
  ])('asked for %s: may succeed later: %s, and says why without the number', async (to, retry, why) => {
    expect(await send(to)).toEqual({ sent: false, retry, why });
  });

  it('refuses a stranger’s credentials for good', async () => {
    const stranger = twilioSms({ ...account, authToken: 'guessed' }, { fetch: reachSms });
    expect(await stranger({ channel: 'sms', to: '+447700900002', text: 'hello' })).toMatchObject({ retry: false });
    expect(await receivedBy('+447700900002')).toEqual([]);
  });

  it('is asked again when it does not answer, or answers nonsense', async () => {
    expect(await send('+447700900003', 'x', reachNobody, 5)).toMatchObject({ sent: false, retry: true });
    const nonsense = () => Promise.resolve(new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(await send('+447700900003', 'x', nonsense)).toEqual({
      sent: false,
      retry: true,
      why: 'Twilio answered 502',
    });
  });

  it('says how long to wait', async () => {
    const busy = () => Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '30' } }));
    expect(await send('+447700900004', 'x', busy)).toMatchObject({ retry: true, retryAfterSeconds: 30 });
  });
});
