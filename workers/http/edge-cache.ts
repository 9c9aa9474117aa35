import { createMiddleware } from 'hono/factory';
import { buildId } from '#workers/ui/assets.ts';
import type { AppEnv } from './app-context.ts';

/**
 * Public pages are the same for everybody, so the edge keeps them for a short while. Their links carry campaign
 * parameters that change nothing on the page: the query is left out of the cache's key.
 */
export function edgeCached(seconds: number) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const url = new URL(c.req.url);
    // The build is in the key: a page kept from before a deploy would ask for a stylesheet that is gone.
    const key = new Request(`${url.origin}${url.pathname}?build=${encodeURIComponent(buildId)}`);
    const cache = caches.default;
    const kept = await cache.match(key);
    if (kept !== undefined) {
      c.res = new Response(kept.body, kept);
      return;
    }
    await next();
    if (c.res.status !== 200 || c.req.method !== 'GET') return;
    c.header('Cache-Control', `public, max-age=0, s-maxage=${seconds}`);
    c.executionCtx.waitUntil(cache.put(key, c.res.clone()));
  });
}
