import { compressPoint, deviceProofText } from '#shared/access/device-proof.ts';

/**
 * The key that makes this phone a scanner. It is made here and cannot be read out, not even by this page: whoever copies
 * the cookie has ten minutes of it at most. IndexedDB keeps it, because that is where a browser can keep such a key.
 */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;
const storeName = 'keys';
const keyName = 'scanner';

export function makeKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
}

export async function publicPoint({ publicKey }: CryptoKeyPair): Promise<string> {
  return base64Url(compressPoint(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))));
}

export async function signProof(
  key: CryptoKeyPair,
  what: 'enrol' | 'renew' | 'socket',
  nonce: string,
): Promise<string> {
  const text = new TextEncoder().encode(deviceProofText(what, nonce));
  return base64Url(new Uint8Array(await crypto.subtle.sign(signing, key.privateKey, text)));
}

/** Signs with this phone's own key: r and s, in base64url. */
export async function signBytes(bytes: Uint8Array): Promise<string> {
  const key = await keptKey();
  if (key === undefined) throw new Error('This phone holds no key');
  return base64Url(new Uint8Array(await crypto.subtle.sign(signing, key.privateKey, bytes as Uint8Array<ArrayBuffer>)));
}

export async function keepKey(key: CryptoKeyPair): Promise<void> {
  await inStore('readwrite', (store) => store.put(key, keyName));
}

export async function keptKey(): Promise<CryptoKeyPair | undefined> {
  return (await inStore('readonly', (store) => store.get(keyName))) as CryptoKeyPair | undefined;
}

function inStore(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('gate', 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName));
    opening.addEventListener('error', () => reject(new Error('The phone keeps no keys', { cause: opening.error })));
    opening.addEventListener('success', () => {
      const request = act(opening.result.transaction(storeName, mode).objectStore(storeName));
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('The key was not kept', { cause: request.error })));
      request.transaction?.addEventListener('complete', () => opening.result.close());
    });
  });
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
