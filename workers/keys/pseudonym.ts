import { encodeBase32 } from '#shared/encoding/base32.ts';
import { macKey } from './derive.ts';

const idLength = 10;

/**
 * A customer's id in orders, logs and ledgers: the same address is the same id, and without the secret the id says
 * nothing about the address.
 */
export async function customerIdOf(masterKey: Uint8Array, email: string): Promise<string> {
  const key = await macKey(masterKey, 'customer-id');
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(normaliseEmail(email)));
  return `cus_${encodeBase32(new Uint8Array(mac).subarray(0, idLength))}`;
}

export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
