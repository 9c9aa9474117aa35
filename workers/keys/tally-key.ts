import { macKey } from './derive.ts';
import { toBase64Url } from './signed-token.ts';

/** Under which tries are counted: says nothing about the address or browser that it counts for. */
export async function tallyKey(masterKey: Uint8Array, name: string, subject: string): Promise<string> {
  const key = await macKey(masterKey, 'velocity');
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${name}/${subject}`));
  return toBase64Url(new Uint8Array(mac).subarray(0, 16));
}
