import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf, type AccountId } from '#shared/ledger/accounts.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import { trialBalances, trialLine } from '#shared/ledger/trial-balance.ts';
import type { DeskMoneyEntry, LogEntry } from '#shared/trail/entries.ts';
import { LedgerBook, orderStories, type OrderStory } from '#test/support/ledger-book.ts';

const clearing: AccountId[] = ['suspense/orders/GBP', 'refunds/payable/GBP', 'disputes/GBP'];

function booked(stories: readonly OrderStory[]): LedgerBook {
  const book = new LedgerBook();
  for (const posting of stories.flatMap(({ entries }) => entries.flatMap(postingsOf))) book.post(posting);
  return book;
}

const entry = (body: DeskMoneyEntry): LogEntry<DeskMoneyEntry> => ({ seq: 1, atMs: 5, ...body });
const ofOrder = { orderId: 'ord_eu00_1', customerId: 'cus_1', currency: 'GBP' } as const;
const byCard = (cardMinor: number) => ({ cardMinor, walletMinor: 0, points: 0, pointsMinor: 0 });
const sides = (body: DeskMoneyEntry) =>
  postingsOf(entry(body)).map(({ debit, credit, amountMinor }) => [debit, credit, amountMinor]);

describe('I4: any sequence of orders, payments, refunds and disputes', () => {
  it('balances, in every unit', () => {
    fc.assert(
      fc.property(orderStories, (stories) => {
        const lines = [...booked(stories).sums].map(([id, sums]) => trialLine(id, accountOf(id)?.unit ?? 'PTS', sums));
        expect(trialBalances(lines).every(({ isBalanced }) => isBalanced)).toBe(true);
      }),
    );
  });

  it('leaves nothing in suspense, nothing payable and nothing disputed of an order at rest (I3)', () => {
    fc.assert(
      fc.property(orderStories, (stories) => {
        const book = booked(stories);
        for (const { orderId } of stories) {
          expect(clearing.map((id) => book.ofOrder(orderId, id))).toEqual([0, 0, 0]);
        }
      }),
    );
  });

  it('never takes a customer below zero', () => {
    fc.assert(
      fc.property(orderStories, (stories) => {
        const book = booked(stories);
        for (const id of book.sums.keys()) {
          if (accountOf(id)?.isNeverNegative) expect(book.balance(id)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('read again posts nothing (I5), and reads the same whatever was read before', () => {
    fc.assert(
      fc.property(orderStories, (stories) => {
        const book = booked(stories);
        const again = stories.flatMap(({ entries }) => entries.flatMap(postingsOf)).toReversed();
        expect(again.filter((posting) => book.post(posting))).toEqual([]);
      }),
    );
  });
});

describe('what an entry asks for', () => {
  const share = { businessId: 'biz_a', countryCode: 'GB', netMinor: 700, feeMinor: 100, taxMinor: 200, discounts: [] };

  it('earned: the seller, the platform’s fee and the country’s tax, each its own', () => {
    const body = { kind: 'order.earned', ...ofOrder, shares: [share], topUpMinor: 0, tender: byCard(1_000) } as const;
    expect(sides(body)).toEqual([
      ['suspense/orders/GBP', 'business/biz_a/GBP', 700],
      ['suspense/orders/GBP', 'fees/platform/GBP', 100],
      ['suspense/orders/GBP', 'tax/GB/GBP', 200],
    ]);
  });

  it('a discount costs whoever gave it: its seller is paid all the same, its own is in the price already', () => {
    const discounts = [
      { businessId: 'biz_a', amountMinor: 50 },
      { businessId: 'platform', amountMinor: 80 },
    ];
    const shares = [{ ...share, discounts }];
    const earned = { kind: 'order.earned', ...ofOrder, shares, topUpMinor: 0, tender: byCard(1_000) } as const;
    expect(sides(earned)).toContainEqual(['promotion/platform/GBP', 'business/biz_a/GBP', 80]);
    expect(sides(earned)).toHaveLength(4);
    const refundId = 'ref_1';
    const decided = {
      kind: 'refund.decided',
      ...ofOrder,
      refundId,
      shares,
      amountMinor: 1_000,
      cause: 'buyer',
    } as const;
    expect(sides(decided)).toContainEqual(['business/biz_a/GBP', 'promotion/platform/GBP', 80]);
  });

  it('a top-up goes to the wallet of whoever ordered it', () => {
    const body = { kind: 'order.earned', ...ofOrder, shares: [], topUpMinor: 2_000, tender: byCard(2_000) } as const;
    expect(sides(body)).toEqual([['suspense/orders/GBP', 'customer/cus_1/cash/GBP', 2_000]]);
  });

  it('points that come back take along what spending them had cost', () => {
    const body = { kind: 'refund.paid', ...ofOrder, refundId: 'ref_1', to: 'points', amountMinor: 300, points: 300 };
    expect(sides(body as DeskMoneyEntry)).toEqual([
      ['refunds/payable/GBP', 'promotion/platform/GBP', 300],
      ['points/issued', 'customer/cus_1/points', 300],
    ]);
  });

  it('money of a refund is posted once, when the refund is paid', () => {
    const gateway = { attemptId: 'ord_eu00_1/1', gateway: 'stripe', gatewayRef: 'pi_1', amountMinor: 5 } as const;
    expect(sides({ kind: 'money.returned', ...ofOrder, ...gateway, refundId: 'ref_1' })).toEqual([]);
  });

  it('a payment keeps the gateway’s name of it, and is named after its attempt', () => {
    const gateway = { attemptId: 'ord_eu00_1/2', gateway: 'stripe', gatewayRef: 'pi_1', amountMinor: 5 } as const;
    const [posting] = postingsOf(entry({ kind: 'money.captured', ...ofOrder, ...gateway }));
    expect(posting).toMatchObject({ transferId: 'ord_eu00_1/2/captured', reference: 'pi_1', atMs: 5 });
  });
});

describe('an entry that does not add up', () => {
  const shares = [
    { businessId: 'biz_a', countryCode: 'GB', netMinor: 10, feeMinor: 0, taxMinor: 0, discounts: [] },
  ] as const;
  it.each([
    ['more than was paid', { shares, topUpMinor: 0, tender: byCard(9) }],
    [
      'a part below zero',
      { shares: [{ ...shares[0], netMinor: -10, feeMinor: 20 }], topUpMinor: 0, tender: byCard(10) },
    ],
    ['half a penny', { shares: [{ ...shares[0], netMinor: 9.5, feeMinor: 0.5 }], topUpMinor: 0, tender: byCard(10) }],
    ['more than can be counted', { shares: [], topUpMinor: 2 ** 53, tender: byCard(2 ** 53) }],
    ['a name that is no id', { shares: [{ ...shares[0], businessId: 'a/b' }], topUpMinor: 0, tender: byCard(10) }],
  ])('%s posts nothing at all', (_what, parts) => {
    expect(() => postingsOf(entry({ kind: 'order.earned', ...ofOrder, ...parts }))).toThrow(RangeError);
  });
});
