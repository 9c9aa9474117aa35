import { fromBase64Url } from './signed-token.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/**
 * Whether the key's owner signed the text. Anything malformed, a point off the curve included, is a signature that does
 * not hold.
 */
export async function isSignedBy(publicKey: string, text: string, signature: string): Promise<boolean> {
  const point = fromBase64Url(publicKey);
  const bytes = fromBase64Url(signature);
  if (point === undefined || bytes === undefined) return false;
  try {
    const key = await crypto.subtle.importKey('raw', point, algorithm, false, ['verify']);
    const encoded = new TextEncoder().encode(text);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes, encoded);
  } catch {
    return false;
  }
}
