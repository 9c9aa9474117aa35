import { createApp } from '#workers/app.ts';
import type { App } from '#workers/http/app-context.ts';
import { routes, type RouteName } from '#workers/routes.ts';

/**
 * Handlers as an app has registered them. Middleware, which is registered for any method of every path or of one that has
 * handlers besides, is none.
 */
export function servedBy(app: App): { method: string; path: string }[] {
  const named = new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ path }) => path));
  const handlers = app.routes.filter(({ method, path }) => method !== 'ALL' || (path !== '/*' && !named.has(path)));
  const seen = new Map(handlers.map(({ method, path }) => [`${method} ${path}`, { method, path }]));
  return [...seen.values()];
}

/** Every method and path of the deployed site, as it registered them itself. */
export const served = servedBy(createApp());

/** The same by name: what is called with each kind of visitor. */
export const servedNames = served.flatMap(({ method, path }) =>
  (Object.keys(routes) as RouteName[])
    .filter((name) => routes[name] === path)
    .map((name): [name: RouteName, method: string] => [name, method]),
);
