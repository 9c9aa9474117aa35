import { and, desc, eq, sql } from 'drizzle-orm';
import { bankAccount, businessAccount } from '#shared/ledger/accounts.ts';
import type { Currency } from '#shared/money/money.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Database } from '../database.ts';
import { businesses, payouts } from '../schema/index.ts';
import { answerRequest, isAvailable, isUnanswered, readRequest, standsAs, wasDone } from './ledger-requests.ts';
import { insertRows, openAccounts, type LedgerRow } from './ledger-rows.ts';

export type ProposedPayout = {
  /** Made by the page that asks, so that a second press is the same payout. */
  readonly id: string;
  readonly businessId: string;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly by: string;
  readonly atMs: EpochMs;
};

/**
 * Statements, in one batch: sets the money aside if so much is due and nothing else has set it aside, and lists the payout.
 * The last but one says whether a payout was listed now; an audit entry may stand right behind it.
 */
export function proposePayout(db: Database, payout: ProposedPayout) {
  const { id, businessId, currency, amountMinor, by, atMs } = payout;
  const row = pendingRow(payout);
  const request = requestOf(payout);
  const listed = db.insert(payouts).select(
    sql`SELECT ${id}, ${businessId}, ${currency}, ${amountMinor}, 'proposed', ${by}, ${atMs}, NULL, NULL, NULL
      WHERE ${wasDone(request)} AND NOT EXISTS (SELECT 1 FROM ${payouts} WHERE ${payouts.id} = ${id})`,
  );
  return [
    openAccounts(db, [row]),
    insertRows(db, [row], sql`${isUnanswered(request)} AND ${isAvailable([row])}`),
    answerRequest(db, request, standsAs('pending', [row.transferId])),
    readRequest(db, request.id),
    listed,
  ] as const;
}

/** What other content under a known id is told by. */
export function payoutContent({ businessId, currency, amountMinor }: Omit<ProposedPayout, 'by' | 'atMs'>): string {
  return JSON.stringify([businessId, currency, amountMinor]);
}

function requestOf(payout: ProposedPayout) {
  return { id: `payout/${payout.id}`, content: payoutContent(payout), atMs: payout.atMs };
}

export type PayoutEnd = {
  readonly id: string;
  readonly as: 'paid' | 'withdrawn';
  readonly by: string;
  readonly atMs: EpochMs;
  /** As the bank's statement names it. */
  readonly reference: string | null;
};

/** Statements, in one batch: ends a proposed payout, and only such a one. The last says whether it ended now. */
export function endPayout(
  db: Database,
  payout: typeof payouts.$inferSelect,
  { id, as, by, atMs, reference }: PayoutEnd,
) {
  const pending = pendingRow({ ...payout, by, atMs });
  const end: LedgerRow = {
    ...pending,
    phase: as === 'paid' ? 'post' : 'void',
    pendingId: pending.transferId,
    transferId: `${pending.transferId}/${as}`,
    cause: `payout.${as}`,
    reference: reference ?? undefined,
  };
  const isOpen = sql`EXISTS (SELECT 1 FROM ${payouts} WHERE ${payouts.id} = ${id} AND ${payouts.state} = 'proposed')`;
  return [
    insertRows(db, [end], isOpen),
    db
      .update(payouts)
      .set({ state: as, settledBy: by, settledAtMs: atMs, reference })
      .where(and(eq(payouts.id, id), eq(payouts.state, 'proposed'))),
  ] as const;
}

function pendingRow({ id, businessId, currency, amountMinor, atMs }: ProposedPayout): LedgerRow {
  return {
    transferId: `payout/${id}`,
    phase: 'pending',
    debit: businessAccount(businessId, currency),
    credit: bankAccount(currency),
    amountMinor,
    unit: currency,
    cause: 'payout.proposed',
    atMs,
  };
}

export async function findPayout(db: Database, id: string) {
  const [payout] = await db.select().from(payouts).where(eq(payouts.id, id)).limit(1);
  return payout;
}

/** Newest first; of one business, or of all. */
export function listPayouts(db: Database, businessId: string | undefined, limit: number) {
  return db
    .select({ payout: payouts, businessName: businesses.name })
    .from(payouts)
    .leftJoin(businesses, eq(businesses.id, payouts.businessId))
    .where(businessId === undefined ? undefined : eq(payouts.businessId, businessId))
    .orderBy(desc(payouts.proposedAtMs), desc(payouts.id))
    .limit(limit);
}
