import { dropPushSubscription, savePushSubscription } from '#d1/queries/push-subscriptions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { PushSubscription } from '#workers/messaging/message-port.ts';
import { isPushService } from '#workers/messaging/push-services.ts';
import type { Services } from '#workers/services.ts';

/** Notices about this person's account reach this browser from now on. Said twice, it is the same. */
export async function keepPush(
  { db, clock }: Services,
  personId: string,
  subscription: PushSubscription,
): Promise<Result<undefined, 'malformed_request'>> {
  if (!isPushService(subscription.endpoint)) return fail('malformed_request', { field: 'endpoint' });
  await savePushSubscription(db, { ...subscription, personId, createdAtMs: clock() });
  return ok();
}

export async function dropPush({ db }: Services, personId: string, endpoint: string): Promise<void> {
  await dropPushSubscription(db, personId, endpoint);
}
