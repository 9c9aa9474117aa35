import { describe, expect, it } from 'vitest';
import { balancesOf } from '#d1/queries/ledger.ts';
import type { Unit } from '#shared/ledger/transfer.ts';
import { clawBack, grant } from '#workers/operations/grants.ts';
import { endBusinessPayout, proposeBusinessPayout } from '#workers/operations/payouts.ts';
import { db, fresh, sumsOf, transfer, write } from '#test/support/ledger-d1.ts';
import { trailOf } from '#test/support/staff.ts';

const keeper = { db, clock: () => 7_000 };
const actorId = 'per_keeper';

const points = async (customerId: string) => (await balancesOf(db, customerId)).points.balance;
const owed = async (customerId: string, unit: Unit = 'PTS') => {
  const sums = await sumsOf(`receivable/${customerId}/${unit}`);
  return (sums?.debitsPosted ?? 0) - (sums?.creditsPosted ?? 0);
};

function somebody(unit: Unit = 'PTS') {
  const customerId = fresh('cus');
  const ask = (amountMinor: number, id = fresh('grant')) => ({ id, customerId, unit, amountMinor, actorId });
  return {
    customerId,
    ask,
    given: (amountMinor: number, id?: string) => grant(keeper, ask(amountMinor, id)),
    takenBack: (amountMinor: number, id?: string) => clawBack(keeper, ask(amountMinor, id)),
  };
}

describe('points and credit the platform gives', () => {
  it('are the customer’s, and what promotions cost', async () => {
    const before = (await sumsOf('promotion/platform/GBP'))?.debitsPosted ?? 0;
    const ama = somebody('GBP');
    expect((await ama.given(500)).ok).toBe(true);
    expect((await balancesOf(db, ama.customerId)).cash).toMatchObject([{ currency: 'GBP', availableMinor: 500 }]);
    expect((await sumsOf('promotion/platform/GBP'))?.debitsPosted).toBe(before + 500);
  });

  it('are given once, however often and by however many it is asked; other content is refused (I5)', async () => {
    const ama = somebody();
    const id = fresh('grant');
    const all = await Promise.all(Array.from({ length: 10 }, () => ama.given(100, id)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(await points(ama.customerId)).toBe(100);
    expect(await ama.given(101, id)).toMatchObject({ failure: { code: 'idempotency_key_reused' } });
    expect(await ama.takenBack(100, id)).toMatchObject({ failure: { code: 'idempotency_key_reused' } });
    expect(await points(ama.customerId)).toBe(100);
  });

  it.each([[0], [-5], [1.5], [2 ** 53], [Number.NaN]])('are never %s', async (amountMinor) => {
    const ama = somebody();
    expect(await ama.given(amountMinor)).toMatchObject({ failure: { code: 'malformed_request' } });
    expect(await ama.takenBack(amountMinor)).toMatchObject({ failure: { code: 'malformed_request' } });
  });

  it('go to nobody whose id is none', async () => {
    const request = { ...somebody().ask(5), customerId: 'a/b' };
    expect(await grant(keeper, request)).toMatchObject({ failure: { code: 'malformed_request' } });
  });
});

describe('a claw-back', () => {
  it('takes what is there; the rest is owed, and the next grants pay it off first', async () => {
    const ama = somebody();
    await ama.given(100);
    await ama.takenBack(250);
    expect([await points(ama.customerId), await owed(ama.customerId)]).toEqual([0, 150]);
    await ama.given(60);
    expect([await points(ama.customerId), await owed(ama.customerId)]).toEqual([0, 90]);
    await ama.given(200);
    expect([await points(ama.customerId), await owed(ama.customerId)]).toEqual([110, 0]);
  });

  it('of somebody who has nothing is owed whole; repeated it takes no more', async () => {
    const ama = somebody('GBP');
    const id = fresh('grant');
    await ama.takenBack(40, id);
    await ama.given(100);
    await ama.takenBack(40, id);
    expect((await balancesOf(db, ama.customerId)).cash[0]?.balanceMinor).toBe(60);
    expect(await owed(ama.customerId, 'GBP')).toBe(0);
  });

  it('raced by others takes each penny once', async () => {
    const ama = somebody();
    await ama.given(100);
    await Promise.all(Array.from({ length: 12 }, () => ama.takenBack(10)));
    expect([await points(ama.customerId), await owed(ama.customerId)]).toEqual([0, 20]);
  });
});

describe('a payout', () => {
  async function earned(amountMinor: number) {
    const businessId = fresh('biz');
    await write([
      transfer({
        debit: 'suspense/orders/GBP',
        credit: `business/${businessId}/GBP`,
        amountMinor,
        orderId: fresh('ord'),
      }),
    ]);
    const propose = (sum: number, id = `pay_${crypto.randomUUID()}`) =>
      proposeBusinessPayout(keeper, { id, businessId, currency: 'GBP', amountMinor: sum, actorId });
    const end = (id: string, as: 'paid' | 'withdrawn') =>
      endBusinessPayout(keeper, { id, as, reference: 'BACS 12', actorId });
    return { businessId, propose, end, sums: () => sumsOf(`business/${businessId}/GBP`) };
  }

  it('sets aside what is due, and takes it once the bank has done it', async () => {
    const shop = await earned(1_000);
    const id = `pay_${crypto.randomUUID()}`;
    expect((await shop.propose(700, id)).ok).toBe(true);
    expect(await shop.sums()).toMatchObject({ debitsPosted: 0, debitsPending: 700 });
    expect((await shop.end(id, 'paid')).ok).toBe(true);
    expect(await shop.sums()).toMatchObject({ debitsPosted: 700, debitsPending: 0 });
    expect((await trailOf(shop.businessId)).map(({ action }) => action)).toEqual(['payout.proposed', 'payout.paid']);
  });

  it('withdrawn is due again', async () => {
    const shop = await earned(1_000);
    const id = `pay_${crypto.randomUUID()}`;
    await shop.propose(1_000, id);
    expect(await shop.propose(1)).toMatchObject({ failure: { code: 'payout_too_large' } });
    await shop.end(id, 'withdrawn');
    expect((await shop.propose(1_000)).ok).toBe(true);
  });

  it('is never more than is due, however many propose at once', async () => {
    const shop = await earned(1_000);
    const all = await Promise.all(Array.from({ length: 20 }, () => shop.propose(300)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(3);
    expect(await shop.sums()).toMatchObject({ debitsPending: 900 });
  });

  it('pressed twice is one payout, ended twice one end, and each leaves one trace', async () => {
    const shop = await earned(1_000);
    const id = `pay_${crypto.randomUUID()}`;
    await Promise.all([shop.propose(400, id), shop.propose(400, id)]);
    expect(await shop.propose(500, id)).toMatchObject({ failure: { code: 'idempotency_key_reused' } });
    const ends = await Promise.all([shop.end(id, 'paid'), shop.end(id, 'withdrawn'), shop.end(id, 'paid')]);
    expect(ends.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await shop.sums()).toMatchObject({ debitsPending: 0 });
    expect(await trailOf(shop.businessId)).toHaveLength(2);
    expect(await shop.end('pay_nobody_knows', 'paid')).toMatchObject({ failure: { code: 'not_found' } });
  });

  it.each([[0], [-1], [0.5]])('of %s is refused', async (amountMinor) => {
    expect(await (await earned(10)).propose(amountMinor)).toMatchObject({ failure: { code: 'malformed_request' } });
  });
});
