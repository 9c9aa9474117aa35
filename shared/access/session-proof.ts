/**
 * What a browser signs to show that it holds its session's key (ECDSA P-256 with SHA-256, as r and s). The first word
 * keeps a signature made here from being worth anything elsewhere, the challenge an old one from being worth anything later.
 */
export function sessionProofText(what: 'name' | 'renew', challenge: string): string {
  return `expo-session-${what}/1\n${challenge}`;
}
