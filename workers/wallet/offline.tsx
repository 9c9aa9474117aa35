import { Hono } from 'hono';
import type { AppEnv } from '#workers/http/app-context.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { barColour } from '#workers/ui/document.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { OfflinePage } from './pages/offline.tsx';

const words = messages.liveCode.app;

/** A day: browsers look at a manifest when somebody installs, and now and then afterwards. */
const manifestCache = 'public, max-age=86400';

/** What makes the wallet an app: the page it opens with when there is no network, and how phones list it. */
export const walletOffline = new Hono<AppEnv>()
  .get(routes.walletOffline, (c) => {
    // The service worker keeps it, by build; a cache in between would hand yesterday's page to today's worker.
    c.header('Cache-Control', 'no-store');
    return c.html(<OfflinePage />);
  })
  .get(routes.walletManifest, (c) => {
    c.header('Cache-Control', manifestCache);
    return c.body(JSON.stringify(manifest()), 200, { 'Content-Type': 'application/manifest+json' });
  });

function manifest() {
  const icon = (file: string, sizes: string, purpose: 'any' | 'maskable') => ({
    src: `/icons/${file}`,
    sizes,
    type: 'image/png',
    purpose,
  });
  return {
    id: pathTo('wallet'),
    start_url: pathTo('wallet'),
    scope: '/',
    name: words.name,
    short_name: words.shortName,
    description: words.description,
    lang: words.language,
    display: 'standalone',
    orientation: 'portrait',
    background_color: barColour.light,
    theme_color: barColour.light,
    icons: [
      icon('wallet-192.png', '192x192', 'any'),
      icon('wallet-512.png', '512x512', 'any'),
      icon('wallet-maskable-512.png', '512x512', 'maskable'),
    ],
  };
}
