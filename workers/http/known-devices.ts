import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { dayMs, secondMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './cookies.ts';

const cookieName = '__Host-devices';
const purpose = 'known-devices';
/** Browsers keep no cookie longer (RFC 6265bis). */
const ttlMs = 400 * dayMs;
/** People who share a browser. */
const remembered = 4;

const devicesSchema = v.object({ ids: v.array(v.string()) });

/** Devices this browser was signed in as. It opens nothing by itself: a device with a key must show the key. */
export async function readDevices(c: AppContext): Promise<string[]> {
  const { masterKey } = c.var.services.settings;
  const known = await readToken(masterKey, purpose, devicesSchema, getCookie(c, cookieName) ?? '');
  return known?.ids ?? [];
}

export async function rememberDevice(c: AppContext, deviceId: string): Promise<void> {
  const { masterKey } = c.var.services.settings;
  const others = (await readDevices(c)).filter((id) => id !== deviceId);
  const token = await signToken(masterKey, purpose, { ids: [deviceId, ...others].slice(0, remembered) });
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: ttlMs / secondMs });
}
