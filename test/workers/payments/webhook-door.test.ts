import { describe, expect, it, vi } from 'vitest';
import { minuteMs } from '#shared/time.ts';
import { goToBank, paymentNow, postWebhook, site, webhookOf } from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { publishEvent } from '#test/workers/http/site.ts';
import { postWebhook as sendWebhook, sendAgainAtMs, signatureOf } from '#workers/local/bank/webhook-post.ts';
import { freshAttempt, gatewayVia, reachSandbox } from './gateway-door.ts';

const { STRIPE_WEBHOOK_SECRET: secret } = environment;
const gateway = gatewayVia(reachSandbox);
const { order, attempt } = freshAttempt();
const subject = { orderId: order.orderId, attemptId: attempt.attemptId };
const event = {
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.succeeded',
  data: { object: { id: 'pi_1', object: 'payment_intent', metadata: subject } },
};
const body = JSON.stringify(event);

describe('a signature', () => {
  it('that is genuine says what happened, and to what', async () => {
    const heard = await gateway.hear(body, await signatureOf(body, secret, Date.now()));
    expect(heard).toEqual({ eventId: 'evt_1', kind: 'payment_intent.succeeded', about: subject });
  });

  it('over something that is none of ours is about nothing', async () => {
    const other = JSON.stringify({ ...event, data: { object: { id: 'pi_1', metadata: {} } } });
    const heard = await gateway.hear(other, await signatureOf(other, secret, Date.now()));
    expect(heard).toMatchObject({ about: undefined });
  });

  it.each([
    ['is missing', () => ''],
    ['is nonsense', () => 'v1=00'],
    ['was made with another secret', () => signatureOf(body, 'whsec_other', Date.now())],
    ['is over another body', () => signatureOf(body.replace('pi_1', 'pi_2'), secret, Date.now())],
    ['is old', () => signatureOf(body, secret, Date.now() - 6 * minuteMs)],
  ])('that %s is nobody’s', async (_what, make) => {
    expect(await gateway.hear(body, await make())).toBeUndefined();
  });
});

describe('the door for webhooks', () => {
  it('refuses a forged one with problem details, and asks nobody', async () => {
    const forged = await postWebhook({ body, signature: await signatureOf(body, 'whsec_other', Date.now()) });
    expect(forged.status).toBe(400);
    expect(forged.headers.get('content-type')).toBe('application/problem+json');
    expect(await forged.json()).toMatchObject({ code: 'webhook_forged' });
  });

  it('takes one about an order it does not know, so that it is not repeated', async () => {
    const answer = await postWebhook({ body, signature: await signatureOf(body, secret, Date.now()) });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ received: true });
  });

  it('takes one about an order it knows', async () => {
    const { slug } = await publishEvent({ priceMinor: 2_500 });
    const { sessionId } = await goToBank(slug);
    const webhook = await webhookOf(await paymentNow(sessionId), 'checkout.session.expired');
    expect((await postWebhook(webhook)).status).toBe(200);
  });

  it('answers to POST alone, and to bodies of a sane size', async () => {
    const url = `${environment.PUBLIC_ORIGIN}/webhooks/stripe`;
    expect((await site.fetch(url)).status).toBe(405);
    const huge = await postWebhook({ body: 'x'.repeat(70_000), signature: 'v1=00' });
    expect(huge.status).toBe(413);
  });
});

describe('sending', () => {
  const to = (answer: () => Promise<Response>) => ({ url: 'https://shop.example/webhooks', secret, fetch: answer });

  it('counts as done when it was answered 2xx, and only then', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const answers: [boolean, () => Promise<Response>][] = [
      [true, () => Promise.resolve(new Response(null, { status: 204 }))],
      [false, () => Promise.resolve(new Response(null, { status: 500 }))],
      [false, () => Promise.resolve(Response.redirect('https://shop.example/'))],
      [false, () => Promise.reject(new Error('cut off'))],
    ];
    for (const [isHeard, answer] of answers) expect(await sendWebhook(to(answer), body, Date.now())).toBe(isHeard);
  });

  it('is repeated soon at first, then ever more rarely, at least hourly', () => {
    const waits = [1, 2, 3, 40].map((tries) => sendAgainAtMs(0, tries));
    expect(waits).toEqual([2_000, 4_000, 8_000, 60 * minuteMs]);
  });
});
