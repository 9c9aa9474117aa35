import { answer, dropOtherShells, isOurs, keepShell } from './offline-shell.ts';
import { clearWallet } from './wallet-store.ts';

/**
 * The site's service worker: opens the wallet without network, forgets it when somebody signs out, and shows what is
 * pushed. Every other page and every post pass it by.
 * The browser's own types for it clash with those of a page, so the few things used are named here.
 */
type Extendable = Event & { readonly waitUntil: (work: Promise<unknown>) => void };
type PushEvent = Extendable & { readonly data: { readonly json: () => unknown } | null };
type ClickEvent = Extendable & { readonly notification: Notification };
type FetchEvent = Extendable & {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
};
type Worker = {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    readonly openWindow: (url: string) => Promise<unknown>;
    readonly claim: () => Promise<void>;
  };
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: {
    (type: 'install' | 'activate', listener: (event: Extendable) => void): void;
    (type: 'fetch', listener: (event: FetchEvent) => void): void;
    (type: 'push', listener: (event: PushEvent) => void): void;
    (type: 'notificationclick', listener: (event: ClickEvent) => void): void;
  };
};

const worker = self as unknown as Worker;
const signOutPath = '/sign-out';

/** Only our server can have sealed it to this browser, so its shape is ours. */
type Note = { title: string; body: string; path: string; tag: string };

worker.addEventListener('install', (event) => {
  // No page depends on the worker it was opened with, so nobody has to close the wallet to get the next build.
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOtherShells().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (isSignOut(request)) event.waitUntil(clearWallet());
  else if (isOurs(request)) event.respondWith(answer(request));
});

worker.addEventListener('push', (event) => {
  if (event.data === null) return;
  const { title, body, path, tag } = event.data.json() as Note;
  const shown = worker.registration.showNotification(title, { body, tag, icon: '/icon.svg', data: path });
  event.waitUntil(shown);
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(String(event.notification.data), location.origin);
  if (url.origin === location.origin) event.waitUntil(worker.clients.openWindow(url.href));
});

/** From a page of ours: another site that posts there is refused by the server, and must not empty the wallet either. */
function isSignOut({ method, mode, url, referrer }: Request): boolean {
  if (method !== 'POST' || mode !== 'navigate' || new URL(url).pathname !== signOutPath) return false;
  return URL.canParse(referrer) && new URL(referrer).origin === location.origin;
}
