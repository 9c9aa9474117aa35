import { encodeBase32 } from '#shared/encoding/base32.ts';
import { macKey } from './derive.ts';

const idLength = 10;

/**
 * A customer's id in orders, logs and ledgers: the same address is the same id, and without the secret the id says
 * nothing about the address.
 */
export async function customerIdOf(masterKey: Uint8Array, email: string): Promise<string> {
  return `cus_${await pseudonymOf(masterKey, 'customer-id', normaliseEmail(email))}`;
}

/** The same text is the same pseudonym, for one purpose; without the secret it says nothing. */
export async function pseudonymOf(masterKey: Uint8Array, purpose: string, text: string): Promise<string> {
  const key = await macKey(masterKey, purpose);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return encodeBase32(new Uint8Array(mac).subarray(0, idLength));
}

export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
