import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { DeskEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Database, Statement } from '../database.ts';
import { deadLetters, disputes, orderLines, scans, tickets } from '../schema/index.ts';

export type DisputeRow = typeof disputes.$inferSelect;

type DisputeEntry = Extract<LogEntry<DeskEntry>, { kind: `dispute.${string}` }>;

/** Statements: what a desk's log says of a dispute. */
export function projectDispute(db: Database, entry: DisputeEntry): Statement[] {
  const { disputeId: id, orderId, gateway, currency, amountMinor, atMs } = entry;
  const set = (changes: Parameters<ReturnType<typeof db.update<typeof disputes>>['set']>[0]) =>
    db.update(disputes).set(changes).where(eq(disputes.id, id));
  switch (entry.kind) {
    case 'dispute.opened': {
      const { reason = '', answerByMs = null } = entry;
      const about = { id, orderId, gateway, currency, amountMinor, reason, answerByMs };
      return [db.insert(disputes).values({ ...about, state: 'open', openedAtMs: atMs, closedAtMs: null })];
    }
    case 'dispute.won':
    case 'dispute.lost':
      return [set({ state: entry.kind === 'dispute.won' ? 'won' : 'lost', closedAtMs: atMs })];
    case 'dispute.fee':
      return [set({ feeMinor: sql`${disputes.feeMinor} + ${amountMinor}` })];
    case 'dispute.fee_returned':
      return [set({ feeMinor: sql`${disputes.feeMinor} - ${amountMinor}` })];
  }
}

/** Open ones first, by the day the bank stops listening; then newest first. Of businesses, or of all. */
export function listDisputes(db: Database, businessIds: readonly string[] | undefined, limit: number) {
  return db
    .select()
    .from(disputes)
    .where(businessIds === undefined ? undefined : isSoldBy(businessIds))
    .orderBy(
      sql`${disputes.state} <> 'open'`,
      sql`${disputes.answerByMs} IS NULL`,
      disputes.answerByMs,
      desc(disputes.openedAtMs),
    )
    .limit(limit);
}

/** One that these businesses sold something of; undefined for any other. */
export async function findDispute(db: Database, id: string, businessIds: readonly string[] | undefined) {
  const [found] = await db
    .select()
    .from(disputes)
    .where(and(eq(disputes.id, id), businessIds === undefined ? undefined : isSoldBy(businessIds)))
    .limit(1);
  return found;
}

function isSoldBy(businessIds: readonly string[]) {
  return sql`EXISTS (SELECT 1 FROM ${orderLines} WHERE ${orderLines.orderId} = ${disputes.orderId}
    AND ${orderLines.businessId} IN (SELECT value FROM json_each(${JSON.stringify(businessIds)})))`;
}

/** What gates saw of an order's tickets, in the order it happened. */
export function scansOfOrder(db: Database, orderId: string, limit: number) {
  return db
    .select({ scan: scans, typeName: tickets.typeName })
    .from(tickets)
    .innerJoin(scans, eq(scans.ticketId, tickets.id))
    .where(eq(tickets.orderId, orderId))
    .orderBy(scans.atMs, scans.seq)
    .limit(limit);
}

/** Messages about an order that could not be delivered and were not sent again. */
export function undeliveredOf(db: Database, orderId: string) {
  return db
    .select({ kind: deadLetters.kind, failedAtMs: deadLetters.failedAtMs })
    .from(deadLetters)
    .where(and(sql`json_extract(${deadLetters.message}, '$.orderId') = ${orderId}`, isNull(deadLetters.settledAtMs)));
}
