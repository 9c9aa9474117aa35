import { deriveBytes } from './derive.ts';
import { fromBase64Url, toBase64Url } from './signed-token.ts';

/** Up to which change a reader has read, and when. */
export type FeedCursor = { readonly seq: number; readonly atMs: number };

const purpose = 'wallet-cursor';
const nonceBytes = 12;
const numberBytes = 8;
const keys = new WeakMap<Uint8Array, Promise<CryptoKey>>();

function sealKey(masterKey: Uint8Array): Promise<CryptoKey> {
  let key = keys.get(masterKey);
  if (key === undefined) {
    key = deriveBytes(masterKey, purpose, 32).then((bytes) =>
      crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']),
    );
    keys.set(masterKey, key);
  }
  return key;
}

/**
 * Nobody reads a cursor but us. The feed numbers the changes of all wallets: whoever saw two of those numbers, an hour
 * apart, would know how many tickets everybody sold in between.
 */
export async function sealCursor(
  masterKey: Uint8Array,
  { seq, atMs }: FeedCursor,
  randomBytes: (length: number) => Uint8Array,
): Promise<string> {
  const iv = Uint8Array.from(randomBytes(nonceBytes));
  const plain = new DataView(new ArrayBuffer(2 * numberBytes));
  plain.setBigUint64(0, BigInt(seq));
  plain.setBigUint64(numberBytes, BigInt(atMs));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealKey(masterKey), plain.buffer);
  return toBase64Url(Uint8Array.from([...iv, ...new Uint8Array(sealed)]));
}

/** Undefined for what we did not seal. */
export async function openCursor(masterKey: Uint8Array, text: string): Promise<FeedCursor | undefined> {
  const bytes = fromBase64Url(text);
  if (bytes === undefined || bytes.length <= nonceBytes) return undefined;
  const iv = bytes.slice(0, nonceBytes);
  try {
    const sealed = bytes.slice(nonceBytes);
    const plain = new DataView(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await sealKey(masterKey), sealed));
    return { seq: Number(plain.getBigUint64(0)), atMs: Number(plain.getBigUint64(numberBytes)) };
  } catch {
    return undefined;
  }
}
