import { sql } from 'drizzle-orm';
import {
  cashAccount,
  platformGiver,
  pointsAccount,
  pointsIssuedAccount,
  promotionAccount,
  suspenseAccount,
} from '#shared/ledger/accounts.ts';
import type { Currency } from '#shared/money/money.ts';
import type { BalanceState, Tender } from '#shared/orders/attempt.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Database, Statement } from '../database.ts';
import {
  answerRequest,
  endRequest,
  isAvailable,
  isUnanswered,
  readRequest,
  standsAs,
  wasDone,
  type LedgerRequest,
} from './ledger-requests.ts';
import { insertRows, openAccounts, type LedgerRow } from './ledger-rows.ts';

/** A balance as a way to pay: the part of an attempt that no card pays for. */
export type TenderRequest = {
  readonly attemptId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly tender: Pick<Tender, 'walletMinor' | 'points' | 'pointsMinor'>;
};

export type TenderStep = 'reserve' | 'post' | 'unreserve' | 'giveBack';

/**
 * One step, and how the tender stands afterwards, in one batch: D1 runs batches one after the other, so of any two steps
 * one comes first, and each decides by what the other left. Throws for other content under a known attempt.
 */
export async function stepTender(
  db: Database,
  step: TenderStep,
  asked: TenderRequest,
  nowMs: EpochMs,
): Promise<BalanceState> {
  const request = requestOf(asked, nowMs);
  const rows = rowsOf(asked, nowMs);
  const steps = { reserve, post, unreserve, giveBack } as const;
  const results = await db.batch([
    ...steps[step](db, request, rows),
    readRequest(db, request.id),
    db
      .select({
        isPosted: sql<0 | 1>`${standsAs('post', rows.pendingIds)}`.as('is_posted'),
        isVoid: sql<0 | 1>`${standsAs('void', rows.pendingIds)}`.as('is_void'),
        isReturned: sql<0 | 1>`${standsAs('posted', rows.returnedIds)}`.as('is_returned'),
      })
      .from(sql`(SELECT 1)`),
  ] as unknown as [Statement, ...Statement[]]);
  const [answer] = results.at(-2) as Awaited<ReturnType<typeof readRequest>>;
  const [stands] = results.at(-1) as Stands[];
  if (answer !== undefined && answer.content !== request.content) {
    throw new Error(`${asked.attemptId} was asked about with another tender`);
  }
  return stateOf(answer?.outcome, stands);
}

type Stands = { readonly isPosted: 0 | 1; readonly isVoid: 0 | 1; readonly isReturned: 0 | 1 };

function stateOf(outcome: 'done' | 'balance_too_low' | 'ended' | undefined, stands: Stands | undefined): BalanceState {
  switch (outcome) {
    case undefined:
      return 'new';
    case 'balance_too_low':
      return 'refused';
    case 'ended':
      return 'void';
    case 'done':
      if (stands?.isReturned) return 'returned';
      if (stands?.isPosted) return 'posted';
      return stands?.isVoid ? 'void' : 'reserved';
  }
}

type Rows = ReturnType<typeof rowsOf>;

/** All or nothing, over what is not set aside already; refused, it stays refused. */
function reserve(db: Database, request: LedgerRequest, { pending, pendingIds }: Rows): Statement[] {
  const condition = sql`${isUnanswered(request)} AND ${isAvailable(pending)}`;
  return [
    openAccounts(db, pending),
    insertRows(db, pending, condition),
    answerRequest(db, request, standsAs('pending', pendingIds)),
  ];
}

function post(db: Database, request: LedgerRequest, { posts, pendingIds }: Rows): Statement[] {
  const condition = sql`${wasDone(request)} AND NOT ${standsAs('void', pendingIds)}`;
  return [openAccounts(db, posts), insertRows(db, posts, condition)];
}

function unreserve(db: Database, request: LedgerRequest, { voids, pendingIds }: Rows): Statement[] {
  const condition = sql`${wasDone(request)} AND NOT ${standsAs('post', pendingIds)}`;
  return [endRequest(db, request), insertRows(db, voids, condition)];
}

function giveBack(db: Database, request: LedgerRequest, { returns, pendingIds }: Rows): Statement[] {
  return [insertRows(db, returns, sql`${wasDone(request)} AND ${standsAs('post', pendingIds)}`)];
}

function requestOf(asked: TenderRequest, atMs: EpochMs): LedgerRequest {
  const { attemptId, orderId, customerId, currency, tender } = asked;
  const { walletMinor, points, pointsMinor } = tender;
  const content = JSON.stringify([orderId, customerId, currency, walletMinor, points, pointsMinor]);
  return { id: `${attemptId}/balance`, content, atMs };
}

/**
 * Every row an attempt's tender may ever need. Points leave the customer for the pool they were issued from; what they are
 * worth is the platform's promotion, and pays the order.
 */
function rowsOf({ attemptId, orderId, customerId, currency, tender }: TenderRequest, atMs: EpochMs) {
  const suspense = suspenseAccount(currency);
  const held: LedgerRow[] = [
    {
      transferId: `${attemptId}/wallet`,
      debit: cashAccount(customerId, currency),
      credit: suspense,
      amountMinor: tender.walletMinor,
      unit: currency,
      cause: 'balance.reserved',
      orderId,
      atMs,
    },
    {
      transferId: `${attemptId}/points`,
      debit: pointsAccount(customerId),
      credit: pointsIssuedAccount,
      amountMinor: tender.points,
      unit: 'PTS',
      cause: 'balance.reserved',
      orderId,
      atMs,
    },
  ];
  const worth: LedgerRow = {
    transferId: `${attemptId}/points_value`,
    debit: promotionAccount(platformGiver, currency),
    credit: suspense,
    amountMinor: tender.pointsMinor,
    unit: currency,
    cause: 'balance.posted',
    orderId,
    atMs,
  };
  const moves = ({ amountMinor }: LedgerRow) => amountMinor !== 0;
  const pending = held.filter(moves).map((row): LedgerRow => ({ ...row, phase: 'pending' }));
  const worths = [worth].filter(moves);
  const returns = [...pending, ...worths].map(returnOf);
  return {
    pending,
    pendingIds: pending.map(({ transferId }) => transferId),
    posts: [...pending.map((row) => endOf(row, 'post', 'balance.posted')), ...worths],
    voids: pending.map((row) => endOf(row, 'void', 'balance.void')),
    returns,
    returnedIds: returns.map(({ transferId }) => transferId),
  };
}

function endOf(row: LedgerRow, phase: 'post' | 'void', cause: string): LedgerRow {
  return { ...row, phase, cause, pendingId: row.transferId, transferId: `${row.transferId}/${phase}` };
}

function returnOf(row: LedgerRow): LedgerRow {
  const { transferId, debit, credit } = row;
  const sides = { debit: credit, credit: debit };
  return { ...row, ...sides, phase: 'posted', cause: 'balance.returned', transferId: `${transferId}/returned` };
}
