import { eq, sql } from 'drizzle-orm';
import type { Currency } from '#shared/money/money.ts';
import type { Database } from '../database.ts';
import { businesses, events, ledgerAccounts, ledgerTallies } from '../schema/index.ts';

export type Tally = {
  readonly aboutId: string;
  readonly kind: 'business' | 'fees' | 'tax';
  readonly unit: Currency;
  readonly cause: string;
  readonly debitsMinor: number;
  readonly creditsMinor: number;
};

/**
 * What a business's events and its shop moved: on its own account, and on those of the fees and taxes its buyers paid along
 * with it. Read from tallies, so that it costs the same however much was sold.
 */
export async function talliesOf(db: Database, businessId: string): Promise<Tally[]> {
  return db.all<Tally>(sql`SELECT ${ledgerTallies.aboutId} AS "aboutId", ${ledgerAccounts.kind} AS "kind",
      ${ledgerAccounts.unit} AS "unit", ${ledgerTallies.cause} AS "cause", ${ledgerTallies.debitsMinor} AS "debitsMinor",
      ${ledgerTallies.creditsMinor} AS "creditsMinor"
    FROM ${ledgerTallies} JOIN ${ledgerAccounts} ON ${ledgerAccounts.id} = ${ledgerTallies.accountId}
    WHERE ${ledgerTallies.aboutId} IN (SELECT ${events.id} FROM ${events} WHERE ${events.businessId} = ${businessId}
        UNION SELECT ${businessId})
      AND (${ledgerAccounts.kind} IN ('fees', 'tax')
        OR (${ledgerAccounts.kind} = 'business' AND ${ledgerAccounts.ownerId} = ${businessId}))`);
}

/** Titles of a business's events. */
export async function eventTitles(db: Database, businessId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: events.id, title: events.title })
    .from(events)
    .where(eq(events.businessId, businessId));
  return new Map(rows.map(({ id, title }) => [id, title]));
}

export type Due = {
  readonly businessId: string;
  readonly name: string;
  readonly currency: Currency;
  /** Due to it; below zero after refunds of what was paid out. */
  readonly balanceMinor: number;
  /** Of it, set aside for payouts that the bank has not done yet. */
  readonly proposedMinor: number;
  /** Beside it, in dispute: let go of once banks have decided. */
  readonly withheldMinor: number;
};

/** What is due to businesses: to these, or to all that ever earned. */
export async function duesOf(db: Database, businessIds: readonly string[] | undefined): Promise<Due[]> {
  const wanted =
    businessIds === undefined
      ? sql`TRUE`
      : sql`${ledgerAccounts.ownerId} IN (SELECT value FROM json_each(${JSON.stringify(businessIds)}))`;
  return db.all<Due>(sql`SELECT ${ledgerAccounts.ownerId} AS "businessId",
      COALESCE(${businesses.name}, ${ledgerAccounts.ownerId}) AS "name", ${ledgerAccounts.unit} AS "currency",
      ${ledgerAccounts.creditsPosted} - ${ledgerAccounts.debitsPosted} AS "balanceMinor",
      ${ledgerAccounts.debitsPending} AS "proposedMinor",
      COALESCE((SELECT w."credits_posted" - w."debits_posted" FROM ${ledgerAccounts} AS w
        WHERE w."id" = 'withheld/' || ${ledgerAccounts.ownerId} || '/' || ${ledgerAccounts.unit}), 0) AS "withheldMinor"
    FROM ${ledgerAccounts} LEFT JOIN ${businesses} ON ${businesses.id} = ${ledgerAccounts.ownerId}
    WHERE ${ledgerAccounts.kind} = 'business' AND ${wanted} ORDER BY 2, 3`);
}
