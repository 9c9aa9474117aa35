import { addGift, dueGifts, markGiftQueued, markGiftSent } from '#d1/queries/gifts.ts';
import { giftBrakes } from '#shared/access/brakes.ts';
import type { Order } from '#shared/orders/order.ts';
import type { Result } from '#shared/result.ts';
import { hourMs, secondMs } from '#shared/time.ts';
import { normaliseEmail } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import { brake } from './brake.ts';

/** How often due gifts are looked for; those due before the next look wait in the queue until their moment. */
const lookEveryMs = hourMs;
/** A message that was queued and not sent by then is taken for lost: its retries are over. */
const lostAfterMs = 4 * hourMs;
const giftsPerLook = 500;

type Planning = Pick<Services, 'db' | 'clock' | 'queueMessage'>;

/** Counts a gift before it is ordered: free tickets with a message of one's own could otherwise fill anybody's inbox. */
export function countGift(
  services: Services,
  { giftEmail, browserHash }: { giftEmail: string; browserHash: string },
): Promise<Result<undefined, 'too_many_requests'>> {
  return brake(services, [
    { ...giftBrakes.address, subject: normaliseEmail(giftEmail) },
    { ...giftBrakes.browser, subject: browserHash },
  ]);
}

/** Writes down when an order's gift is due, once, and sends it on its way if that is soon. */
export async function planGift(services: Planning, { orderId, snapshot, state }: Order): Promise<void> {
  if (snapshot.gift === undefined || state !== 'completed') return;
  await addGift(services.db, { orderId, deliverAtMs: snapshot.gift.deliverAtMs });
  if (snapshot.gift.deliverAtMs < services.clock() + lookEveryMs) await queueGifts(services);
}

/**
 * Queues the mails of gifts that are due before the next look. Each is marked after it was queued: a crash in between mails
 * one twice, which its idempotency key catches; the other way round it would lose somebody's birthday.
 */
export async function queueGifts({ db, clock, queueMessage }: Planning): Promise<void> {
  const now = clock();
  const due = await dueGifts(db, {
    untilMs: now + lookEveryMs,
    queuedBeforeMs: now - lostAfterMs,
    limit: giftsPerLook,
  });
  for (const { orderId, deliverAtMs } of due) {
    const delaySeconds = Math.max(0, Math.ceil((deliverAtMs - now) / secondMs));
    await queueMessage({ kind: 'gift_tickets', orderId }, delaySeconds);
    await markGiftQueued(db, orderId, now);
  }
}

export async function noteGiftSent({ db, clock }: Pick<Services, 'db' | 'clock'>, orderId: string): Promise<void> {
  await markGiftSent(db, orderId, clock());
}
