import { getPublicKeyAsync } from '@noble/ed25519';
import { encodeGrants, encodeHeader, signedBytes, writePrintedCode, type TicketGrants } from '#shared/tickets/code.ts';
import type { GateKeys, TicketIssuer, TicketVerifier } from '#shared/tickets/keys.ts';
import { holderChecks, importGateKey, importIssuerKey, sealOrOpen, verifyIssued } from '#shared/tickets/web-crypto.ts';
import { deriveBytes } from './derive.ts';

const seedLength = 32;
const gateKeyLength = 16;
/** PKCS#8 header of an Ed25519 private key (RFC 8410): WebCrypto imports no bare seed. */
const pkcs8Header = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

type KeyName = { readonly eventNumber: number; readonly keyId: number };
type IssuerKeys = {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly sealKey: CryptoKey;
  readonly forGates: GateKeys;
};

/** Keys one isolate remembers; an isolate serves few events at a time. */
const rememberedKeys = 256;

export type TicketKeys = TicketIssuer &
  TicketVerifier & {
    /** What an enrolled gate's manifest carries. */
    readonly gateKeys: (eventNumber: number, keyIds: readonly number[]) => Promise<GateKeys[]>;
  };

/**
 * Makes and checks ticket codes with WebCrypto; only the public key of a seed, which WebCrypto cannot compute, comes
 * from @noble/ed25519. Any event's keys can be derived from the secret, so callers ask for live key ids of their own event
 * only: what a forged code names must not decide what is derived.
 */
export function ticketKeys(masterKey: Uint8Array): TicketKeys {
  const keys = new Map<string, Promise<IssuerKeys>>();
  const { subtle } = crypto;

  function keysOf({ eventNumber, keyId }: KeyName): Promise<IssuerKeys> {
    const name = `${eventNumber}/${keyId}`;
    const known = keys.get(name);
    if (known !== undefined) return known;
    const [oldest] = keys.keys();
    if (keys.size >= rememberedKeys && oldest !== undefined) keys.delete(oldest);
    const made = deriveIssuerKeys(masterKey, name, keyId);
    keys.set(name, made);
    return made;
  }

  async function sign(name: KeyName, headerBytes: Uint8Array, grants: TicketGrants, holderKey?: Uint8Array) {
    const { privateKey, sealKey } = await keysOf(name);
    const sealedGrants = await sealOrOpen(subtle, sealKey, headerBytes, encodeGrants(grants));
    const message = signedBytes(headerBytes, sealedGrants, holderKey);
    return { sealedGrants, signature: new Uint8Array(await subtle.sign('Ed25519', privateKey, message)) };
  }

  return {
    async issue(header, grants) {
      const headerBytes = encodeHeader('printed', header);
      const { sealedGrants, signature } = await sign(header, headerBytes, grants);
      return writePrintedCode(headerBytes, sealedGrants, signature);
    },

    async issueLive(header, grants, holderKey) {
      const headerBytes = encodeHeader('live', header);
      return { headerBytes, holderKey, ...(await sign(header, headerBytes, grants, holderKey)) };
    },

    async isIssued(name, message, signature) {
      const { publicKey } = await keysOf(name);
      return verifyIssued(subtle, publicKey, message, signature);
    },

    isHeld: holderChecks(subtle),

    async gateKeys(eventNumber, keyIds) {
      const all = await Promise.all(keyIds.map((keyId) => keysOf({ eventNumber, keyId })));
      return all.map(({ forGates }) => forGates);
    },
  };
}

async function deriveIssuerKeys(masterKey: Uint8Array, name: string, keyId: number): Promise<IssuerKeys> {
  const [seed, gateKey] = await Promise.all([
    deriveBytes(masterKey, `issuer/1/${name}`, seedLength),
    deriveBytes(masterKey, `gate/1/${name}`, gateKeyLength),
  ]);
  const publicBytes = await getPublicKeyAsync(seed);
  const [privateKey, publicKey, sealKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', new Uint8Array([...pkcs8Header, ...seed]), 'Ed25519', false, ['sign']),
    importIssuerKey(crypto.subtle, publicBytes),
    importGateKey(crypto.subtle, gateKey),
  ]);
  if (publicKey === undefined) throw new Error(`The issuer key ${name} is of small order`);
  return { privateKey, publicKey, sealKey, forGates: { keyId, publicKey: publicBytes, gateKey } };
}
