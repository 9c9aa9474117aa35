import { describe, expect, it } from 'vitest';
import { environment } from '#test/support/environment.ts';
import { settingsOf } from '#workers/env.ts';
import { mailboxOf } from '#workers/local/mailbox/mailbox.ts';
import { phoneEndpoint } from '#workers/local/mailbox/push-sandbox.ts';
import { bytesOf, makePhoneKeys, unseal } from '#workers/local/mailbox/unseal.ts';
import { webPush } from '#workers/messaging/adapters/web-push.ts';
import type { Push } from '#workers/messaging/message-port.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { isPushService } from '#workers/messaging/push-services.ts';
import { reachNobody, reachPush, receivedBy } from './doors.ts';

const { vapid } = settingsOf(environment);
if (vapid === undefined) throw new Error('The local environment has no push keys');
const ours = vapid;

const note = {
  channel: 'push',
  title: 'New device',
  body: 'Someone signed in, perhaps you: ünïcode ✓',
  path: '/wallet',
  tag: 'notice-1',
  urgency: 'high',
  ttlSeconds: 3_600,
} as const;

async function phone(id: string = crypto.randomUUID()) {
  const keys = await makePhoneKeys();
  const endpoint = phoneEndpoint(id);
  await mailboxOf(environment).keepPhone(endpoint, keys);
  return { keys, push: { ...note, to: { endpoint, p256dh: keys.p256dh, auth: keys.auth } } satisfies Push };
}

const send = (push: Push, reach: typeof fetch = reachPush, timeoutMs = 5_000) =>
  webPush(ours, { fetch: reach, timeoutMs })(push);

describe('the pretend phone', () => {
  it('opens the example of RFC 8291, Appendix A', async () => {
    const p256dh = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
    const point = bytesOf(p256dh);
    const keys = {
      p256dh,
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      privateKey: {
        kty: 'EC',
        crv: 'P-256',
        x: toBase64Url(point.slice(1, 33)),
        y: toBase64Url(point.slice(33)),
        d: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
      },
    };
    const sealed =
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN';
    expect(await unseal(keys, bytesOf(sealed))).toBe('When I grow up, I want to be a watermelon');
  });
});

describe('web push', () => {
  it('seals a message that its subscriber, and only it, opens', async () => {
    const { keys, push } = await phone();
    let sealed = new Uint8Array();
    const sent = await send(push, async (_url, init) => {
      sealed = new Uint8Array(await new Response(init?.body ?? '').arrayBuffer());
      return new Response(null, { status: 201 });
    });
    expect(sent).toEqual({ sent: true });
    const { title, body, path, tag } = note;
    expect(JSON.parse(await unseal(keys, sealed))).toEqual({ title, body, path, tag });
    await expect(unseal(await makePhoneKeys(), sealed)).rejects.toThrow(/decrypt|operation/i);
  });

  it('is taken by a push service that checks who sends', async () => {
    const id = crypto.randomUUID();
    const { push } = await phone(id);
    expect(await send(push)).toEqual({ sent: true });
    expect(await receivedBy(`…${id.slice(-8)}`)).toMatchObject([{ channel: 'push', subject: note.title }]);
  });

  it('is refused to whoever does not hold our key', async () => {
    const { push } = await phone();
    const forged = { ...ours, privateKey: (await makePhoneKeys()).privateKey.d ?? '' };
    const result = await webPush(forged, { fetch: reachPush })(push);
    expect(result).toMatchObject({ sent: false, retry: false });
  });

  it('says how urgent it is and how long it is worth keeping', async () => {
    const { push } = await phone();
    let headers = new Headers();
    await send(push, (_url, init) => {
      headers = new Headers(init?.headers);
      return Promise.resolve(new Response(null, { status: 201 }));
    });
    expect([headers.get('ttl'), headers.get('urgency')]).toEqual(['3600', 'high']);
  });

  it.each([
    ['http404', { retry: false, isGone: true }],
    ['http410', { retry: false, isGone: true }],
    ['http413', { retry: false }],
    ['http429', { retry: true }],
    ['http500', { retry: true }],
    ['http503', { retry: true }],
  ])('answered %s, knows what to do', async (id, expected) => {
    const { push } = await phone(`${crypto.randomUUID()}/${id}`);
    const result = await send(push);
    expect(result).toEqual({ sent: false, why: `The push service answered ${id.slice(4)}`, ...expected });
  });

  it('tries again when nobody answers, and never says where it pushed', async () => {
    const { push } = await phone();
    const result = await send(push, reachNobody, 5);
    expect(result).toEqual({ sent: false, retry: true, why: 'The push service did not answer' });
  });

  it('gives up on keys that no browser made', async () => {
    const { push } = await phone();
    const broken = { ...push, to: { ...push.to, p256dh: 'AAAA' } };
    expect(await send(broken)).toMatchObject({ sent: false, retry: false, isGone: true });
  });
});

describe('where a push may go', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
  ])('to %s', (endpoint) => expect(isPushService(endpoint)).toBe(true));

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/?fcm.googleapis.com',
    'https://user@fcm.googleapis.com/x',
    'https://169.254.169.254/latest',
    'https://localhost/x',
    'data:text/plain,x',
    '',
    `https://fcm.googleapis.com/${'x'.repeat(2_000)}`,
  ])('never to %s', (endpoint) => expect(isPushService(endpoint)).toBe(false));
});
