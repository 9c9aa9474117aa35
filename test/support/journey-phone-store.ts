import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * What a phone keeps of its tickets, reached into from outside, as somebody would who had the phone in hand. Scripts are
 * texts: they run in the browser, whose types this project does not load.
 */

const inStore = (
  store: string,
  mode: 'readonly' | 'readwrite',
  act: string,
): string => `new Promise((resolve, reject) => {
  const opening = indexedDB.open('wallet');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('${store}', '${mode}');
    const store = transaction.objectStore('${store}');
    const asked = (${act})(store);
    transaction.oncomplete = () => { opening.result.close(); resolve(asked.result); };
    transaction.onerror = () => reject(transaction.error);
  };
})`;

/** Waits until a page of this phone opens without network: its service worker runs, and the ticket is kept. */
export async function keptForOffline(page: Page, ticketId: string): Promise<void> {
  const isKept = () =>
    page.evaluate<boolean>(`(async () => {
      const { active } = await navigator.serviceWorker.ready;
      if (active.state !== 'activated') return false;
      return await ${inStore('tickets', 'readonly', `(store) => store.get('${ticketId}')`)} !== undefined;
    })()`);
  await expect.poll(isKept, { timeout: 15_000 }).toBe(true);
}

/** Everything of a ticket that can be copied: the kept ticket and the pass. The key cannot. */
export type Copied = { readonly ticket: unknown; readonly holderKey: string; readonly pass: number[] };

export async function copyTicket(page: Page, ticketId: string): Promise<Copied> {
  return page.evaluate<Copied>(`(async () => {
    const ticket = await ${inStore('tickets', 'readonly', `(store) => store.get('${ticketId}')`)};
    const held = await ${inStore('holders', 'readonly', `(store) => store.get('${ticketId}')`)};
    return { ticket, holderKey: held.holderKey, pass: [...held.pass] };
  })()`);
}

/** Puts a copied ticket into another phone, under a key of that phone's own. */
export async function plantTicket(page: Page, ticketId: string, copied: Copied): Promise<void> {
  await page.evaluate(`(async () => {
    const copied = ${JSON.stringify(copied)};
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const held = { ticketId: '${ticketId}', pair, holderKey: copied.holderKey, pass: Uint8Array.from(copied.pass) };
    await ${inStore('tickets', 'readwrite', '(store) => store.put(copied.ticket)')};
    await ${inStore('holders', 'readwrite', '(store) => store.put(held)')};
  })()`);
}

/** As browsers do after idle days. */
export async function dropKeys(page: Page): Promise<void> {
  await page.evaluate(inStore('holders', 'readwrite', '(store) => store.clear()'));
}

export type Remains = { readonly tickets: number; readonly holders: number; readonly facts: number };

export async function remainsOf(page: Page): Promise<Remains> {
  const counted = (store: string) => `await ${inStore(store, 'readonly', '(store) => store.count()')}`;
  return page.evaluate<Remains>(
    `(async () => ({ tickets: ${counted('tickets')}, holders: ${counted('holders')}, facts: ${counted('facts')} }))()`,
  );
}

/** How many private keys the phone has, and how many of them a script can read out, in any format there is. */
export async function readableKeys(page: Page): Promise<{ keys: number; read: number }> {
  return page.evaluate<{ keys: number; read: number }>(`(async () => {
    const held = await ${inStore('holders', 'readonly', '(store) => store.getAll()')};
    let read = 0;
    for (const { pair } of held) {
      for (const format of ['pkcs8', 'jwk', 'raw']) {
        await crypto.subtle.exportKey(format, pair.privateKey).then(() => { read += 1; }, () => undefined);
      }
    }
    return { keys: held.length, read };
  })()`);
}
