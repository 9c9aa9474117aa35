import { toBase64Url } from './signed-token.ts';

/** What is stored of an opaque random token. No salt or stretching: 256 random bits cannot be guessed. */
export async function tokenHash(token: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))));
}
