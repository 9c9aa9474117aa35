import type { Drift } from '#shared/tickets/drift.ts';
import type { KeptTicket, WalletCopy } from '#shared/wallet/kept-ticket.ts';
import type { EpochMs } from '#shared/time.ts';

/**
 * What a phone keeps of its tickets, in IndexedDB: there alone can a browser keep a key it may not read. It is not
 * encrypted. The key to it would lie beside it, and whoever reads this store has the phone unlocked and sees the very
 * pages it serves; a holder's private key cannot be read out by anybody, this code included.
 */

/** A device's key for one ticket, and the pass it was given for it. */
export type HeldKey = {
  readonly ticketId: string;
  readonly pair: CryptoKeyPair;
  /** Compressed point, base64url. */
  readonly holderKey: string;
  /** Absent until the server has answered: the key is kept before it is registered, never after. */
  readonly pass?: Uint8Array | undefined;
};

type Facts = {
  readonly drift: Drift;
  /** When the server last said what this browser has, by its own clock. */
  readonly copiedAtMs: EpochMs;
};

const stores = { holders: 'ticketId', tickets: 'ticketId', facts: undefined } as const;
type Store = keyof typeof stores;

const channelName = 'wallet';
const cleared = 'cleared';

export const readHeld = (ticketId: string): Promise<HeldKey | undefined> =>
  one('holders', (store) => store.get(ticketId) as IDBRequest<HeldKey | undefined>);

export async function writeHeld(held: HeldKey): Promise<void> {
  await within(['holders'], 'readwrite', ({ holders }) => holders.put(held));
}

/** Drops this very key: another tab may just have made the next one. */
export async function dropHeld({ ticketId, holderKey }: HeldKey): Promise<void> {
  await within(['holders'], 'readwrite', ({ holders }) => {
    const asked = holders.get(ticketId) as IDBRequest<HeldKey | undefined>;
    asked.addEventListener('success', () => {
      if (asked.result?.holderKey === holderKey) holders.delete(ticketId);
    });
    return asked;
  });
}

export const readFact = <Name extends keyof Facts>(name: Name): Promise<Facts[Name] | undefined> =>
  one('facts', (store) => store.get(name) as IDBRequest<Facts[Name] | undefined>);

export async function writeFact<Name extends keyof Facts>(name: Name, value: Facts[Name]): Promise<void> {
  await within(['facts'], 'readwrite', ({ facts }) => facts.put(value, name));
}

export const readKept = (): Promise<KeptTicket[]> =>
  one('tickets', (store) => store.getAll() as IDBRequest<KeptTicket[]>);

export const readKeptTicket = (ticketId: string): Promise<KeptTicket | undefined> =>
  one('tickets', (store) => store.get(ticketId) as IDBRequest<KeptTicket | undefined>);

/** Puts what the server says in the place of what was kept. What it did not mention goes, with its key, if nothing is missing. */
export async function writeCopy({ tickets: listed, isComplete, nowMs }: WalletCopy): Promise<void> {
  const ids = new Set(listed.map(({ ticketId }) => ticketId));
  const [known, held] = await Promise.all([
    readKept(),
    one('holders', (store) => store.getAllKeys() as IDBRequest<string[]>),
  ]);
  const gone = [...known.map(({ ticketId }) => ticketId), ...held].filter(
    (ticketId) => isComplete && !ids.has(ticketId),
  );
  await within(['tickets', 'holders', 'facts'], 'readwrite', ({ tickets, holders, facts }) => {
    for (const ticketId of gone) {
      tickets.delete(ticketId);
      holders.delete(ticketId);
    }
    for (const ticket of listed) tickets.put(ticket);
    return facts.put(nowMs, 'copiedAtMs' satisfies keyof Facts);
  });
}

/** Nothing of anybody is left: for whoever signs out. Pages that are open hear of it. */
export async function clearWallet(): Promise<void> {
  await within(['holders', 'tickets', 'facts'], 'readwrite', ({ holders, tickets, facts }) => {
    holders.clear();
    tickets.clear();
    return facts.clear();
  });
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(cleared);
  channel.close();
}

/** For pages that show what was kept. The one that is signing out is on its way already, and is not called back. */
export function onCleared(what: () => void): void {
  let isLeaving = false;
  globalThis.addEventListener('beforeunload', () => {
    isLeaving = true;
  });
  new BroadcastChannel(channelName).addEventListener('message', ({ data }) => {
    if (data === cleared && !isLeaving) what();
  });
}

function one<Answer>(name: Store, ask: (store: IDBObjectStore) => IDBRequest<Answer>): Promise<Answer> {
  return within([name], 'readonly', (opened) => ask(opened[name]));
}

/** Runs one transaction, and answers once it is complete: what was written then stands. */
async function within<Name extends Store, Answer>(
  names: Name[],
  mode: IDBTransactionMode,
  act: (opened: Record<Name, IDBObjectStore>) => IDBRequest<Answer>,
): Promise<Answer> {
  const database = await open();
  try {
    const transaction = database.transaction(names, mode);
    const opened = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const request = act(opened as Record<Name, IDBObjectStore>);
    return await new Promise((resolve, reject) => {
      const refuse = () => reject(transaction.error ?? new Error('The phone keeps nothing'));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('error', refuse);
      transaction.addEventListener('abort', refuse);
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('wallet', 1);
    opening.addEventListener('upgradeneeded', () => {
      for (const [name, keyPath] of Object.entries(stores)) {
        opening.result.createObjectStore(name, keyPath === undefined ? {} : { keyPath });
      }
    });
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('The phone keeps nothing')));
  });
}
