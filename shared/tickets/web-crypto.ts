import { signatureLength } from './code.ts';
import { decompressPoint, isSafeEd25519Key } from './public-keys.ts';
import type { CodeChecks } from './verify.ts';

/** The part of WebCrypto's `subtle` that verifying takes: workerd, Node and browsers have it. */
export type Subtle<Key> = {
  importKey(
    format: 'raw',
    bytes: Uint8Array<ArrayBuffer>,
    algorithm: { name: string; namedCurve?: string },
    extractable: boolean,
    usages: ('verify' | 'encrypt')[],
  ): Promise<Key>;
  verify(
    algorithm: { name: string; hash?: string },
    key: Key,
    signature: Uint8Array<ArrayBuffer>,
    message: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
  encrypt(
    algorithm: { name: string; counter: Uint8Array<ArrayBuffer>; length: number },
    key: Key,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<ArrayBuffer>;
};

/** Holders' keys a verifier keeps imported: those who pass a gate twice within the hour. */
const rememberedHolders = 2_000;

/** An issuer's key, ready to verify. Undefined when it is malformed or of small order; then it verifies nothing. */
export async function importIssuerKey<Key>(subtle: Subtle<Key>, bytes: Uint8Array): Promise<Key | undefined> {
  if (!isSafeEd25519Key(bytes)) return undefined;
  try {
    return await subtle.importKey('raw', owned(bytes), { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return undefined;
  }
}

/** False for whatever is no signature: some runtimes throw for one of a wrong length. */
export async function verifyIssued<Key>(
  subtle: Subtle<Key>,
  key: Key,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.length !== signatureLength) return false;
  return subtle.verify({ name: 'Ed25519' }, key, owned(signature), owned(message));
}

/** Checks holders' signatures; each key is imported once as long as it is remembered. */
export function holderChecks<Key>(subtle: Subtle<Key>): CodeChecks['isHeld'] {
  const keys = new Map<string, Promise<Key | undefined>>();
  const importKey = holderKeyImport(subtle);
  const keyOf = (point: Uint8Array): Promise<Key | undefined> => {
    const name = String.fromCharCode(...point);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const [oldest] = keys.keys();
    if (keys.size >= rememberedHolders && oldest !== undefined) keys.delete(oldest);
    const made = importKey(point);
    keys.set(name, made);
    return made;
  };
  return async (holderKey, message, signature) => {
    const key = await keyOf(holderKey);
    if (key === undefined || signature.length !== signatureLength) return false;
    return subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, owned(signature), owned(message));
  };
}

/** AES-CTR is its own inverse: seals and opens C. One header is one counter block, so it is never used for two plaintexts. */
export async function sealOrOpen<Key>(
  subtle: Subtle<Key>,
  key: Key,
  headerBytes: Uint8Array,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const algorithm = { name: 'AES-CTR', counter: owned(headerBytes), length: 64 };
  return new Uint8Array(await subtle.encrypt(algorithm, key, owned(bytes)));
}

export function importGateKey<Key>(subtle: Subtle<Key>, bytes: Uint8Array): Promise<Key> {
  return subtle.importKey('raw', owned(bytes), { name: 'AES-CTR' }, false, ['encrypt']);
}

/**
 * Imports compressed points. Not every browser reads those, and whether this one does is found out by trying; decompressing
 * here takes ten times as long as the runtime's own way. Undefined for what is no point of the curve.
 */
function holderKeyImport<Key>(subtle: Subtle<Key>): (compressed: Uint8Array) => Promise<Key | undefined> {
  let readsCompressed = true;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const importRaw = (point: Uint8Array) => subtle.importKey('raw', owned(point), algorithm, false, ['verify']);
  return async (compressed) => {
    if (readsCompressed) {
      try {
        return await importRaw(compressed);
      } catch {
        // Malformed, or this runtime cannot read it: the next lines tell which.
      }
    }
    const point = decompressPoint(compressed);
    if (point === undefined) return undefined;
    readsCompressed = false;
    return importRaw(point);
  };
}

/** As WebCrypto's types want it: bytes over a buffer of their own kind, which ours always are. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
