import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { dayMs, secondMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './cookies.ts';

const cookieName = '__Host-bearer';
const purpose = 'bearer';
const ttlMs = 180 * dayMs;
/** The newest tickets a browser remembers to have borne. */
const rememberedMax = 20;
/** 96 bits of a digest: enough that nobody finds another ticket and key with the same, few enough for a cookie of twenty. */
const digestLength = 16;

const bearerSchema = v.object({
  bore: v.pipe(v.array(v.string()), v.maxLength(rememberedMax)),
  expiresAtMs: v.number(),
});

/**
 * Browsers drop keys that scripts made (Safari after a week without a visit) sooner than cookies a server set. So a
 * browser that bears a ticket is also told so in a signed cookie: when its key is gone, it is known as the same one, and
 * gets its code back by one press instead of being taken for a second phone. It outlasts a sign-out, which drops the keys
 * too: it is digests of random bytes, and opens nothing without the order's own cookie or a session that may.
 */
export async function rememberBearer(c: AppContext, ticketId: string, holderKey: string): Promise<void> {
  const { settings, clock } = c.var.services;
  const mine = await digestOf(ticketId, holderKey);
  // Two tabs at once: one of them is forgotten, and its ticket asks for a proof some day that it might have spared.
  const bore = [mine, ...(await readBore(c)).filter((other) => other !== mine)].slice(0, rememberedMax);
  const token = await signToken(settings.masterKey, purpose, { bore, expiresAtMs: clock() + ttlMs });
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: ttlMs / secondMs });
}

/** Whether the device that bears the ticket under this key was this browser. */
export async function boreTicket(c: AppContext, ticketId: string, holderKey: string): Promise<boolean> {
  const bore = await readBore(c);
  return bore.length > 0 && bore.includes(await digestOf(ticketId, holderKey));
}

async function readBore(c: AppContext): Promise<string[]> {
  const token = getCookie(c, cookieName);
  if (token === undefined) return [];
  const { settings, clock } = c.var.services;
  const bearer = await readToken(settings.masterKey, purpose, bearerSchema, token);
  return bearer !== undefined && bearer.expiresAtMs > clock() ? bearer.bore : [];
}

async function digestOf(ticketId: string, holderKey: string): Promise<string> {
  return (await tokenHash(`bearer/${ticketId}/${holderKey}`)).slice(0, digestLength);
}
