import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { secondMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './session.ts';

const cookieName = '__Host-offer';
const purpose = 'waitlist-offer';
const offerSchema = v.object({
  entryId: v.string(),
  eventId: v.string(),
  typeId: v.string(),
  expiresAtMs: v.number(),
});

export type CarriedOffer = Readonly<v.InferOutput<typeof offerSchema>>;

/** Carries an offer from its mail to the checkout. Whether it still stands only the inventory knows. */
export async function rememberOffer(c: AppContext, offer: CarriedOffer): Promise<void> {
  const { settings, clock } = c.var.services;
  const token = await signToken(settings.masterKey, purpose, offer);
  const maxAge = Math.max(1, Math.ceil((offer.expiresAtMs - clock()) / secondMs));
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge });
}

/** The offer this browser came with, for this event and one of these types. Carried on when it ran out, so that its end is told. */
export async function readOffer(
  c: AppContext,
  eventId: string,
  typeIds: readonly string[],
): Promise<CarriedOffer | undefined> {
  const token = getCookie(c, cookieName);
  if (token === undefined) return undefined;
  const offer = await readToken(c.var.services.settings.masterKey, purpose, offerSchema, token);
  return offer?.eventId === eventId && typeIds.includes(offer.typeId) ? offer : undefined;
}

export function forgetOffer(c: AppContext): void {
  deleteCookie(c, cookieName, cookieOptions);
}
