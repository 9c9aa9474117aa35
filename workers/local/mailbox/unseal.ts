import { toBase64Url } from '#workers/keys/signed-token.ts';

const encoder = new TextEncoder();
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

export type PhoneKeys = {
  /** JSON Web Key of the private half. */
  readonly privateKey: JsonWebKey;
  /** Uncompressed point, base64url. */
  readonly p256dh: string;
  /** Sixteen bytes, base64url. */
  readonly auth: string;
};

/** What a browser does with a push message (RFC 8291, one record of RFC 8188). Throws for one it cannot open. */
export async function unseal(keys: PhoneKeys, sealed: Uint8Array): Promise<string> {
  const keyIdLength = sealed[20] ?? 0;
  const salt = sealed.slice(0, 16);
  const senderPoint = sealed.slice(21, 21 + keyIdLength);
  const sender = await crypto.subtle.importKey('raw', senderPoint, curve, false, []);
  const own = await crypto.subtle.importKey('jwk', keys.privateKey, curve, false, ['deriveBits']);
  // The types say `$public`, for a language in which `public` is a keyword.
  const agreement = { name: 'ECDH', public: sender } as unknown as SubtleCryptoDeriveKeyAlgorithm;
  const shared = await crypto.subtle.deriveBits(agreement, own, 256);
  const info = joined(encoder.encode('WebPush: info\0'), bytesOf(keys.p256dh), senderPoint);
  const secret = await hkdf(shared, bytesOf(keys.auth), info, 32);
  const contentKey = await hkdf(secret, salt, encoder.encode('Content-Encoding: aes128gcm\0'), 16);
  const nonce = await hkdf(secret, salt, encoder.encode('Content-Encoding: nonce\0'), 12);
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['decrypt']);
  const record = sealed.slice(21 + keyIdLength);
  const padded = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, record));
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error('The last record does not say that it is the last');
  return new TextDecoder().decode(padded.subarray(0, end));
}

export async function makePhoneKeys(): Promise<PhoneKeys> {
  const pair = (await crypto.subtle.generateKey(curve, true, ['deriveBits'])) as CryptoKeyPair;
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  return {
    privateKey: (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey,
    p256dh: toBase64Url(point),
    auth: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
  };
}

async function hkdf(secret: ArrayBuffer, salt: Uint8Array, info: Uint8Array, length: number): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8);
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (digit) => digit.charCodeAt(0));
}
