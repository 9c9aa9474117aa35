import { macKey } from './derive.ts';
import { toBase64Url } from './signed-token.ts';

/**
 * What is stored of a PIN. A million of them are tried in a second against any plain digest, so the key is ours alone; the
 * business is in it, so that equal PINs of two businesses look different.
 */
export async function pinDigest(masterKey: Uint8Array, businessId: string, pin: string): Promise<string> {
  const key = await macKey(masterKey, 'staff-pin');
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${businessId}\n${pin}`));
  return toBase64Url(new Uint8Array(mac));
}
