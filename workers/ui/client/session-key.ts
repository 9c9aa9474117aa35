import { compressPoint } from '#shared/access/device-proof.ts';
import { sessionProofText } from '#shared/access/session-proof.ts';
import { toBase64Url } from './base64url.ts';

/** The key that keeps this browser's session: made here, never to leave, one for each device the browser is known as. */

const databaseName = 'expo-session-keys';
const storeName = 'keys';
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const doors = {
  challenge: '/account/device/challenge',
  key: '/account/device/key',
  proof: '/account/device/proof',
} as const;

/** `lost`: the browser dropped its key, as some do after idle days. `unreachable`: ask again later. */
export type Shown = 'shown' | 'lost' | 'refused' | 'unreachable';

type Challenge = { readonly challenge: string; readonly deviceId: string; readonly hasKey: boolean };

/** Shows that the key is still here, making one first where none was named. One tab at a time: two would make two keys. */
export function showKey(): Promise<Shown> {
  return navigator.locks.request('expo-session-key', async () => {
    try {
      const asked = await fetch(doors.challenge, { headers: { accept: 'application/json' }, cache: 'no-store' });
      if (!asked.ok) return asked.status === 401 ? 'refused' : 'unreachable';
      const challenge = (await asked.json()) as Challenge;
      return await (challenge.hasKey ? renew(challenge) : name(challenge));
    } catch {
      return 'unreachable';
    }
  });
}

async function renew({ challenge, deviceId }: Challenge): Promise<Shown> {
  const pair = await readPair(deviceId);
  if (pair === undefined) return 'lost';
  const signature = await sign(pair, sessionProofText('renew', challenge));
  return post(doors.proof, { challenge, signature });
}

async function name({ challenge, deviceId }: Challenge): Promise<Shown> {
  if (deviceId === '') return 'lost';
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  // Kept before it is named: a key the server knows and the browser doesn't would lock its owner out.
  await writePair(deviceId, pair);
  const publicKey = toBase64Url(compressPoint(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))));
  const signature = await sign(pair, sessionProofText('name', challenge));
  return post(doors.key, { challenge, signature, publicKey });
}

async function post(door: string, body: object): Promise<Shown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await fetch(door, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.ok) return 'shown';
  return answer.status === 401 || answer.status === 403 ? 'refused' : 'unreachable';
}

async function sign({ privateKey }: CryptoKeyPair, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return toBase64Url(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes)));
}

async function readPair(deviceId: string): Promise<CryptoKeyPair | undefined> {
  const keys = await openKeys('readonly');
  return done(keys.get(deviceId) as IDBRequest<CryptoKeyPair | undefined>);
}

async function writePair(deviceId: string, pair: CryptoKeyPair): Promise<void> {
  const keys = await openKeys('readwrite');
  await done(keys.put(pair, deviceId));
}

async function openKeys(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(databaseName, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName));
  return (await done(opening)).transaction(storeName, mode).objectStore(storeName);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB refused')));
  });
}
