import { describe, expect, it } from 'vitest';
import { environment } from '#test/support/environment.ts';
import { settingsOf } from '#workers/env.ts';
import { servicesOf } from '#workers/services.ts';

const { TWILIO_ACCOUNT_SID: _sid, TWILIO_AUTH_TOKEN: token, SMS_FROM: _from, ...rest } = environment;
const { VAPID_PUBLIC_KEY: _public, VAPID_PRIVATE_KEY: vapidPrivate, RESEND_API_KEY: _resend, ...bare } = rest;

describe('settings of the ways out', () => {
  it('may leave text and push out; such messages are then refused for good, and seen', async () => {
    const { messages } = servicesOf({ ...bare, MAIL_VIA: 'cloudflare' });
    const sms = await messages.send({ channel: 'sms', to: '+447700900001', text: 'x' });
    expect(sms).toEqual({ sent: false, retry: false, why: 'No SMS provider is set up' });
    const to = { endpoint: 'https://fcm.googleapis.com/x', p256dh: '', auth: '' };
    const note = { title: 'x', body: 'x', path: '/', tag: 'x', urgency: 'low', ttlSeconds: 1 } as const;
    expect(await messages.send({ channel: 'push', to, ...note })).toMatchObject({ sent: false, retry: false });
  });

  it.each([
    ['an SMS account without its number', { ...environment, SMS_FROM: undefined }, /SMS_FROM/],
    ['a push key without its other half', { ...environment, VAPID_PUBLIC_KEY: undefined }, /VAPID_PUBLIC_KEY/],
    ['Resend without its key', { ...bare, MAIL_VIA: 'resend' }, /RESEND_API_KEY/],
    ['a number nobody could dial', { ...environment, SMS_FROM: '07700 900001 ext 5' }, /SMS_FROM/],
    ['another way to send mail', { ...environment, MAIL_VIA: 'pigeon' }, /MAIL_VIA/],
  ])('stop the first request with %s, and quote no secret', (_what, set, says) => {
    const read = () => settingsOf(set as unknown as typeof environment);
    expect(read).toThrow(says);
    expect(read).not.toThrow(new RegExp(`${token ?? ''}|${vapidPrivate ?? ''}`));
  });
});
