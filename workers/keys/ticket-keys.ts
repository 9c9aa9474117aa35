import { getPublicKeyAsync } from '@noble/ed25519';
import {
  encodeGrants,
  encodeHeader,
  signedBytes,
  writePrintedCode,
  type PrintedCode,
  type TicketGrants,
  type TicketHeader,
} from '#shared/tickets/code.ts';
import { currentKeyId, type TicketIssuer, type TicketVerifier } from '#shared/tickets/keys.ts';
import { deriveBytes } from './derive.ts';

const seedLength = 32;
/** PKCS#8 header of an Ed25519 private key (RFC 8410): WebCrypto imports no bare seed. */
const pkcs8Header = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

type IssuerKeys = { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey; readonly sealKey: CryptoKey };

/** Keys one isolate remembers; an isolate serves few events at a time. */
const rememberedKeys = 256;

/**
 * Makes and checks ticket codes with WebCrypto; only the public key of a seed, which WebCrypto cannot compute, comes
 * from @noble/ed25519. The server derives any event's keys from the secret, so it can also tell a genuine ticket of
 * another event from a forgery.
 */
export function ticketKeys(masterKey: Uint8Array): TicketIssuer & TicketVerifier {
  const keys = new Map<string, Promise<IssuerKeys>>();

  function keysOf({ eventNumber, keyId }: TicketHeader): Promise<IssuerKeys> {
    const name = `${eventNumber}/${keyId}`;
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= rememberedKeys) keys.clear();
    const made = deriveIssuerKeys(masterKey, name);
    keys.set(name, made);
    return made;
  }

  return {
    async issue(header: TicketHeader, grants: TicketGrants): Promise<string> {
      const { privateKey, sealKey } = await keysOf(header);
      const headerBytes = encodeHeader(header);
      const sealed = await seal(sealKey, headerBytes, encodeGrants(grants));
      const signature = await crypto.subtle.sign('Ed25519', privateKey, signedBytes(headerBytes, sealed));
      return writePrintedCode(headerBytes, sealed, new Uint8Array(signature));
    },

    async verify(code: PrintedCode): Promise<boolean> {
      // Unknown key ids are refused before any key is derived, or forged codes could fill the isolate's memory.
      if (code.header.keyId !== currentKeyId) return false;
      const { publicKey } = await keysOf(code.header);
      return crypto.subtle.verify(
        'Ed25519',
        publicKey,
        code.signature,
        signedBytes(code.headerBytes, code.sealedGrants),
      );
    },
  };
}

async function deriveIssuerKeys(masterKey: Uint8Array, name: string): Promise<IssuerKeys> {
  const [seed, sealBytes] = await Promise.all([
    deriveBytes(masterKey, `issuer/1/${name}`, seedLength),
    deriveBytes(masterKey, `gate/1/${name}`, 16),
  ]);
  const pkcs8 = new Uint8Array([...pkcs8Header, ...seed]);
  const [privateKey, publicKey, sealKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']),
    getPublicKeyAsync(seed).then((bytes) => crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify'])),
    crypto.subtle.importKey('raw', sealBytes, 'AES-CTR', false, ['encrypt']),
  ]);
  return { privateKey, publicKey, sealKey };
}

/** XOR with AES-CTR whose counter block is the header: one header seals one plaintext, and sealing twice unseals. */
async function seal(key: CryptoKey, headerBytes: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
  const parameters = { name: 'AES-CTR', counter: headerBytes, length: 64 };
  return new Uint8Array(await crypto.subtle.encrypt(parameters, key, bytes));
}
