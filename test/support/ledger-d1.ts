import { database } from '#d1/database.ts';
import { accountOf, type AccountId } from '#shared/ledger/accounts.ts';
import type { Transfer } from '#shared/ledger/transfer.ts';
import { openAccounts, writeTransfers } from '#d1/queries/ledger-rows.ts';
import { environment } from './environment.ts';

export const db = database(environment.DB);

let made = 0;

/** An id nobody used before, in any account or transfer of this file. */
export const fresh = (prefix: string) => `${prefix}_${(made += 1)}${crypto.randomUUID().slice(0, 8)}`;

export function transfer(overrides: Partial<Transfer> = {}): Transfer {
  return {
    transferId: fresh('test'),
    debit: 'gateway/stripe/GBP',
    credit: 'suspense/orders/GBP',
    amountMinor: 100,
    unit: 'GBP',
    cause: 'test',
    atMs: 1_000,
    ...overrides,
  };
}

/** Gives a new customer something to spend. */
export async function customerWith({ cashMinor = 0, points = 0 }: { cashMinor?: number; points?: number }) {
  const customerId = fresh('cus');
  const given: Transfer[] = [
    transfer({ debit: 'promotion/platform/GBP', credit: `customer/${customerId}/cash/GBP`, amountMinor: cashMinor }),
    transfer({ debit: 'points/issued', credit: `customer/${customerId}/points`, amountMinor: points, unit: 'PTS' }),
  ];
  await write(given.filter(({ amountMinor }) => amountMinor > 0));
  return customerId;
}

export async function write(transfers: readonly Transfer[]): Promise<void> {
  const [first, ...rest] = writeTransfers(db, transfers);
  if (first !== undefined) await db.batch([first, ...rest]);
}

export async function open(...ids: AccountId[]): Promise<void> {
  const [one = 'gateway/stripe/GBP', other = one] = ids;
  await db.batch([openAccounts(db, [transfer({ debit: one, credit: other, unit: accountOf(one)?.unit ?? 'GBP' })])]);
}

/** Straight SQL, past all our own code. Answers what the database said of it. */
export async function refusal(sql: string, ...values: unknown[]): Promise<string | undefined> {
  try {
    await db.$client
      .prepare(sql)
      .bind(...values)
      .run();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

export async function sumsOf(id: AccountId) {
  const row = await db.$client
    .prepare(
      `SELECT debits_posted AS debitsPosted, credits_posted AS creditsPosted, debits_pending AS debitsPending,
         credits_pending AS creditsPending FROM ledger_accounts WHERE id = ?`,
    )
    .bind(id)
    .first<{ debitsPosted: number; creditsPosted: number; debitsPending: number; creditsPending: number }>();
  return row ?? undefined;
}
