import { expect, it } from 'vitest';
import { collectStatements } from '#d1/queries/ledger-grants.ts';
import { writeTransfers } from '#d1/queries/ledger-rows.ts';
import { ledgerAccounts } from '#d1/schema/index.ts';
import { balanceOf } from '#shared/ledger/trial-balance.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import { customerWith, db, fresh } from '#test/support/ledger-d1.ts';

async function balances(customerId: string) {
  const rows = await db.select().from(ledgerAccounts);
  const of = (id: string) => rows.filter((row) => row.id === id).map((row) => balanceOf(row.normalSide, row))[0] ?? 0;
  return { cash: of(`customer/${customerId}/cash/GBP`), owed: of(`receivable/${customerId}/GBP`) };
}

// I4: a claw-back takes what is there; the rest is a receivable.
it.each([
  ['all of it, when there is enough', 1_500, { cash: 500, owed: 0 }],
  ['what there is, and the rest is owed', 300, { cash: 0, owed: 700 }],
  ['nothing, when there is nothing', 0, { cash: 0, owed: 1_000 }],
])('what a card got twice is taken from its buyer’s wallet: %s; read again, once', async (_what, cashMinor, left) => {
  const customerId = await customerWith({ cashMinor });
  const postings = postingsOf({
    kind: 'money.overpaid',
    orderId: fresh('ord'),
    customerId,
    currency: 'GBP',
    name: 'd1',
    cause: 'gateway_dashboard',
    gateway: 'stripe',
    amountMinor: 1_000,
    seq: 1,
    atMs: 10,
  });
  for (const _again of [1, 2]) {
    const [first, ...rest] = [...writeTransfers(db, postings), ...collectStatements(db, postings)];
    if (first !== undefined) await db.batch([first, ...rest]);
  }
  expect(await balances(customerId)).toEqual(left);
});
