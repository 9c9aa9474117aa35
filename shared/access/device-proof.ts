/**
 * What a scanner signs to show that it holds its key (ECDSA P-256 with SHA-256, as r and s). The first word keeps a
 * signature made here from being worth anything elsewhere; the nonce keeps an old one from being worth anything later.
 */
export function deviceProofText(what: 'enrol' | 'renew' | 'socket', nonce: string): string {
  return `expo-gate-${what}/1\n${nonce}`;
}

/** A P-256 point with its sign (SEC 1, 2.3.3) in base64url. */
export const publicKeyShape = /^A[g-z0-9_-][\w-]{42}$/;
/** r and s, 32 bytes each, in base64url. */
export const signatureShape = /^[\w-]{86}$/;

/** Point compression: the sign of y is its last bit. `raw` is `04 x y`, as WebCrypto exports it. */
export function compressPoint(raw: Uint8Array): Uint8Array {
  const sign = 2 + ((raw[64] ?? 0) & 1);
  return Uint8Array.of(sign, ...raw.subarray(1, 33));
}
