import { isSafeEd25519Key } from '#shared/tickets/public-keys.ts';
import { importIssuerKey, verifyIssued } from '#shared/tickets/web-crypto.ts';

export type IssuerVerifier = (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/**
 * Verifies what one issuer key signed, by the browser's own Ed25519 where it has one, otherwise by @noble/ed25519, which is
 * loaded only then. Undefined for a key nobody should take.
 */
export async function issuerVerifier(
  publicKey: Uint8Array,
  subtle: SubtleCrypto = crypto.subtle,
): Promise<IssuerVerifier | undefined> {
  if (!isSafeEd25519Key(publicKey)) return undefined;
  const key = await importIssuerKey(subtle, publicKey);
  if (key !== undefined) return (message, signature) => verifyIssued(subtle, key, message, signature);
  const { verifyAsync } = await import('@noble/ed25519');
  return async (message, signature) => {
    try {
      // As RFC 8032 has it, and not the looser rules of a blockchain, which are this package's default.
      return await verifyAsync(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  };
}
