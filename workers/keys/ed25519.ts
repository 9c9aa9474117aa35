import { getPublicKeyAsync } from '@noble/ed25519';
import { importIssuerKey } from '#shared/tickets/web-crypto.ts';
import { deriveBytes } from './derive.ts';

const seedLength = 32;
/** PKCS#8 header of an Ed25519 private key (RFC 8410): WebCrypto imports no bare seed. */
const pkcs8Header = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

export type SigningPair = {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicBytes: Uint8Array;
};

/** A signing key of one purpose. Only its public half, which WebCrypto cannot compute, comes from @noble/ed25519. */
export async function deriveSigningPair(masterKey: Uint8Array, purpose: string): Promise<SigningPair> {
  const seed = await deriveBytes(masterKey, purpose, seedLength);
  const publicBytes = await getPublicKeyAsync(seed);
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', new Uint8Array([...pkcs8Header, ...seed]), 'Ed25519', false, ['sign']),
    importIssuerKey(crypto.subtle, publicBytes),
  ]);
  if (publicKey === undefined) throw new Error(`The key for ${purpose} is of small order`);
  return { privateKey, publicKey, publicBytes };
}
