import { expect, it } from 'vitest';
import { collectStatements } from '#d1/queries/ledger-grants.ts';
import { stepTender } from '#d1/queries/ledger-tender.ts';
import { writeTransfers } from '#d1/queries/ledger-rows.ts';
import { ledgerAccounts } from '#d1/schema/index.ts';
import { balanceOf } from '#shared/ledger/trial-balance.ts';
import type { Transfer } from '#shared/ledger/transfer.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import { customerWith, db, fresh, sumsOf, write } from '#test/support/ledger-d1.ts';

async function balances(customerId: string) {
  const rows = await db.select().from(ledgerAccounts);
  const of = (id: string) => rows.filter((row) => row.id === id).map((row) => balanceOf(row.normalSide, row))[0] ?? 0;
  return { cash: of(`customer/${customerId}/cash/GBP`), owed: of(`receivable/${customerId}/GBP`) };
}

const about = (customerId: string) => ({
  orderId: fresh('ord'),
  customerId,
  currency: 'GBP' as const,
  seq: 1,
  atMs: 10,
});

function overpaid(customerId: string, amountMinor: number): Transfer[] {
  const said = { name: 'd1', cause: 'gateway_dashboard', gateway: 'stripe' } as const;
  return postingsOf({ kind: 'money.overpaid', ...about(customerId), ...said, amountMinor });
}

function paidTo(to: 'card' | 'wallet', customerId: string, amountMinor: number): Transfer[] {
  return postingsOf({ kind: 'refund.paid', ...about(customerId), refundId: fresh('ref'), to, amountMinor });
}

function toppedUp(customerId: string, topUpMinor: number): Transfer[] {
  const tender = { cardMinor: topUpMinor, walletMinor: 0, points: 0, pointsMinor: 0 };
  return postingsOf({ kind: 'order.earned', ...about(customerId), shares: [], topUpMinor, tender });
}

/** As the projection posts them: in one batch, and again when it reads them again. */
async function post(postings: readonly Transfer[]): Promise<void> {
  for (const _again of [1, 2]) {
    const [first, ...rest] = [...writeTransfers(db, postings), ...collectStatements(db, postings)];
    if (first !== undefined) await db.batch([first, ...rest]);
  }
}

// I4: a claw-back takes what is there; the rest is a receivable.
it.each([
  ['all of it, when there is enough', 1_500, { cash: 500, owed: 0 }],
  ['what there is, and the rest is owed', 300, { cash: 0, owed: 700 }],
  ['nothing, when there is nothing', 0, { cash: 0, owed: 1_000 }],
])('what a card got twice is taken from its buyer’s wallet: %s; read again, once', async (_what, cashMinor, left) => {
  const customerId = await customerWith({ cashMinor });
  await post(overpaid(customerId, 1_000));
  expect(await balances(customerId)).toEqual(left);
});

it.each([
  ['less than is owed: all of it', 400, { cash: 0, owed: 600 }],
  ['just as much', 1_000, { cash: 0, owed: 0 }],
  ['more: the rest is theirs', 1_500, { cash: 500, owed: 0 }],
])('money that comes back to the wallet pays off what is owed, once: %s', async (_what, amountMinor, left) => {
  const customerId = await customerWith({});
  await post(overpaid(customerId, 1_000));
  await post(paidTo('wallet', customerId, amountMinor));
  expect(await balances(customerId)).toEqual(left);
});

it('of one batch, what a second claim took is not taken again', async () => {
  const customerId = await customerWith({});
  await post(overpaid(customerId, 400));
  await post([...paidTo('wallet', customerId, 500), ...overpaid(customerId, 300)]);
  expect(await balances(customerId)).toEqual({ cash: 0, owed: 200 });
});

it('points that come back pay off points, and no money', async () => {
  const customerId = await customerWith({});
  await post(overpaid(customerId, 300));
  const owed = { debit: `receivable/${customerId}/PTS`, credit: 'points/issued', unit: 'PTS' } as const;
  await write([{ ...owed, transferId: fresh('owed'), amountMinor: 70, cause: 'test', atMs: 1 }]);
  const said = { to: 'points', amountMinor: 100, points: 100, refundId: fresh('ref') } as const;
  await post(postingsOf({ kind: 'refund.paid', ...about(customerId), ...said }));
  expect(await sumsOf(`receivable/${customerId}/PTS`)).toMatchObject({ debitsPosted: 70, creditsPosted: 70 });
  expect(await sumsOf(`customer/${customerId}/points`)).toMatchObject({ creditsPosted: 100, debitsPosted: 70 });
  expect(await balances(customerId)).toEqual({ cash: 0, owed: 300 });
});

it('what is set aside for an order is not taken', async () => {
  const customerId = await customerWith({ cashMinor: 200 });
  const ask = { attemptId: fresh('att'), orderId: fresh('ord'), customerId, currency: 'GBP' as const };
  const tender = { walletMinor: 200, points: 0, pointsMinor: 0 };
  expect(await stepTender(db, 'reserve', { ...ask, tender }, 5)).toBe('reserved');
  await post(overpaid(customerId, 1_000));
  await post(paidTo('wallet', customerId, 300));
  expect(await balances(customerId)).toEqual({ cash: 200, owed: 700 });
});

it('a top-up is theirs to spend, and what goes to a card is no income', async () => {
  const customerId = await customerWith({});
  await post(overpaid(customerId, 1_000));
  await post([...toppedUp(customerId, 800), ...paidTo('card', customerId, 100)]);
  expect(await balances(customerId)).toEqual({ cash: 800, owed: 1_000 });
});
