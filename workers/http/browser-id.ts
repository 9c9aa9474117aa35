import { getCookie, setCookie } from 'hono/cookie';
import { dayMs, secondMs } from '#shared/time.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './cookies.ts';

const cookieName = '__Host-browser';
const idBytes = 16;
const ttlMs = 180 * dayMs;

/** Gives the browser a random name of its own, if it has none yet. It says nothing about anybody. */
export function nameBrowser(c: AppContext): string {
  const known = getCookie(c, cookieName);
  if (known !== undefined) return known;
  const id = toBase64Url(c.var.services.randomBytes(idBytes));
  setCookie(c, cookieName, id, { ...cookieOptions, maxAge: ttlMs / secondMs });
  return id;
}

/** Digest under which challenges and tries of this browser are kept. Names the browser if it has no name yet. */
export function browserHash(c: AppContext): Promise<string> {
  return tokenHash(`challenge/${nameBrowser(c)}`);
}

/**
 * An idempotency key as this browser means it. Checkout keys stand in addresses, and addresses get shared: whoever was
 * sent one must neither repeat somebody's order with it nor be given its tickets.
 */
export async function browserKey(c: AppContext, key: string): Promise<string> {
  return tokenHash(`${getCookie(c, cookieName) ?? ''}/${key}`);
}
