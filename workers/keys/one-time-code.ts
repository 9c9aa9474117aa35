import { macKey } from './derive.ts';
import { toBase64Url } from './signed-token.ts';

const digits = 6;
const possible = 10 ** digits;
/** The largest multiple of a million that fits 32 bits: numbers past it would make some codes likelier. */
const fairBelow = Math.floor(2 ** 32 / possible) * possible;

/** Six digits, each code as likely as any other. */
export function makeCode(randomBytes: (length: number) => Uint8Array): string {
  for (;;) {
    const bytes = randomBytes(4);
    const number = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (number < fairBelow) return String(number % possible).padStart(digits, '0');
  }
}

/** What is stored of a code. Keyed: a million plain digests are computed in a moment by whoever steals the table. */
export async function codeDigest(masterKey: Uint8Array, challengeId: string, code: string): Promise<string> {
  const key = await macKey(masterKey, 'one-time-code');
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${challengeId}/${code}`));
  return toBase64Url(new Uint8Array(mac));
}
