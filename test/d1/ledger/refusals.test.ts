import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusedRow } from '#d1/queries/refused-row.ts';
import type { AccountId } from '#shared/ledger/accounts.ts';
import { customerWith, db, fresh, open, refusal, sumsOf, transfer, write } from '#test/support/ledger-d1.ts';

const columns = 'transfer_id, phase, pending_id, debit, credit, amount_minor, unit, cause, order_id, at_ms';
const insert = (verb = 'INSERT') =>
  `${verb} INTO ledger_transfers (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 'test', NULL, 1000)`;

type Row = Partial<Record<'id' | 'phase' | 'pendingId' | 'debit' | 'credit' | 'unit', string | null>> & {
  amount?: number | string;
};

/** A row written by hand, whatever it says. */
const enter = (row: Row, verb?: string) => {
  const { id, phase = 'posted', pendingId = null, debit = 'gateway/stripe/GBP', credit = 'suspense/orders/GBP' } = row;
  const { amount = 10, unit = 'GBP' } = row;
  return refusal(insert(verb), id ?? fresh('row'), phase, pendingId, debit, credit, amount, unit);
};

let cash: AccountId;

beforeEach(async () => {
  await open('gateway/stripe/GBP', 'suspense/orders/GBP');
  await open('suspense/orders/NGN', 'points/issued');
  cash = `customer/${await customerWith({ cashMinor: 100, points: 50 })}/cash/GBP`;
});

describe('I4: the database itself refuses', () => {
  it.each([
    'UPDATE ledger_transfers SET amount_minor = 1',
    'DELETE FROM ledger_transfers',
    'UPDATE OR REPLACE ledger_transfers SET seq = 1',
  ])('an edit of what was written: %s', async (sql) => expect(await refusal(sql)).toContain('append-only'));

  it('another row in the place of one that stands, by its id or by its place', async () => {
    const id = fresh('row');
    expect(await enter({ id })).toBeUndefined();
    for (const verb of ['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE']) {
      expect(await enter({ id, amount: 11 }, verb)).toContain('another transfer');
    }
    const seq = await db.$client
      .prepare('SELECT seq FROM ledger_transfers WHERE transfer_id = ?')
      .bind(id)
      .first('seq');
    const placed = `INSERT OR REPLACE INTO ledger_transfers (seq, ${columns})
      VALUES (?, 'other', 'posted', NULL, 'gateway/stripe/GBP', 'suspense/orders/GBP', 5, 'GBP', 'test', NULL, 1)`;
    expect(await refusal(placed, seq)).toContain('append-only');
  });

  it('takes the same row again for no news', async () => {
    const id = fresh('row');
    await enter({ id });
    const before = await sumsOf('gateway/stripe/GBP');
    expect(await enter({ id })).toBeUndefined();
    expect(await enter({ id }, 'INSERT OR REPLACE')).toBeUndefined();
    expect(await sumsOf('gateway/stripe/GBP')).toEqual(before);
  });

  it.each([
    ['nothing', { amount: 0 }, 'positive'],
    ['a negative amount', { amount: -10 }, 'positive'],
    ['half a penny', { amount: 1.5 }, 'whole'],
    ['words', { amount: 'ten' }, 'whole'],
    ['more than a number can say', { amount: 2 ** 53 }, 'safe'],
    ['a transfer to itself', { credit: 'gateway/stripe/GBP' }, 'both sides'],
    ['an unknown account', { credit: 'suspense/orders/GBX' }, 'unknown account'],
    ['pounds into naira', { credit: 'suspense/orders/NGN' }, 'another unit'],
    ['pounds into points', { credit: 'points/issued' }, 'another unit'],
    ['a unit that is neither account’s', { unit: 'KES' }, 'another unit'],
    ['a phase nobody knows', { phase: 'maybe' }, 'unknown phase'],
    ['an end of nothing', { phase: 'post' }, 'nothing like it is pending'],
    ['an end that is no end', { pendingId: 'x' }, 'nothing is ended'],
  ])('%s', async (_what, row, said) => {
    for (const verb of ['INSERT', 'INSERT OR IGNORE']) expect(await enter(row, verb)).toContain(said);
  });

  it('a customer below zero, by posting and by setting aside', async () => {
    expect(await enter({ debit: cash, amount: 101 })).toContain('balance too low');
    expect(await enter({ debit: cash, amount: 70, phase: 'pending' })).toBeUndefined();
    expect(await enter({ debit: cash, amount: 31, phase: 'pending' })).toContain('balance too low');
    expect(await enter({ debit: cash, amount: 31 }, 'INSERT OR IGNORE')).toContain('balance too low');
    expect(await sumsOf(cash)).toEqual({ debitsPosted: 0, creditsPosted: 100, debitsPending: 70, creditsPending: 0 });
  });

  it('a debt paid off twice', async () => {
    const owed: AccountId = `receivable/${fresh('cus')}/GBP`;
    await write([transfer({ debit: owed, amountMinor: 40 })]);
    expect(await enter({ debit: cash, credit: owed, amount: 40 })).toBeUndefined();
    expect(await enter({ debit: cash, credit: owed, amount: 1 })).toContain('balance too low');
  });

  it('more than can be counted in an account', async () => {
    const [debit, credit] = [`business/${fresh('biz')}/GBP`, `business/${fresh('biz')}/GBP`] as const;
    await open(debit, credit);
    expect(await enter({ debit, credit, amount: Number.MAX_SAFE_INTEGER })).toBeUndefined();
    expect(await enter({ debit, credit, amount: 1 })).toContain('out of range');
  });

  it('an end twice, the other end, and an end of something else', async () => {
    const [id, other] = [fresh('row'), fresh('row')];
    await enter({ id, debit: cash, phase: 'pending' });
    const end = { pendingId: id, debit: cash };
    expect(await enter({ ...end, phase: 'post', amount: 9 })).toContain('nothing like it');
    expect(await enter({ ...end, phase: 'post', id: other })).toBeUndefined();
    expect(await enter({ ...end, phase: 'post', id: other })).toBeUndefined();
    for (const phase of ['post', 'void']) {
      expect(await enter({ ...end, phase }, 'INSERT OR REPLACE')).toContain('ended already');
    }
  });

  it('posting what was let go', async () => {
    const id = fresh('row');
    await enter({ id, debit: cash, phase: 'pending' });
    await enter({ pendingId: id, debit: cash, phase: 'void' });
    expect(await enter({ pendingId: id, debit: cash, phase: 'post' })).toContain('ended already');
    expect(await sumsOf(cash)).toEqual({ debitsPosted: 0, creditsPosted: 100, debitsPending: 0, creditsPending: 0 });
  });

  it.each([
    'UPDATE ledger_accounts SET credits_posted = credits_posted + 100',
    'UPDATE ledger_accounts SET is_never_negative = 0, last_seq = last_seq + 1',
    'UPDATE OR IGNORE ledger_accounts SET credits_posted = 0, last_seq = (SELECT max(seq) FROM ledger_transfers)',
    'UPDATE ledger_accounts SET last_seq = 0',
  ])('a balance without a transfer: %s', async (sql) => expect(await refusal(sql)).toContain('sums follow transfers'));

  it('an account taken away, opened anew, opened full, or opened as something else', async () => {
    expect(await refusal('DELETE FROM ledger_accounts')).toContain('accounts stay');
    const openSql = (verb: string, id: string, unit: string, never: number, posted: number) =>
      refusal(
        `${verb} INTO ledger_accounts (id, kind, owner_id, unit, normal_side, is_never_negative, is_clearing, credits_posted)
         VALUES (?, 'cash', 'x', ?, 'credit', ?, 0, ?)`,
        id,
        unit,
        never,
        posted,
      );
    expect(await openSql('INSERT OR REPLACE', cash, 'GBP', 1, 0)).toBeUndefined();
    expect(await sumsOf(cash)).toMatchObject({ creditsPosted: 100 });
    expect(await openSql('INSERT', `customer/${fresh('cus')}/cash/GBP`, 'GBP', 1, 5)).toContain('opens empty');
    expect(await openSql('INSERT', `customer/${fresh('cus')}/cash/GBP`, 'GBP', 0, 0)).toContain('what its id says');
    expect(await openSql('INSERT', `customer/${fresh('cus')}/cash/GBP`, 'KES', 1, 0)).toContain('what its id says');
  });

  it('as a row that would be refused for ever, and not as a database out of reach', async () => {
    const error = await write([transfer({ debit: cash, amountMinor: 101 })]).catch((caught: unknown) => caught);
    expect(isRefusedRow(error)).toBe(true);
  });

  it('an answer to a request that stands', async () => {
    const id = fresh('request');
    const answer = `INTO ledger_requests (id, content, outcome, at_ms) VALUES (?, '', 'done', 1)`;
    expect(await refusal(`INSERT ${answer}`, id)).toBeUndefined();
    expect(await refusal(`INSERT OR REPLACE ${answer}`, id)).toContain('answers stand');
    expect(await refusal(`UPDATE ledger_requests SET outcome = 'ended'`)).toContain('answers stand');
    expect(await refusal('DELETE FROM ledger_requests')).toContain('answers stand');
  });
});
