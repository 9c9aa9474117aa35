/**
 * The site's service worker: shows what is pushed, and opens the page it is about. It takes no part in loading pages.
 * The browser's own types for it clash with those of a page, so the few things used are named here.
 */
type PushEvent = Event & {
  readonly data: { readonly json: () => unknown } | null;
  readonly waitUntil: (work: Promise<unknown>) => void;
};
type ClickEvent = Event & {
  readonly notification: Notification;
  readonly waitUntil: (work: Promise<unknown>) => void;
};
type Worker = {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { readonly openWindow: (url: string) => Promise<unknown> };
  readonly addEventListener: {
    (type: 'push', listener: (event: PushEvent) => void): void;
    (type: 'notificationclick', listener: (event: ClickEvent) => void): void;
  };
};

const worker = self as unknown as Worker;

/** Only our server can have sealed it to this browser, so its shape is ours. */
type Note = { title: string; body: string; path: string; tag: string };

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

export {};
