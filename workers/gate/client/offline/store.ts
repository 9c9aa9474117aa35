import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Passage } from '#shared/gate/heard.ts';
import type { StaleAdmissions } from '#shared/gate/policy.ts';
import type { LogHead } from '#shared/gate/scan-log.ts';
import type { EpochMs } from '#shared/time.ts';

/** What a scanner keeps for the time without network, in a database of its own for each device it was. */
export type Kept = {
  /** The key its manifests are verified with: the first it was told. */
  readonly manifestKey: string;
  readonly manifest: { readonly text: string; readonly signature: Uint8Array; readonly receivedAtMs: EpochMs };
  readonly otherEvents: readonly (readonly [number, string])[];
  /** The log number up to which it heard of every grant and revocation. */
  readonly heardSeq: number;
  /** Revocations heard since the manifest. */
  readonly revokedSince: { readonly sequence: number; readonly least: readonly (readonly [string, number])[] };
  readonly areGatesOpen: boolean;
  readonly clock: { readonly offsetMs: number; readonly measuredAtMs: EpochMs };
  readonly head: LogHead;
  readonly staleAdmissions: StaleAdmissions;
};

/** A record of the log that the event has not acknowledged. `scanId` is set where it changed what is remembered. */
export type KeptRecord = { readonly seq: number; readonly text: string; readonly recordId: string };

interface Schema extends DBSchema {
  state: { key: string; value: unknown };
  passages: { key: string; value: readonly Passage[] };
  log: { key: number; value: KeptRecord; indexes: { byRecord: string } };
}

export type Store = IDBPDatabase<Schema>;

export function openStore(deviceId: string): Promise<Store> {
  return openDB<Schema>(`scanner-${deviceId}`, 1, {
    upgrade(db) {
      db.createObjectStore('state');
      db.createObjectStore('passages');
      db.createObjectStore('log', { keyPath: 'seq' }).createIndex('byRecord', 'recordId', { unique: true });
    },
    // Another page of this phone wants a newer database: it gets it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
  });
}

export async function read<Key extends keyof Kept>(store: Store, key: Key): Promise<Kept[Key] | undefined> {
  return (await store.get('state', key)) as Kept[Key] | undefined;
}

/** On a phone without room it stays as it was: what is in memory goes on, and only records must be on disk. */
export async function keep<Key extends keyof Kept>(store: Store, key: Key, value: Kept[Key]): Promise<void> {
  try {
    await store.put('state', value, key);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

/** Browsers refuse a write, or give up its whole transaction, when a phone has no room left. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/**
 * Everything a thief could use goes: keys that open codes, rules, who was let in. Records the event has not acknowledged
 * stay, because people went in by them; they are signed, and open nothing.
 */
export async function wipe(store: Store): Promise<void> {
  const work = store.transaction(['state', 'passages'], 'readwrite', { durability: 'strict' });
  const state = work.objectStore('state');
  for (const key of await state.getAllKeys()) if (key !== 'head') await state.delete(key);
  await work.objectStore('passages').clear();
  await work.done;
}
