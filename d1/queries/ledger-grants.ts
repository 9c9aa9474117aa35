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
  const owedMinor = sql`COALESCE((SELECT ${ledgerAccounts.debitsPosted} - ${ledgerAccounts.creditsPosted}
    - ${ledgerAccounts.creditsPending} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.id} = ${owed}), 0)`;
  const request = requestOf(grant, 'given');
  return [
    openAccounts(db, [given, netted]),
    insertRows(db, [given], isUnanswered(request)),
    insertUpTo(db, netted, owedMinor, isUnanswered(request)),
    answerRequest(db, request, standsAs('posted', [given.transferId])),
    readRequest(db, request.id),
  ] as const;
}

/**
 * Statements, in one batch: takes back what is there, never below zero and never what is set aside for an order; the rest
 * is owed, and later grants pay it off first.
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
 * Statements: takes what customers were paid twice from what they have with us, as much as is there and not set aside; the rest
 * they go on owing. Written right behind the transfers that say they owe it, and once each.
 */
export function collectStatements(db: Database, owed: readonly Transfer[]): Statement[] {
  return owed
    .filter(({ cause }) => cause === 'money.overpaid')
    .flatMap(({ transferId, debit, amountMinor, unit, orderId, atMs }) => {
      const { ownerId = '' } = accountOf(debit) ?? {};
      const { owner } = sidesOf({ customerId: ownerId, unit });
      const sides = { debit: owner, credit: debit, amountMinor, unit };
      const row: LedgerRow = {
        transferId: `${transferId}/collected`,
        ...sides,
        cause: 'overpaid.collected',
        orderId,
        atMs,
      };
      return [openAccounts(db, [row]), insertUpTo(db, row, availableOf(owner), isUnwritten(row))];
    });
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
