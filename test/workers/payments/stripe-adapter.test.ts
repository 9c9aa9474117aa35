import { Stripe } from 'stripe';
import { describe, expect, it, vi } from 'vitest';
import { dayMs, minuteMs } from '#shared/time.ts';
import type { Attempt } from '#shared/orders/attempt.ts';
import type { GatewayOperation } from '#shared/orders/steps.ts';
import { choose, openBrowser, paymentNow, paymentsOf } from '#test/support/bank.ts';
import type { BuyerChoice } from '#workers/local/bank/buyer-moves.ts';
import { freshAttempt, gatewayVia, reachSandbox } from './gateway-door.ts';

/** An attempt at the sandbox: what it is told to do, and what a person at the bank does to it. */
async function openedAttempt(reach = reachSandbox, aheadMs = 0) {
  const { order, attempt } = freshAttempt();
  const gateway = gatewayVia(reach, aheadMs);
  const { sessionId = '' } = await gateway.perform({ do: 'open', attempt }, order);
  const known: Attempt = { ...attempt, state: 'open', sessionId };
  return {
    order,
    attempt,
    sessionId,
    perform: async (operation: GatewayOperation) =>
      (await gateway.perform({ do: operation, attempt: known }, order)).state,
    choose: (choice: BuyerChoice) => choose(openBrowser(), sessionId, choice),
  };
}

describe('opening', () => {
  it('makes one session for an attempt, however often it is asked', async () => {
    const { order, attempt } = freshAttempt();
    const gateway = gatewayVia(reachSandbox);
    const first = await gateway.perform({ do: 'open', attempt }, order);
    expect(first).toMatchObject({ state: 'open', url: expect.stringContaining('/local/bank/') });
    expect(await gateway.perform({ do: 'open', attempt }, order)).toEqual(first);
    expect(await paymentsOf(order.orderId)).toHaveLength(1);
  });

  it('finds the session whose name got lost with the answer', async () => {
    const { order, attempt, sessionId } = await openedAttempt();
    const found = await gatewayVia(reachSandbox).perform({ do: 'inquire', attempt }, order);
    expect(found).toMatchObject({ state: 'open', sessionId });
  });

  it('still works when the gateway was out of reach for the buyer’s whole patience', async () => {
    const { order, attempt } = freshAttempt(Date.now() - 15 * minuteMs);
    expect((await gatewayVia(reachSandbox).perform({ do: 'open', attempt }, order)).state).toBe('open');
  });

  it('is given up for good when the gateway refuses it: no money can move on it', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const { order, attempt } = freshAttempt(Date.now() - 2 * 60 * minuteMs);
    for (const operation of ['open', 'inquire', 'abandon'] as const) {
      expect(await gatewayVia(reachSandbox).perform({ do: operation, attempt }, order)).toEqual({ state: 'dead' });
    }
    expect(said).toHaveBeenCalledWith(expect.any(String), undefined, 'expires_at');
    expect(await paymentsOf(order.orderId)).toEqual([]);
  });
});

describe('an approved attempt', () => {
  it('is authorised, captured and refunded', async () => {
    const { perform, choose: buyerDoes, sessionId } = await openedAttempt();
    expect(await perform('inquire')).toBe('open');
    await buyerDoes('approve');
    expect(await perform('inquire')).toBe('authorised');
    expect(await perform('capture')).toBe('captured');
    expect(await perform('capture')).toBe('captured');
    expect(await perform('refund')).toBe('refunded');
    expect(await perform('refund')).toBe('refunded');
    expect((await paymentNow(sessionId)).intent?.charge?.refundedMinor).toBe(4_200);
  });

  it('can be voided instead, and captured no more', async () => {
    const { perform, choose: buyerDoes } = await openedAttempt();
    await buyerDoes('approve');
    expect(await perform('void')).toBe('voided');
    expect(await perform('capture')).toBe('voided');
    expect(await perform('refund')).toBe('voided');
  });

  it('cannot be abandoned any more: the answer says that the money is there', async () => {
    const { perform, choose: buyerDoes } = await openedAttempt();
    await buyerDoes('approve');
    expect(await perform('abandon')).toBe('authorised');
  });
});

describe('an attempt whose keys the gateway may have forgotten', () => {
  /** A day later. Counts what is posted, which might act twice. */
  async function dayOld() {
    const posted: string[] = [];
    const counting: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'POST') posted.push(new URL(request.url).pathname.split('/').at(-1) ?? '');
      return reachSandbox(request);
    };
    const old = await openedAttempt(counting, dayMs);
    await old.choose('approve');
    posted.length = 0;
    return { ...old, posted };
  }

  it('is still captured and refunded, each posted once', async () => {
    const { perform, posted } = await dayOld();
    expect(await perform('capture')).toBe('captured');
    expect(await perform('capture')).toBe('captured');
    expect(await perform('refund')).toBe('refunded');
    expect(await perform('refund')).toBe('refunded');
    expect(posted).toEqual(['capture', 'refunds']);
  });

  it('is voided once', async () => {
    const { perform, posted } = await dayOld();
    expect(await perform('void')).toBe('voided');
    expect(await perform('void')).toBe('voided');
    expect(posted).toEqual(['cancel']);
  });
});

describe('an attempt that is not approved', () => {
  it('stays open when a card is declined, for another card', async () => {
    const { perform, choose: buyerDoes } = await openedAttempt();
    await buyerDoes('decline');
    expect(await perform('inquire')).toBe('open');
    expect(await perform('capture')).toBe('open');
    await buyerDoes('approve');
    expect(await perform('inquire')).toBe('authorised');
  });

  it('is dead once abandoned, whether a card was tried or not', async () => {
    const untried = await openedAttempt();
    expect(await untried.perform('abandon')).toBe('dead');
    expect(await untried.perform('abandon')).toBe('dead');
    const declined = await openedAttempt();
    await declined.choose('decline');
    expect(await declined.perform('abandon')).toBe('voided');
  });

  it('stays open while the bank thinks', async () => {
    const { perform, choose: buyerDoes } = await openedAttempt();
    await buyerDoes('delay');
    expect(await perform('inquire')).toBe('open');
  });
});

describe('no answer', () => {
  it('is thrown; what took effect all the same is found by asking', async () => {
    let patienceMs = 60_000;
    const impatient: typeof fetch = (input, init) => {
      const signals = [...(init?.signal ? [init.signal] : []), AbortSignal.timeout(patienceMs)];
      return reachSandbox(input, { ...init, signal: AbortSignal.any(signals) });
    };
    const { perform, choose: buyerDoes } = await openedAttempt(impatient);
    await buyerDoes('timeout');
    patienceMs = 200;
    await expect(perform('capture')).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    patienceMs = 60_000;
    expect(await perform('inquire')).toBe('captured');
    expect(await perform('capture')).toBe('captured');
  });

  it.each([
    ['an error of the gateway', 500],
    ['a gateway that is busy with the same key', 409],
    ['a gateway that is asked too much', 429],
    ['a key of ours that is not taken', 401],
  ])('is thrown for %s', async (_what, status) => {
    const broken: typeof fetch = () =>
      Promise.resolve(Response.json({ error: { type: 'api_error', message: 'no' } }, { status }));
    const { order, attempt } = freshAttempt();
    for (const operation of ['open', 'inquire', 'abandon', 'capture'] as const) {
      await expect(gatewayVia(broken).perform({ do: operation, attempt }, order)).rejects.toBeInstanceOf(
        Stripe.errors.StripeError,
      );
    }
  });
});
