import { describe, expect, it } from 'vitest';
import { accountKinds, accountOf, cashAccount, pointsAccount, receivableAccount } from '#shared/ledger/accounts.ts';
import { clawBack, netted } from '#shared/ledger/claw-back.ts';
import { reconcile, type GatewayMovement } from '#shared/ledger/reconcile.ts';
import { transferFault, type Transfer } from '#shared/ledger/transfer.ts';
import { availableOf, balanceOf, trialBalances, trialLine } from '#shared/ledger/trial-balance.ts';
import { endPending, forgottenAfterMs, isForgotten } from '#shared/ledger/two-phase.ts';

describe('an account’s id', () => {
  it('says what it is, whose, in what unit', () => {
    expect(accountOf('customer/cus_1/cash/GBP')).toMatchObject({ kind: 'cash', ownerId: 'cus_1', unit: 'GBP' });
    expect(accountOf('customer/cus_1/points')).toMatchObject({ kind: 'points', ownerId: 'cus_1', unit: 'PTS' });
    expect(accountOf('receivable/cus_1/PTS')).toMatchObject({ kind: 'receivable', unit: 'PTS' });
    expect(accountOf('suspense/orders/NGN')).toMatchObject({ kind: 'suspense', ownerId: '', isClearing: true });
    expect(accountOf('points/issued')).toMatchObject({ kind: 'points_issued', unit: 'PTS' });
  });

  it('of a customer or of a debt may never fall below zero', () => {
    const guarded = [cashAccount('cus_1', 'KES'), pointsAccount('cus_1'), receivableAccount('cus_1', 'GBP')];
    expect(guarded.map((id) => accountOf(id)?.isNeverNegative)).toEqual([true, true, true]);
    expect(accountOf('business/biz_a/GBP')?.isNeverNegative).toBe(false);
  });

  it.each(['', 'customer/cus_1/cash/USD', 'customer//cash/GBP', 'customer/a/b/cash/GBP', 'points/issued/GBP', 'x'])(
    'that names none is none: %j',
    (id) => expect(accountOf(id)).toBeUndefined(),
  );

  it('knows a kind for each there is', () => {
    expect(new Set(accountKinds).size).toBe(accountKinds.length);
  });
});

describe('a transfer that may never be written', () => {
  const fine: Transfer = {
    transferId: 't',
    debit: 'gateway/stripe/GBP',
    credit: 'suspense/orders/GBP',
    amountMinor: 1,
    unit: 'GBP',
    cause: 'test',
    atMs: 0,
  };
  it.each([
    [{}, undefined],
    [{ amountMinor: 0 }, 'amount'],
    [{ amountMinor: -5 }, 'amount'],
    [{ amountMinor: 1.5 }, 'amount'],
    [{ amountMinor: 2 ** 53 }, 'amount'],
    [{ credit: fine.debit }, 'same_account'],
    [{ credit: 'somewhere/else' as Transfer['credit'] }, 'unknown_account'],
    [{ credit: 'suspense/orders/NGN' as const }, 'unit'],
    [{ credit: pointsAccount('cus_1') }, 'unit'],
    [{ unit: 'KES' as const }, 'unit'],
  ])('%j: %s', (change, fault) => expect(transferFault({ ...fine, ...change })).toBe(fault));
});

describe('what is set aside', () => {
  it('ends once; the same end again is no news, the other comes too late', () => {
    expect(endPending('pending', 'post')).toBe('ended');
    expect(endPending('posted', 'post')).toBe('as_before');
    expect(endPending('posted', 'void')).toBe('too_late');
    expect(endPending('void', 'void')).toBe('as_before');
    expect(endPending('void', 'post')).toBe('too_late');
    expect(endPending(undefined, 'post')).toBe('unknown');
  });

  it('is forgotten by its desk after a day, and even then only told of', () => {
    expect(isForgotten({ atMs: 0 }, forgottenAfterMs)).toBe(false);
    expect(isForgotten({ atMs: 0 }, forgottenAfterMs + 1)).toBe(true);
  });

  it('is no longer available, and still the owner’s', () => {
    const sums = { debitsPosted: 30, creditsPosted: 100, debitsPending: 50, creditsPending: 5 };
    expect([balanceOf('credit', sums), availableOf('credit', sums)]).toEqual([70, 20]);
    expect([balanceOf('debit', sums), availableOf('debit', sums)]).toEqual([-70, -75]);
  });
});

describe('a claw-back', () => {
  it('takes what is there; the rest is owed, and earnings pay it off first', () => {
    expect(clawBack(500, 300)).toEqual({ takenMinor: 300, owedMinor: 0 });
    expect(clawBack(100, 300)).toEqual({ takenMinor: 100, owedMinor: 200 });
    expect(clawBack(0, 300)).toEqual({ takenMinor: 0, owedMinor: 300 });
    expect([netted(200, 150), netted(200, 500), netted(0, 500)]).toEqual([150, 200, 0]);
  });
});

describe('a trial balance', () => {
  it('keeps units apart, and says which does not balance', () => {
    const of = (debitsPosted: number, creditsPosted: number) => ({ debitsPosted, creditsPosted });
    const balances = trialBalances([
      trialLine('gateway/stripe/GBP', 'GBP', of(100, 40)),
      trialLine('suspense/orders/GBP', 'GBP', of(40, 100)),
      trialLine('points/issued', 'PTS', of(7, 0)),
    ]);
    expect(balances).toMatchObject([
      { unit: 'GBP', debitMinor: 60, creditMinor: 60, isBalanced: true },
      { unit: 'PTS', debitMinor: 7, creditMinor: 0, isBalanced: false },
    ]);
  });
});

describe('comparing with a gateway’s own list', () => {
  const moved = (ref: string, amountMinor: number, atMs: number, kind: GatewayMovement['kind'] = 'captured') => {
    return { ref, kind, currency: 'GBP', amountMinor, atMs };
  };
  const window = { fromMs: 100, untilMs: 200 };

  it('finds what only one side knows, and what differs', () => {
    const ours = [moved('a', 10, 150), moved('b', 10, 150), moved('c', 10, 150), moved('c', 4, 160, 'returned')];
    const theirs = [moved('a', 10, 150), moved('c', 10, 150), moved('c', 5, 160, 'returned'), moved('d', 3, 150)];
    expect(reconcile(ours, theirs, window)).toEqual([
      { ref: 'b', kind: 'captured', currency: 'GBP', oursMinor: 10, theirsMinor: 0 },
      { ref: 'c', kind: 'returned', currency: 'GBP', oursMinor: 4, theirsMinor: 5 },
      { ref: 'd', kind: 'captured', currency: 'GBP', oursMinor: 0, theirsMinor: 3 },
    ]);
  });

  it('is not confused by what one side wrote just outside', () => {
    expect(reconcile([moved('a', 10, 201)], [moved('a', 10, 199)], window)).toEqual([]);
    expect(reconcile([moved('a', 10, 250)], [], window)).toEqual([]);
  });
});
