import { describe, expect, it } from 'vitest';
import { hourMs } from '#shared/time.ts';
import type { Attempt } from '#shared/orders/attempt.ts';
import { choose, openBrowser } from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { stripeBooks } from '#workers/payments/gateway-books.ts';
import { call, freshAttempt, gatewayVia, reachSandbox } from './gateway-door.ts';

const window = () => ({ fromMs: Date.now() - hourMs, untilMs: Date.now() + hourMs });
const books = (reach = reachSandbox) => stripeBooks({ secretKey: environment.STRIPE_SECRET_KEY, fetch: reach });

async function captured() {
  const { order, attempt } = freshAttempt();
  const gateway = gatewayVia(reachSandbox);
  const { sessionId = '' } = await gateway.perform({ do: 'open', attempt }, order);
  const known: Attempt = { ...attempt, state: 'open', sessionId };
  await choose(openBrowser(), sessionId, 'approve');
  const { intentId = '' } = await gateway.perform({ do: 'capture', attempt: known }, order);
  return { intentId, refund: () => gateway.perform({ do: 'refund', attempt: known }, order) };
}

describe('the gateway’s own list', () => {
  it('tells what was captured and what went back, by the payment’s name', async () => {
    const [kept, returned] = [await captured(), await captured()];
    await returned.refund();
    const { movements, isCut } = await books().movements(window());
    const told = (ref: string) => movements.filter((one) => one.ref === ref).map((one) => [one.kind, one.amountMinor]);
    expect(told(kept.intentId)).toEqual([['captured', 4_200]]);
    expect(told(returned.intentId).toReversed()).toEqual([
      ['captured', 4_200],
      ['returned', 4_200],
    ]);
    expect(isCut).toBe(false);
    expect(movements.every(({ currency }) => currency === 'GBP')).toBe(true);
  });

  it('is read page by page to its end', async () => {
    await captured();
    await captured();
    await captured();
    let pages = 0;
    const shortPages: typeof fetch = (input, init) => {
      pages += 1;
      const request = new Request(input, init);
      const url = new URL(request.url);
      url.searchParams.set('limit', '2');
      return reachSandbox(new Request(url, request));
    };
    const whole = await books().movements(window());
    expect(await books(shortPages).movements(window())).toEqual(whole);
    expect(pages).toBe(Math.ceil(whole.movements.length / 2));
  });

  it('of another time is empty; nothing is told to whoever has no key', async () => {
    await captured();
    expect((await books().movements({ fromMs: 0, untilMs: hourMs })).movements).toEqual([]);
    const stranger = stripeBooks({ secretKey: 'sk_test_other', fetch: reachSandbox });
    await expect(stranger.movements(window())).rejects.toThrow('Invalid API Key');
    expect((await call('GET', '/v1/balance_transactions', { form: { nonsense: '1' } })).status).toBe(400);
  });
});
