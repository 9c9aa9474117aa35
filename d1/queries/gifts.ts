import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { giftDeliveries } from '../schema/index.ts';

/** The first writing counts. */
export async function addGift(db: Database, gift: { orderId: string; deliverAtMs: number }): Promise<void> {
  await db.insert(giftDeliveries).values(gift).onConflictDoNothing();
}

/** Gifts due by then that are not under way: never queued, or so long ago that their message got lost. */
export function dueGifts(
  db: Database,
  { untilMs, queuedBeforeMs, limit }: { untilMs: number; queuedBeforeMs: number; limit: number },
) {
  return db
    .select({ orderId: giftDeliveries.orderId, deliverAtMs: giftDeliveries.deliverAtMs })
    .from(giftDeliveries)
    .where(
      and(
        isNull(giftDeliveries.sentAtMs),
        lt(giftDeliveries.deliverAtMs, untilMs),
        or(isNull(giftDeliveries.queuedAtMs), lt(giftDeliveries.queuedAtMs, queuedBeforeMs)),
      ),
    )
    .orderBy(asc(giftDeliveries.deliverAtMs))
    .limit(limit);
}

export async function markGiftQueued(db: Database, orderId: string, nowMs: number): Promise<void> {
  await db.update(giftDeliveries).set({ queuedAtMs: nowMs }).where(eq(giftDeliveries.orderId, orderId));
}

export async function markGiftSent(db: Database, orderId: string, nowMs: number): Promise<void> {
  await db
    .update(giftDeliveries)
    .set({ sentAtMs: nowMs })
    .where(and(eq(giftDeliveries.orderId, orderId), isNull(giftDeliveries.sentAtMs)));
}
