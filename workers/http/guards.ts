import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { fail } from '#shared/result.ts';
import { routes } from '#workers/routes.ts';
import type { AppContext, AppEnv } from './app-context.ts';
import { refuse } from './refuse.tsx';

const bodyLimitBytes = 64 * 1024;
/** A gate that was without network sends what it decided meanwhile at once: a thousand scans, each with a code of 150 digits. */
const batchLimitBytes = 1024 * 1024;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Content-Security-Policy without `unsafe-inline`: scripts and styles are files of ours. Cached pages carry no nonce,
 * so there is none anywhere.
 */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    mediaSrc: ["'self'"],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    // Browsers check a form's redirects too: pressing pay ends on the gateway's page.
    formAction: ["'self'", 'https://checkout.stripe.com'],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
  referrerPolicy: 'strict-origin-when-cross-origin',
  permissionsPolicy: { camera: ['self'], microphone: [], geolocation: ['self'], payment: ['self'] },
  crossOriginResourcePolicy: 'same-origin',
});

/**
 * For pages whose address has a secret in it: what they load and link to is told where from, and no more. Not
 * `no-referrer`: under it browsers send forms with `Origin: null`, which the origin check refuses.
 */
export const linkReferrerPolicy = 'strict-origin';

/** Marks a scanner's page: its service worker may keep it, and it may compile WebAssembly. */
export const scannerPageHeader = 'X-Scanner-Page';

/**
 * Browsers without a detector of their own read codes with one we bring. It is compiled in a worker, whose policy is its own
 * in most browsers and its page's in some; so this one page may compile WebAssembly, and no other may.
 */
function allowCompiling(c: AppContext): void {
  const policy = c.res.headers.get('content-security-policy') ?? '';
  const wider = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
  c.res.headers.set('content-security-policy', wider);
}

/** What a page may state more strictly for itself; the defaults would replace it. */
const ownHeaders = ['Content-Security-Policy', 'Referrer-Policy'] as const;

/** A 101 answer's headers cannot be set, so upgrades pass by. */
export const withSecureHeaders = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.header('upgrade') === 'websocket') return next();
  const own = new Map<string, string>();
  await headers(c, async () => {
    await next();
    for (const name of ownHeaders) {
      const stated = c.res.headers.get(name);
      if (stated !== null) own.set(name, stated);
    }
  });
  for (const [name, stated] of own) c.res.headers.set(name, stated);
  if (c.res.headers.has(scannerPageHeader)) allowCompiling(c);
  return undefined;
});

const isBatch = [routes.apiScans, routes.gateScanLog].map((pathname) => new URLPattern({ pathname }));

const upTo = (maxSize: number) =>
  bodyLimit({ maxSize, onError: (c) => refuse(c, fail('body_too_large', { kB: maxSize / 1024 }).failure) });
const [usual, batches] = [upTo(bodyLimitBytes), upTo(batchLimitBytes)];

export const withBodyLimit = createMiddleware<AppEnv>((c, next) =>
  (isBatch.some((pattern) => pattern.test(c.req.url)) ? batches : usual)(c, next),
);

/**
 * Unsafe requests that a browser sends must come from a page of ours. Browsers state where a request comes from in
 * Origin and Sec-Fetch-Site and pages cannot forge either; programs send neither and carry no cookie.
 */
export const withOriginCheck = createMiddleware<AppEnv>(async (c, next) => {
  if (safeMethods.has(c.req.method) || isFromHere(c)) return next();
  return refuse(c, fail('cross_site_request').failure);
});

function isFromHere(c: AppContext): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined) {
    return origin === new URL(c.req.url).origin || origin === c.var.services.settings.publicOrigin;
  }
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return c.req.header('cookie') === undefined;
}
