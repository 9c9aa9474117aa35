import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { dayMs, secondMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './session.ts';

const cookieName = '__Host-via';
const purpose = 'entry-link';
/** A sale counts for the link that brought the buyer within a month. */
const viaTtlMs = 30 * dayMs;

const viaSchema = v.object({ code: v.string(), eventId: v.string(), expiresAtMs: v.number() });

/** Remembers which link brought this browser to an event. It names the link, and nobody. */
export async function rememberVia(c: AppContext, code: string, eventId: string): Promise<void> {
  const { settings, clock } = c.var.services;
  const token = await signToken(settings.masterKey, purpose, { code, eventId, expiresAtMs: clock() + viaTtlMs });
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: viaTtlMs / secondMs });
}

/** The link that brought this browser to the event, if one did. */
export async function readVia(c: AppContext, eventId: string): Promise<string | undefined> {
  const { settings, clock } = c.var.services;
  const via = await readToken(settings.masterKey, purpose, viaSchema, getCookie(c, cookieName) ?? '');
  return via?.eventId === eventId && via.expiresAtMs > clock() ? via.code : undefined;
}
