/**
 * What a browser signs to show that it holds its session's key (ECDSA P-256 with SHA-256, as r and s). The first word
 * keeps a signature made here from being worth anything elsewhere, the challenge an old one from being worth anything later.
 */
export function sessionProofText(what: 'name' | 'renew', challenge: string): string {
  return `expo-session-${what}/1\n${challenge}`;
}

/** A P-256 point with its sign (SEC 1, 2.3.3) in base64url. */
export const sessionKeyShape = /^A[g-z\d_-][\w-]{42}$/;
/** r and s, 32 bytes each, in base64url. */
export const sessionSignatureShape = /^[\w-]{86}$/;
