import { describe, expect, it, vi } from 'vitest';
import { balancesOf } from '#d1/queries/ledger.ts';
import { stepTender, type TenderRequest, type TenderStep } from '#d1/queries/ledger-tender.ts';
import type { AccountId } from '#shared/ledger/accounts.ts';
import { dayMs } from '#shared/time.ts';
import { sweep } from '#workers/background/sweep.ts';
import { customerWith, db, fresh, sumsOf } from '#test/support/ledger-d1.ts';

async function attempt(
  has: { cashMinor?: number; points?: number },
  tender: Partial<TenderRequest['tender']>,
): Promise<{ asked: TenderRequest; customerId: string; step: (step: TenderStep) => Promise<string> }> {
  const customerId = await customerWith(has);
  const asked = askedBy(customerId, tender);
  return { asked, customerId, step: (step) => stepTender(db, step, asked, 5_000) };
}

function askedBy(customerId: string, tender: Partial<TenderRequest['tender']>): TenderRequest {
  const orderId = fresh('ord_eu00');
  const whole = { walletMinor: 0, points: 0, pointsMinor: 0, ...tender };
  return { attemptId: `${orderId}/1`, orderId, customerId, currency: 'GBP', tender: whole };
}

const has = async (customerId: string) => {
  const { cash, points } = await balancesOf(db, customerId);
  return {
    cash: cash[0]?.balanceMinor,
    free: cash[0]?.availableMinor,
    points: points.balance,
    freePoints: points.available,
  };
};

/** What the order has in suspense: nothing, once all of it was undone. */
const inSuspense = (orderId: string) =>
  db.$client
    .prepare(`SELECT balance_minor FROM ledger_open_items WHERE order_id = ? AND account_id = 'suspense/orders/GBP'`)
    .bind(orderId)
    .first<number>('balance_minor');

const mixed = { walletMinor: 300, points: 200, pointsMinor: 200 };

const sweeping = { db, queueMessage: async () => undefined, queueChange: async () => undefined };

describe('a balance as a way to pay', () => {
  it('sets aside, takes, and gives back: wallet and points together', async () => {
    const { asked, customerId, step } = await attempt({ cashMinor: 1_000, points: 500 }, mixed);
    expect(await step('reserve')).toBe('reserved');
    expect(await has(customerId)).toEqual({ cash: 1_000, free: 700, points: 500, freePoints: 300 });
    expect(await inSuspense(asked.orderId)).toBeNull();
    expect(await step('post')).toBe('posted');
    expect(await has(customerId)).toEqual({ cash: 700, free: 700, points: 300, freePoints: 300 });
    expect(await inSuspense(asked.orderId)).toBe(500);
    expect(await step('giveBack')).toBe('returned');
    expect(await has(customerId)).toEqual({ cash: 1_000, free: 1_000, points: 500, freePoints: 500 });
    expect(await inSuspense(asked.orderId)).toBeNull();
  });

  it('lets go of what was set aside', async () => {
    const { customerId, step } = await attempt({ cashMinor: 1_000 }, { walletMinor: 300 });
    await step('reserve');
    expect(await step('unreserve')).toBe('void');
    expect(await has(customerId)).toMatchObject({ cash: 1_000, free: 1_000 });
    expect(await step('post')).toBe('void');
    expect(await step('reserve')).toBe('void');
  });

  it('refuses all of it where a part is too much, and stays by that answer when more is there', async () => {
    const { asked, customerId, step } = await attempt({ cashMinor: 1_000, points: 100 }, mixed);
    expect(await step('reserve')).toBe('refused');
    expect(await has(customerId)).toMatchObject({ cash: 1_000, free: 1_000, points: 100, freePoints: 100 });
    const later = await customerWith({ points: 500 });
    expect(await stepTender(db, 'reserve', askedBy(later, { points: 10, pointsMinor: 10 }), 1)).toBe('reserved');
    expect(await step('reserve')).toBe('refused');
    expect(await step('post')).toBe('refused');
    expect(await stepTender(db, 'unreserve', asked, 9)).toBe('refused');
  });

  it('refuses somebody who never had an account', async () => {
    expect(await stepTender(db, 'reserve', askedBy(fresh('cus'), { walletMinor: 1 }), 1)).toBe('refused');
    expect(await stepTender(db, 'reserve', askedBy(fresh('cus'), { points: 1, pointsMinor: 1 }), 1)).toBe('refused');
  });

  it('answers each step alike however often it is asked (I5)', async () => {
    const { customerId, step } = await attempt({ cashMinor: 1_000, points: 500 }, mixed);
    for (const [name, state] of [
      ['reserve', 'reserved'],
      ['post', 'posted'],
      ['giveBack', 'returned'],
    ] as const) {
      expect([await step(name), await step(name), await step(name)]).toEqual([state, state, state]);
    }
    expect(await has(customerId)).toMatchObject({ cash: 1_000, points: 500 });
    expect([await step('reserve'), await step('post'), await step('unreserve')]).toEqual(Array(3).fill('returned'));
  });

  it('let go of before it arrived, it takes nothing when it comes', async () => {
    const { customerId, step } = await attempt({ cashMinor: 1_000 }, { walletMinor: 300 });
    expect(await step('unreserve')).toBe('void');
    expect(await step('reserve')).toBe('void');
    expect(await has(customerId)).toMatchObject({ cash: 1_000, free: 1_000 });
  });

  it('posted, it is not let go of; given back, only what was posted', async () => {
    const { customerId, step } = await attempt({ cashMinor: 1_000 }, { walletMinor: 300 });
    expect(await step('post')).toBe('new');
    await step('reserve');
    expect(await step('giveBack')).toBe('reserved');
    await step('post');
    expect(await step('unreserve')).toBe('posted');
    expect(await has(customerId)).toMatchObject({ cash: 700, free: 700 });
  });

  it('refuses another tender under a known attempt, and changes nothing', async () => {
    const { asked, customerId, step } = await attempt({ cashMinor: 1_000 }, { walletMinor: 300 });
    await step('reserve');
    const other = { ...asked, tender: { ...asked.tender, walletMinor: 500 } };
    for (const name of ['reserve', 'post', 'unreserve', 'giveBack'] as const) {
      await expect(stepTender(db, name, other, 1)).rejects.toThrow('another tender');
    }
    expect(await has(customerId)).toMatchObject({ cash: 1_000, free: 700 });
  });

  it('the pool of points and the platform’s promotion bear what points pay for', async () => {
    const { step } = await attempt({ points: 500 }, { points: 400, pointsMinor: 400 });
    const before = await Promise.all((['points/issued', 'promotion/platform/GBP'] as AccountId[]).map(sumsOf));
    await step('reserve');
    await step('post');
    const after = await Promise.all((['points/issued', 'promotion/platform/GBP'] as AccountId[]).map(sumsOf));
    expect(after[0]?.creditsPosted).toBe((before[0]?.creditsPosted ?? 0) + 400);
    expect(after[1]?.debitsPosted).toBe((before[1]?.debitsPosted ?? 0) + 400);
  });
});

describe('what no desk came back for', () => {
  it('is told of by the hourly sweep after a day, stays set aside, and can still be posted', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const { asked, step } = await attempt({ cashMinor: 1_000 }, { walletMinor: 300 });
    await step('reserve');
    const told = () => said.mock.calls.filter(([, id]) => String(id).startsWith(asked.attemptId)).length;
    await sweep({ ...sweeping, clock: () => 5_000 + dayMs });
    expect(told()).toBe(0);
    await sweep({ ...sweeping, clock: () => 5_001 + dayMs });
    expect(told()).toBe(1);
    expect(await step('post')).toBe('posted');
    await sweep({ ...sweeping, clock: () => 5_001 + dayMs });
    expect(told()).toBe(1);
    said.mockRestore();
  });
});

describe('fifty who spend one balance at once', () => {
  it('spend exactly what is there', async () => {
    const customerId = await customerWith({ cashMinor: 1_000, points: 700 });
    const asked = Array.from({ length: 50 }, () =>
      askedBy(customerId, { walletMinor: 70, points: 50, pointsMinor: 50 }),
    );
    const states = await Promise.all(asked.map((one) => stepTender(db, 'reserve', one, 1)));
    expect(states.filter((state) => state === 'reserved')).toHaveLength(14);
    expect(await has(customerId)).toEqual({ cash: 1_000, free: 20, points: 700, freePoints: 0 });
    const ended = await Promise.all(asked.map((one) => stepTender(db, 'post', one, 1)));
    expect(ended.filter((state) => state === 'posted')).toHaveLength(14);
    expect(await has(customerId)).toEqual({ cash: 20, free: 20, points: 0, freePoints: 0 });
  });

  it('and one who posts while another lets go ends one way only', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { customerId, step } = await attempt({ cashMinor: 100 }, { walletMinor: 100 });
      await step('reserve');
      await Promise.all([step('post'), step('unreserve'), step('post'), step('unreserve')]);
      const end = await step('reserve');
      expect(['posted', 'void']).toContain(end);
      expect(await has(customerId)).toMatchObject(end === 'posted' ? { cash: 0, free: 0 } : { cash: 100, free: 100 });
    }
  });
});
