/**
 * The scanner's page and everything it is made of, put where its service worker finds them without network. The page itself
 * does it, because it runs before the worker of its first visit does, and knows what it needs.
 */

/** As the service worker knows it. */
const cacheName = 'gate-1';
/** Whatever address the page was opened under, without network it is this one. */
const pageKey = '/gate';

export async function keepPage(workerPath: string, pagePath: string, parts: readonly string[]): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(workerPath, { scope: '/gate' });
  const cache = await caches.open(cacheName);
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(parts.filter((path) => !kept.has(path)));
  const page = await fetch(pagePath, { headers: { accept: 'text/html' } });
  // Only with all its parts there: a page whose script is missing is worth less than none.
  if (page.ok && page.headers.get('x-scanner-page') === 'yes') await cache.put(pageKey, page);
  const wanted = new Set([...parts, pageKey]);
  await Promise.all([...kept].filter((path) => !wanted.has(path)).map((path) => cache.delete(path)));
}

export async function forgetPage(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(cacheName);
}
