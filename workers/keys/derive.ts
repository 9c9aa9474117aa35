/**
 * Every key is derived from the one secret by HKDF-SHA256 (RFC 5869) under a purpose of its own, so that a key that
 * leaks or is handed out (a gate's) says nothing about any other.
 */
const encoder = new TextEncoder();

const masters = new WeakMap<Uint8Array, Promise<CryptoKey>>();

export async function deriveBytes(masterKey: Uint8Array, purpose: string, length: number): Promise<Uint8Array> {
  let master = masters.get(masterKey);
  if (master === undefined) {
    master = crypto.subtle.importKey('raw', masterKey, 'HKDF', false, ['deriveBits']);
    masters.set(masterKey, master);
  }
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, await master, length * 8));
}

const macKeys = new WeakMap<Uint8Array, Map<string, Promise<CryptoKey>>>();

/** An HMAC-SHA256 key for one purpose, imported once an isolate. */
export function macKey(masterKey: Uint8Array, purpose: string): Promise<CryptoKey> {
  let keys = macKeys.get(masterKey);
  if (keys === undefined) {
    keys = new Map<string, Promise<CryptoKey>>();
    macKeys.set(masterKey, keys);
  }
  let key = keys.get(purpose);
  if (key === undefined) {
    key = deriveBytes(masterKey, purpose, 32).then((bytes) =>
      crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']),
    );
    keys.set(purpose, key);
  }
  return key;
}
