import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { boundMs } from '#shared/access/sessions.ts';
import { secondMs, type EpochMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './cookies.ts';

const cookieName = '__Host-bound';
const purpose = 'bound';
const boundSchema = v.object({ sessionId: v.string(), deviceId: v.string(), expiresAtMs: v.number() });

type Bond = { readonly sessionId: string; readonly deviceId: string };

/**
 * Says for ten minutes that the browser that holds the device's key is the one that brings the session: copied cookies
 * are worth nothing after that. Signed, so that a scan checks it without a database.
 */
export async function bind(c: AppContext, bond: Bond): Promise<void> {
  const { settings, clock } = c.var.services;
  const token = await signToken(settings.masterKey, purpose, { ...bond, expiresAtMs: clock() + boundMs });
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: boundMs / secondMs });
}

/** Until when this session is bound to this device; undefined when it isn't, or was to another. */
export async function boundUntil(c: AppContext, { sessionId, deviceId }: Bond): Promise<EpochMs | undefined> {
  const { settings, clock } = c.var.services;
  const bound = await readToken(settings.masterKey, purpose, boundSchema, getCookie(c, cookieName) ?? '');
  const isOurs = bound?.sessionId === sessionId && bound.deviceId === deviceId && bound.expiresAtMs > clock();
  return isOurs ? bound.expiresAtMs : undefined;
}

export function unbind(c: AppContext): void {
  if (getCookie(c, cookieName) !== undefined) deleteCookie(c, cookieName, cookieOptions);
}
