import { buildPushPayload } from '@block65/webcrypto-web-push';
import { askProvider, resultOf } from '../ask-provider.ts';
import type { Push, SendResult } from '../message-port.ts';
import { isPushService } from '../push-services.ts';

/** Who we are to push services (RFC 8292): a P-256 key pair, base64url, and where their operators can reach us. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string; readonly subject: string };

type Reach = { readonly fetch: typeof fetch; readonly timeoutMs?: number };

/** Web push: the text is sealed to the browser's keys (RFC 8291), so that the push service carries what it cannot read. */
export function webPush(vapid: VapidKeys, { fetch: reach, timeoutMs }: Reach) {
  return async (push: Push): Promise<SendResult> => {
    const { endpoint, p256dh, auth } = push.to;
    // Looked at again here: a row may be older than the list of services.
    if (!isPushService(endpoint)) return { sent: false, retry: false, why: 'Not a push service we know', isGone: true };
    const sealed = await seal(vapid, push, { endpoint, expirationTime: null, keys: { p256dh, auth } });
    if (sealed === undefined) return { sent: false, retry: false, why: 'The browser’s keys are none', isGone: true };
    const answer = await askProvider(reach, endpoint, { ...sealed, method: 'POST' }, timeoutMs);
    const result = resultOf('The push service', answer);
    if (!result.sent && (answer?.status === 404 || answer?.status === 410)) return { ...result, isGone: true };
    return result;
  };
}

type Subscription = Parameters<typeof buildPushPayload>[1];

/** Undefined when the subscription's keys are not what a browser makes. */
async function seal(vapid: VapidKeys, push: Push, subscription: Subscription) {
  const { title, body, path, tag, urgency, ttlSeconds } = push;
  try {
    return await buildPushPayload(
      { data: { title, body, path, tag }, options: { ttl: ttlSeconds, urgency } },
      subscription,
      vapid,
    );
  } catch {
    return undefined;
  }
}

/** Where no keys are set up, nobody could subscribe either. */
export function noPush(): Promise<SendResult> {
  return Promise.resolve({ sent: false, retry: false, why: 'Push is not set up' });
}
