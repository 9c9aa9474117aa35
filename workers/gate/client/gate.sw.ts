/**
 * The scanner's own service worker, for pages under `/gate` alone: opens the scanner where there is no network. It keeps
 * nothing by itself; the scanner's page puts into its cache what belongs there. The browser's own types for it clash with
 * those of a page, so the few things used are named here.
 */
type Fetched = Event & {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
};
type Lifecycle = Event & { readonly waitUntil: (work: Promise<unknown>) => void };
type Worker = {
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly addEventListener: {
    (type: 'install' | 'activate', listener: (event: Lifecycle) => void): void;
    (type: 'fetch', listener: (event: Fetched) => void): void;
  };
};

const worker = self as unknown as Worker;
const cacheName = 'gate-1';
const pageKey = '/gate';
/** A network that has not begun to answer by then is none: somebody stands at the gate. */
const patienceMs = 4_000;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  // Their names change with their content, so a kept one is never old.
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request));
});

async function openPage(request: Request): Promise<Response> {
  const page = await (await caches.open(cacheName)).match(pageKey);
  if (page === undefined) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    return answer.status >= 500 ? page : answer;
  } catch {
    return page;
  }
}

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(request.url)) ?? fetch(request);
}

export {};
