import { createHash } from 'node:crypto';

/** Fingerprint of a request's payload: the same key with another payload is refused (I5). */
export function requestDigest(payload: unknown): string {
  return createHash('sha256').update(JSON.stringify(payload)).digest('base64url');
}
