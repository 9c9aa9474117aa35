import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { choose, openBrowser, paymentNow } from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { bankOf } from '#workers/local/bank/bank.ts';
import { call, sessionForm, type SessionBody } from './gateway-door.ts';

const sessions = '/v1/checkout/sessions';

async function opened(form: Record<string, string> = sessionForm): Promise<SessionBody> {
  return (await call<SessionBody>('POST', sessions, { form })).body;
}

/** A session whose buyer's bank has reserved the money. */
async function reserved(): Promise<{ session: SessionBody; intentId: string }> {
  const session = await opened();
  await choose(openBrowser(), session.id, 'approve');
  const { intent } = await paymentNow(session.id);
  return { session, intentId: intent?.id ?? '' };
}

describe('a request the API cannot take', () => {
  it.each([
    ['a wrong key', 401, 'Invalid API Key', 'POST', sessions, { secret: 'sk_test_other' }],
    ['an unknown address', 404, 'Unrecognized request URL', 'POST', '/v1/payouts', {}],
    ['another method', 404, 'Unrecognized request URL', 'GET', '/v1/refunds', {}],
    ['an unknown session', 404, 'No such checkout.session', 'GET', `${sessions}/cs_none`, {}],
    ['an unknown intent', 404, 'No such payment_intent', 'POST', '/v1/payment_intents/pi_none/capture', {}],
  ] as const)('is refused for %s', async (_what, status, message, method, path, options) => {
    const { status: answered, body } = await call(method, path, options);
    expect(answered).toBe(status);
    expect(body.error.type).toBe('invalid_request_error');
    expect(body.error.message).toContain(message);
  });

  it.each([
    ['missing', { success_url: undefined }, 'parameter_missing', 'success_url'],
    ['unknown', { colour: 'red' }, 'parameter_unknown', 'colour'],
    ['malformed', { 'line_items[0][quantity]': 'two' }, undefined, 'line_items[0][quantity]'],
    ['too early an end', { expires_at: seconds(10 * 60) }, undefined, 'expires_at'],
    ['too late an end', { expires_at: seconds(25 * 60 * 60) }, undefined, 'expires_at'],
  ])('names the parameter: %s', async (_what, change, code, param) => {
    const form = Object.fromEntries(
      Object.entries({ ...sessionForm, ...change }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const { status, body } = await call('POST', sessions, { form });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ type: 'invalid_request_error', param, ...(code === undefined ? {} : { code }) });
  });

  it('expands nothing it does not know', async () => {
    const { id } = await opened();
    const { status, body } = await call('GET', `${sessions}/${id}`, { form: { 'expand[]': 'customer' } });
    expect([status, body.error.param]).toEqual([400, 'expand']);
  });
});

describe('a repeated key', () => {
  it('gets the first answer again and makes nothing new', async () => {
    const key = crypto.randomUUID();
    const first = await call<SessionBody>('POST', sessions, { form: sessionForm, key });
    const again = await call<SessionBody>('POST', sessions, { form: sessionForm, key });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.has('idempotent-replayed')).toBe(false);
  });

  it('gets the first answer even when that was an error and would be none now', async () => {
    const { id } = await opened();
    const key = crypto.randomUUID();
    await choose(openBrowser(), id, 'decline');
    const { intent } = await paymentNow(id);
    const path = `/v1/payment_intents/${intent?.id}/capture`;
    const first = await call('POST', path, { key });
    expect([first.status, first.body.error.code]).toEqual([400, 'payment_intent_unexpected_state']);
    await choose(openBrowser(), id, 'approve');
    expect((await call('POST', path, { key })).body).toEqual(first.body);
    expect((await paymentNow(id)).intent?.status).toBe('requires_capture');
    expect((await call('POST', path, { key: crypto.randomUUID() })).status).toBe(200);
  });

  it('is refused with other parameters', async () => {
    const key = crypto.randomUUID();
    await call('POST', sessions, { form: sessionForm, key });
    const { status, body } = await call('POST', sessions, {
      form: { ...sessionForm, mode: 'payment', client_reference_id: 'x' },
      key,
    });
    expect([status, body.error.type]).toEqual([400, 'idempotency_error']);
  });
});

describe('what may follow what', () => {
  it('opens without an intent, which the first try with a card makes', async () => {
    const session = await opened();
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', payment_intent: null });
    expect(session.url).toContain(session.id);
    await choose(openBrowser(), session.id, 'decline');
    expect((await call<SessionBody>('GET', `${sessions}/${session.id}`)).body.payment_intent).toMatch(/^pi_/);
  });

  it('captures what is reserved, once', async () => {
    const { intentId } = await reserved();
    const path = `/v1/payment_intents/${intentId}`;
    const before = await call<object>('GET', path);
    expect(before.body).toMatchObject({ status: 'requires_capture', amount_capturable: 4_200, amount_received: 0 });
    const taken = await call<object>('POST', `${path}/capture`);
    expect(taken.body).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 4_200 });
    const again = await call('POST', `${path}/capture`);
    expect([again.status, again.body.error.code]).toEqual([400, 'payment_intent_unexpected_state']);
    expect((await call('POST', `${path}/cancel`)).body.error.code).toBe('payment_intent_unexpected_state');
  });

  it('cancels what is reserved, and nothing a session still owns', async () => {
    const { intentId } = await reserved();
    const canceled = await call<object>('POST', `/v1/payment_intents/${intentId}/cancel`);
    expect(canceled.body).toMatchObject({ status: 'canceled', amount_capturable: 0 });
    const { id } = await opened();
    await choose(openBrowser(), id, 'decline');
    const { intent } = await paymentNow(id);
    const refused = await call('POST', `/v1/payment_intents/${intent?.id}/cancel`);
    expect(refused.body.error.message).toContain('Expire the Checkout Session');
  });

  it('refunds what was captured, in parts, and not a penny more', async () => {
    const { intentId: payment_intent } = await reserved();
    const refund = (form: Record<string, string> = {}) =>
      call('POST', '/v1/refunds', { form: { payment_intent, ...form } });
    expect((await refund()).body.error.message).toContain('does not have a successful charge');
    await call('POST', `/v1/payment_intents/${payment_intent}/capture`);
    expect((await refund({ amount: '200' })).body).toMatchObject({ amount: 200, status: 'succeeded' });
    expect((await refund({ amount: '4001' })).status).toBe(400);
    expect((await refund()).body).toMatchObject({ amount: 4_000 });
    expect((await refund()).body.error.code).toBe('charge_already_refunded');
  });

  it('expires a session once, with the intent nobody paid', async () => {
    const { id } = await opened();
    await choose(openBrowser(), id, 'decline');
    const expired = await call<SessionBody>('POST', `${sessions}/${id}/expire`);
    expect(expired.body).toMatchObject({ status: 'expired', url: null });
    expect((await paymentNow(id)).intent?.status).toBe('canceled');
    expect((await call('POST', `${sessions}/${id}/expire`)).status).toBe(400);
  });

  it('ends a session by itself when its time has come', async () => {
    const { id } = await opened();
    await runInDurableObject(bankOf(environment), (_bank, { storage }) => {
      const ended = `UPDATE payments SET wake_at_ms = 1, payment = json_set(payment, '$.expiresAtMs', 1) WHERE session_id = ?`;
      storage.sql.exec(ended, id);
    });
    expect((await call<SessionBody>('GET', `${sessions}/${id}`)).body.status).toBe('expired');
    const page = await openBrowser().get(`/local/bank/${id}`);
    expect(page.html).toContain('Too late');
    expect(page.html).not.toContain('name="choice"');
  });

  it('does not expire what is complete', async () => {
    const { session } = await reserved();
    expect((await call('POST', `${sessions}/${session.id}/expire`)).body.error.message).toContain('complete');
  });
});

function seconds(fromNow: number): string {
  return String(Math.floor(Date.now() / 1_000) + fromNow);
}
