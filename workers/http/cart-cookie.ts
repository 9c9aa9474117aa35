import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { dayMs, secondMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './cookies.ts';

const cookieName = '__Host-cart';
/** Read by an island, so that pages cached for everybody show it: a number, and nothing about what or whose. */
const countName = '__Host-cart-count';
const tokenBytes = 16;
/** As long as an untouched cart is kept. */
const ttlMs = 30 * dayMs;

type Owner = `person/${string}` | `guest/${string}`;

/** Whose cart this is: that of who is signed in, else the browser's, if it has one. */
export async function cartOwner(c: AppContext): Promise<Owner | undefined> {
  const { person } = c.var;
  return person === undefined ? guestOwner(c) : `person/${person.personId}`;
}

/** The cart of the browser itself, whoever is signed in. Only a digest is stored: who reads the table opens no cart. */
export async function guestOwner(c: AppContext): Promise<Owner | undefined> {
  const token = getCookie(c, cookieName);
  return token === undefined ? undefined : `guest/${await tokenHash(`cart/${token}`)}`;
}

/** The same, and a cart for a browser that has none yet. */
export async function ownCart(c: AppContext): Promise<Owner> {
  const known = await cartOwner(c);
  if (known !== undefined) return known;
  const token = toBase64Url(c.var.services.randomBytes(tokenBytes));
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: ttlMs / secondMs });
  return `guest/${await tokenHash(`cart/${token}`)}`;
}

/** The browser's own cart has joined somebody's. */
export function forgetGuestCart(c: AppContext): void {
  deleteCookie(c, cookieName, cookieOptions);
}

/** Tells this browser how many things are in the cart. */
export function showCount(c: AppContext, count: number): void {
  const readable = { ...cookieOptions, httpOnly: false };
  if (count > 0) setCookie(c, countName, String(count), { ...readable, maxAge: ttlMs / secondMs });
  else if (getCookie(c, countName) !== undefined) deleteCookie(c, countName, readable);
}
