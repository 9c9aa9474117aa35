import { readKept, readKeptTicket } from './wallet-store.ts';

/**
 * The pages a phone can open without network: one page drawn for nobody, kept with what it is made of, which shows what the
 * phone keeps (`wallet-store.ts`). No page of anybody's is ever kept, so none can be shown to somebody else, or after the
 * site has changed under it.
 */

declare const buildDigest: string;

const cachePrefix = 'wallet-';
const cacheName = `${cachePrefix}${buildDigest}`;
const shellPath = '/wallet/offline';
const walletPath = '/wallet';
const ticketPath = /^\/orders\/[^/]+\/tickets\/([^/]+)$/;
const partPattern = /(?:href|src)="(\/(?:assets|icons)\/[^"]+)"/g;

/** A network that is there and answers nothing is worse than none: after this the phone's own copy is shown. */
const patienceMs = 4_000;

/** Fetches the page and every part it names, all or nothing: half a shell is none. */
export async function keepShell(): Promise<void> {
  const shell = await fetch(shellPath, { cache: 'no-store', credentials: 'omit' });
  if (!shell.ok) throw new Error(`The page for no network was not given: ${shell.status}`);
  const parts = [...(await shell.clone().text()).matchAll(partPattern)].flatMap(([, path]) => path ?? []);
  const cache = await caches.open(cacheName);
  await cache.addAll([...new Set(parts)]);
  await cache.put(shellPath, shell);
}

/** What earlier builds kept. */
export async function dropOtherShells(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** Whether the phone may have its own answer to this request. */
export function isOurs({ method, mode, url }: Request): boolean {
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return false;
  if (mode !== 'navigate') return pathname.startsWith('/assets/') || pathname.startsWith('/icons/');
  return pathname === walletPath || ticketPath.test(pathname);
}

export function answer(request: Request): Promise<Response> {
  return request.mode === 'navigate' ? openPage(request) : partOf(request);
}

/** Parts have a digest in their name, so one that is kept is the one that is meant. */
async function partOf(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(request)) ?? fetch(request);
}

/** The network's page if it comes in time; otherwise the shell, which says that it is offline and since when. */
async function openPage(request: Request): Promise<Response> {
  const asked = fetch(request);
  const cache = await caches.open(cacheName);
  const shell = await cache.match(shellPath);
  if (shell === undefined) return asked;
  try {
    const late = isKept(request).then((kept) => (kept ? after(patienceMs) : never));
    const first = await Promise.race([asked, late]);
    // A server that is down is as good as none; every other answer is one.
    return first === undefined || first.status >= 500 ? shell : first;
  } catch {
    return shell;
  }
}

/** Whether there is anything to show instead of waiting on. */
async function isKept({ url }: Request): Promise<boolean> {
  const ticketId = ticketPath.exec(new URL(url).pathname)?.[1];
  try {
    if (ticketId === undefined) return (await readKept()).length > 0;
    return (await readKeptTicket(decodeURIComponent(ticketId))) !== undefined;
  } catch {
    return false;
  }
}

const never = new Promise<undefined>(() => undefined);

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms);
  });
}
