import { sql, type SQL } from 'drizzle-orm';
import {
  accountOf,
  cashAccount,
  platformGiver,
  pointsAccount,
  pointsIssuedAccount,
  promotionAccount,
  receivableAccount,
  type AccountId,
} from '#shared/ledger/accounts.ts';
import type { Transfer, Unit } from '#shared/ledger/transfer.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Database, Statement } from '../database.ts';
import { ledgerAccounts, ledgerTransfers } from '../schema/index.ts';
import { answerRequest, isUnanswered, readRequest, standsAs, type LedgerRequest } from './ledger-requests.ts';
import { insertRows, openAccounts, type LedgerRow } from './ledger-rows.ts';

/** Points, or credit in a currency, that the platform gives a customer or takes back. */
export type Grant = {
  /** Asked again under the same id, nothing more happens. */
  readonly id: string;
  readonly customerId: string;
  readonly unit: Unit;
  readonly amountMinor: number;
  readonly atMs: EpochMs;
};

type Sides = { readonly owner: AccountId; readonly pool: AccountId; readonly owed: AccountId };

/** Points come from their pool; credit is what the platform's promotions cost. */
function sidesOf({ customerId, unit }: Pick<Grant, 'customerId' | 'unit'>): Sides {
  const owed = receivableAccount(customerId, unit);
  if (unit === 'PTS') return { owner: pointsAccount(customerId), pool: pointsIssuedAccount, owed };
  return { owner: cashAccount(customerId, unit), pool: promotionAccount(platformGiver, unit), owed };
}

/** Statements, in one batch: gives it, and pays off with it what the customer owes from an earlier claw-back. */
export function grantStatements(db: Database, grant: Grant) {
  const { owner, pool, owed } = sidesOf(grant);
  const given = rowOf(grant, { name: 'given', debit: pool, credit: owner, cause: 'grant.given' });
  const netted = rowOf(grant, { name: 'netted', debit: owner, credit: owed, cause: 'grant.netted' });
  const request = requestOf(grant, 'given');
  return [
    openAccounts(db, [given, netted]),
    insertRows(db, [given], isUnanswered(request)),
    insertUpTo(db, netted, owedBy(owed), isUnanswered(request)),
    answerRequest(db, request, standsAs('posted', [given.transferId])),
    readRequest(db, request.id),
  ] as const;
}

/**
 * Statements, in one batch: takes back what is there, never below zero and never what is set aside for an order; the rest
 * is owed, and later grants and refunds to the wallet pay it off first.
 */
export function clawBackStatements(db: Database, grant: Grant) {
  const { owner, pool, owed } = sidesOf(grant);
  const taken = rowOf(grant, { name: 'taken', debit: owner, credit: pool, cause: 'claw_back.taken' });
  const owes = rowOf(grant, { name: 'owed', debit: owed, credit: pool, cause: 'claw_back.owed' });
  const availableMinor = availableOf(owner);
  const restMinor = sql`${grant.amountMinor} - COALESCE((SELECT ${ledgerTransfers.amountMinor} FROM ${ledgerTransfers}
    WHERE ${ledgerTransfers.transferId} = ${taken.transferId}), 0)`;
  const request = requestOf(grant, 'clawed_back');
  return [
    openAccounts(db, [taken, owes]),
    insertUpTo(db, taken, availableMinor, isUnanswered(request)),
    insertUpTo(db, owes, restMinor, isUnanswered(request)),
    answerRequest(db, request, standsAs('posted', [taken.transferId, owes.transferId])),
    readRequest(db, request.id),
  ] as const;
}

/**
 * Statements: pays off what customers owe, from what they have with us and nobody set aside. Where transfers say that somebody was
 * paid twice, as much as is there; where they put money or points back with somebody who owes, as much of those as is owed. The
 * rest they go on owing. A top-up pays nothing off: it is money they bring to spend, and taking it would be a charge nobody agreed
 * to; nor does what an order that came to nothing gives back, which was theirs all along. Written right behind the transfers, once each.
 */
export function collectStatements(db: Database, posted: readonly Transfer[]): Statement[] {
  return posted.flatMap((transfer) => {
    const collected = collectedBy(transfer);
    if (collected === undefined) return [];
    const { row, mostMinor } = collected;
    return [openAccounts(db, [row]), insertUpTo(db, row, mostMinor, isUnwritten(row))];
  });
}

function collectedBy(transfer: Transfer): { readonly row: LedgerRow; readonly mostMinor: SQL } | undefined {
  const { transferId, debit, credit, amountMinor, unit, cause, orderId, atMs } = transfer;
  const about = { transferId: `${transferId}/collected`, amountMinor, unit, orderId, atMs };
  if (cause === 'money.overpaid') {
    const { owner } = sidesOf({ customerId: accountOf(debit)?.ownerId ?? '', unit });
    return {
      row: { ...about, debit: owner, credit: debit, cause: 'overpaid.collected' },
      mostMinor: availableOf(owner),
    };
  }
  const { kind, ownerId = '' } = accountOf(credit) ?? {};
  if (cause !== 'refund.paid' || (kind !== 'cash' && kind !== 'points')) return undefined;
  const { owner, owed } = sidesOf({ customerId: ownerId, unit });
  // Of the same batch, a second claim may have taken what this one brought.
  const mostMinor = sql`MIN(${availableOf(owner)}, ${owedBy(owed)})`;
  return { row: { ...about, debit: owner, credit: owed, cause: 'refund.netted' }, mostMinor };
}

/** What is owed on a receivable and not being paid off. */
function owedBy(owed: AccountId): SQL {
  return sql`COALESCE((SELECT ${ledgerAccounts.debitsPosted} - ${ledgerAccounts.creditsPosted}
    - ${ledgerAccounts.creditsPending} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.id} = ${owed}), 0)`;
}

function availableOf(owner: AccountId): SQL {
  return sql`COALESCE((SELECT ${ledgerAccounts.creditsPosted} - ${ledgerAccounts.debitsPosted}
    - ${ledgerAccounts.debitsPending} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.id} = ${owner}), 0)`;
}

/** What other content under a known id is told by. */
export function grantContent({ customerId, unit, amountMinor }: Grant, what: 'given' | 'clawed_back'): string {
  return JSON.stringify([what, customerId, unit, amountMinor]);
}

function requestOf(grant: Grant, what: 'given' | 'clawed_back'): LedgerRequest {
  return { id: `grant/${grant.id}`, content: grantContent(grant, what), atMs: grant.atMs };
}

type Move = {
  readonly name: string;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly cause: string;
};

function rowOf({ id, unit, amountMinor, atMs }: Grant, { name, ...move }: Move): LedgerRow {
  return { transferId: `grant/${id}/${name}`, ...move, amountMinor, unit, atMs };
}

/** Statement: the row, of as much as there is of its amount; none of nothing. */
function insertUpTo(db: Database, row: LedgerRow, mostMinor: SQL, condition: SQL): Statement {
  const { transferId, debit, credit, amountMinor, unit, cause, orderId, atMs } = row;
  return db.insert(ledgerTransfers).select(sql`SELECT NULL, ${transferId}, 'posted', NULL, ${debit}, ${credit}, amount,
      ${unit}, ${cause}, ${orderId ?? null}, NULL, NULL, ${atMs}
    FROM (SELECT MIN(${amountMinor}, ${mostMinor}) AS amount) WHERE amount > 0 AND ${condition}`);
}

/**
 * Statements: everything a pseudonym has goes to another one of the same person, but for what is set aside for an order under
 * way. `id` makes a repeat post nothing.
 */
export function moveBalances(
  db: Database,
  { id, from, to, atMs }: { id: string; from: string; to: string; atMs: EpochMs },
  units: readonly Unit[],
): Statement[] {
  return units.flatMap((unit) => {
    const { owner: debit } = sidesOf({ customerId: from, unit });
    const { owner: credit } = sidesOf({ customerId: to, unit });
    const row: LedgerRow = {
      transferId: `moved/${id}/${unit}`,
      debit,
      credit,
      amountMinor: Number.MAX_SAFE_INTEGER,
      unit,
      cause: 'owner.moved',
      atMs,
    };
    return [openAccounts(db, [row]), insertUpTo(db, row, availableOf(debit), isUnwritten(row))];
  });
}

function isUnwritten({ transferId }: LedgerRow): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${ledgerTransfers} WHERE ${ledgerTransfers.transferId} = ${transferId})`;
}
