import { and, asc, count, desc, eq, isNull, lt, lte, sql, sum } from 'drizzle-orm';
import type { Database, Statement } from '../database.ts';
import {
  eventChangeOrders,
  eventChanges,
  events,
  eventStock,
  orderLines,
  orders,
  programmeItems,
} from '../schema/index.ts';

export type EventChange = typeof eventChanges.$inferSelect;
export type ChangeOrder = typeof eventChangeOrders.$inferSelect;

/** A statement; nothing is written where the event was cancelled before, or this very change is known. */
export function insertChange(db: Database, change: typeof eventChanges.$inferInsert) {
  return db.insert(eventChanges).values(change).onConflictDoNothing();
}

export async function findChange(db: Database, id: string): Promise<EventChange | undefined> {
  const [change] = await db.select().from(eventChanges).where(eq(eventChanges.id, id)).limit(1);
  return change;
}

/** Newest first. */
export function changesOf(db: Database, eventId: string, limit: number): Promise<EventChange[]> {
  return db
    .select()
    .from(eventChanges)
    .where(eq(eventChanges.eventId, eventId))
    .orderBy(desc(eventChanges.startedAtMs))
    .limit(limit);
}

/** Changes whose run has not ended: their message may have got lost. */
export function openChanges(db: Database, limit: number): Promise<EventChange[]> {
  return db
    .select()
    .from(eventChanges)
    .where(isNull(eventChanges.endedAtMs))
    .orderBy(asc(eventChanges.startedAtMs))
    .limit(limit);
}

/** One that the event refused before anybody was told of it. */
export async function withdrawChange(db: Database, id: string): Promise<void> {
  await db.delete(eventChanges).where(and(eq(eventChanges.id, id), eq(eventChanges.listedAfter, '')));
}

/** Orders of a page of tickets, with how far the listing is: both or neither, and an order listed before stays as it is. */
export async function listOrders(
  db: Database,
  { id, orderIds, listedAfter, nowMs }: { id: string; orderIds: readonly string[]; listedAfter: string; nowMs: number },
): Promise<void> {
  await db.batch([
    db.insert(eventChangeOrders).select(
      sql`SELECT ${id}, value, 'due', 0, ${nowMs}, NULL, 0 FROM json_each(${JSON.stringify(orderIds)})
        WHERE NOT EXISTS (SELECT 1 FROM ${eventChangeOrders}
          WHERE ${eventChangeOrders.changeId} = ${id} AND ${eventChangeOrders.orderId} = value)`,
    ),
    // Never back: of two runs at once, the slower one says nothing new.
    db
      .update(eventChanges)
      .set({ listedAfter })
      .where(and(eq(eventChanges.id, id), lt(eventChanges.listedAfter, listedAfter))),
  ]);
}

export async function markListed(db: Database, id: string, nowMs: number): Promise<void> {
  await db
    .update(eventChanges)
    .set({ listedAtMs: nowMs })
    .where(and(eq(eventChanges.id, id), isNull(eventChanges.listedAtMs)));
}

export function dueOrders(db: Database, id: string, nowMs: number, limit: number): Promise<ChangeOrder[]> {
  return db
    .select()
    .from(eventChangeOrders)
    .where(
      and(
        eq(eventChangeOrders.changeId, id),
        eq(eventChangeOrders.state, 'due'),
        lte(eventChangeOrders.dueAtMs, nowMs),
      ),
    )
    .orderBy(asc(eventChangeOrders.dueAtMs))
    .limit(limit);
}

export async function nextDueMs(db: Database, id: string): Promise<number | undefined> {
  const [next] = await db
    .select({ dueAtMs: eventChangeOrders.dueAtMs })
    .from(eventChangeOrders)
    .where(and(eq(eventChangeOrders.changeId, id), eq(eventChangeOrders.state, 'due')))
    .orderBy(asc(eventChangeOrders.dueAtMs))
    .limit(1);
  return next?.dueAtMs;
}

/** How one order came out; what is done stays done. */
export function settleChangeOrder(
  db: Database,
  { changeId, orderId, ...outcome }: Omit<ChangeOrder, 'tries'>,
): Statement {
  return db
    .update(eventChangeOrders)
    .set({ ...outcome, tries: sql`${eventChangeOrders.tries} + 1` })
    .where(
      and(
        eq(eventChangeOrders.changeId, changeId),
        eq(eventChangeOrders.orderId, orderId),
        eq(eventChangeOrders.state, 'due'),
      ),
    );
}

/** Only once everything is listed and nothing is due: asked and written in one statement. */
export async function endChange(db: Database, id: string, nowMs: number): Promise<void> {
  await db
    .update(eventChanges)
    .set({ endedAtMs: nowMs })
    .where(
      sql`${eventChanges.id} = ${id} AND ${eventChanges.endedAtMs} IS NULL AND ${eventChanges.listedAtMs} IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ${eventChangeOrders}
        WHERE ${eventChangeOrders.changeId} = ${id} AND ${eventChangeOrders.state} = 'due')`,
    );
}

/** What failed is due again, now. Two statements for one batch; the caller says behind them who asked. */
export function retryFailed(db: Database, id: string, nowMs: number) {
  return [
    db.update(eventChanges).set({ endedAtMs: null }).where(eq(eventChanges.id, id)),
    db
      .update(eventChangeOrders)
      .set({ state: 'due', dueAtMs: nowMs, tries: 0, failureCode: null })
      .where(and(eq(eventChangeOrders.changeId, id), eq(eventChangeOrders.state, 'failed'))),
  ] as const;
}

/** How many orders stand how, and what went back. */
export async function progressOf(db: Database, id: string) {
  const rows = await db
    .select({
      state: eventChangeOrders.state,
      orders: count(),
      amountMinor: sum(eventChangeOrders.amountMinor).mapWith(Number),
    })
    .from(eventChangeOrders)
    .where(eq(eventChangeOrders.changeId, id))
    .groupBy(eventChangeOrders.state);
  const of = (state: ChangeOrder['state']) => rows.find((row) => row.state === state);
  return {
    done: of('done')?.orders ?? 0,
    due: of('due')?.orders ?? 0,
    failed: of('failed')?.orders ?? 0,
    amountMinor: of('done')?.amountMinor ?? 0,
  };
}

export function failedOrders(db: Database, id: string, limit: number): Promise<ChangeOrder[]> {
  return db
    .select()
    .from(eventChangeOrders)
    .where(and(eq(eventChangeOrders.changeId, id), eq(eventChangeOrders.state, 'failed')))
    .orderBy(asc(eventChangeOrders.orderId))
    .limit(limit);
}

/** What cancelling would come to, as far as the read models have heard. */
export async function atStake(db: Database, eventId: string) {
  const [sold] = await db
    .select({
      orders: sql<number>`count(DISTINCT ${orderLines.orderId})`,
      amountMinor: sql<number>`coalesce(sum(${orderLines.totalMinor} - ${orderLines.refundedMinor}), 0)`,
    })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(orderLines.eventId, eventId), eq(orders.state, 'completed')));
  const [stock] = await db
    .select({ tickets: sql<number>`coalesce(sum(${eventStock.sold}), 0)` })
    .from(eventStock)
    .where(and(eq(eventStock.eventId, eventId), sql`${eventStock.stockId} LIKE 'type:%'`));
  return { orders: sold?.orders ?? 0, amountMinor: sold?.amountMinor ?? 0, tickets: stock?.tickets ?? 0 };
}

/**
 * The catalogue's own dates, moved once: each statement asks whether this change moved them before, and the last one says
 * that it has. For one batch.
 */
export function moveCatalogue(db: Database, { id, eventId, startsAtMs, endsAtMs, byMs, nowMs }: CatalogueMove) {
  const isFirst = sql`EXISTS (SELECT 1 FROM ${eventChanges}
    WHERE ${eventChanges.id} = ${id} AND ${eventChanges.catalogueMovedAtMs} IS NULL)`;
  return [
    db
      .update(programmeItems)
      .set({
        startsAtMs: sql`${programmeItems.startsAtMs} + ${byMs}`,
        endsAtMs: sql`${programmeItems.endsAtMs} + ${byMs}`,
      })
      .where(and(eq(programmeItems.eventId, eventId), isFirst)),
    db
      .update(events)
      .set({ startsAtMs, endsAtMs })
      .where(and(eq(events.id, eventId), isFirst)),
    db.update(eventChanges).set({ catalogueMovedAtMs: nowMs }).where(eq(eventChanges.id, id)),
  ] as const;
}

type CatalogueMove = {
  readonly id: string;
  readonly eventId: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** How far the programme goes along. */
  readonly byMs: number;
  readonly nowMs: number;
};
