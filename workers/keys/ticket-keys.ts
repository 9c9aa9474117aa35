import { encodeGrants, encodeHeader, signedBytes, writePrintedCode, type TicketGrants } from '#shared/tickets/code.ts';
import type { GateKeys, TicketIssuer, TicketVerifier } from '#shared/tickets/keys.ts';
import { holderChecks, importGateKey, sealOrOpen, verifyIssued } from '#shared/tickets/web-crypto.ts';
import { deriveBytes } from './derive.ts';
import { deriveSigningPair } from './ed25519.ts';

const gateKeyLength = 16;

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
 * Makes and checks ticket codes with WebCrypto. Any event's keys can be derived from the secret, so callers ask for live key ids of their own event
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
  const [{ privateKey, publicKey, publicBytes }, gateKey] = await Promise.all([
    deriveSigningPair(masterKey, `issuer/1/${name}`),
    deriveBytes(masterKey, `gate/1/${name}`, gateKeyLength),
  ]);
  const sealKey = await importGateKey(crypto.subtle, gateKey);
  return { privateKey, publicKey, sealKey, forGates: { keyId, publicKey: publicBytes, gateKey } };
}
