import { Stripe } from 'stripe';
import { hourMs, secondMs } from '#shared/time.ts';

/** How long the merchant may take to answer a webhook. Its own call to the gateway may run into a time-out meanwhile. */
const patienceMs = 20 * secondMs;
/** Until when a webhook that is on its way counts as on its way. */
export const leaseMs = 30 * secondMs;

const firstWaitMs = 2 * secondMs;

/** When a webhook that was not answered 2xx is sent again: soon, then ever more rarely, at least hourly. */
export function sendAgainAtMs(now: number, tries: number): number {
  return now + Math.min(firstWaitMs * 2 ** Math.min(tries - 1, 16), hourMs);
}

/** Sends a webhook, signed for this moment as Stripe signs each try. True when it was answered 2xx. */
export async function postWebhook(
  to: { readonly url: string; readonly secret: string; readonly fetch: typeof fetch },
  payload: string,
  now: number,
): Promise<boolean> {
  const signature = await signatureOf(payload, to.secret, now);
  try {
    const response = await to.fetch(to.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature },
      body: payload,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    // An answer nobody reads keeps its connection busy.
    await response.body?.cancel();
    return response.ok;
  } catch (error) {
    console.error('webhook got no answer', error);
    return false;
  }
}

export function signatureOf(payload: string, secret: string, atMs: number): Promise<string> {
  const timestamp = Math.floor(atMs / 1_000);
  return signer.webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp,
    cryptoProvider: Stripe.createSubtleCryptoProvider(),
  });
}

/** Only ever signs: it is given no key and calls nobody. */
const signer = new Stripe('sk_test_none', { httpClient: Stripe.createFetchHttpClient() });

export const apiVersion: string = Stripe.API_VERSION;
