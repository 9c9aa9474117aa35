import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { minuteMs, secondMs } from '#shared/time.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { cookieOptions } from '#workers/http/session.ts';

const cookieName = '__Host-passkey';
const ttlMs = 10 * minuteMs;

const text = v.pipe(v.string(), v.maxLength(20_000));

/** As browsers send them (WebAuthn Level 3, 5.1.8 and 5.1.9): only what is read. What is in it, the signature says. */
export const authenticationSchema = v.object({
  id: text,
  rawId: text,
  type: v.literal('public-key'),
  clientExtensionResults: v.object({}),
  response: v.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: v.exactOptional(text),
  }),
});

export const registrationSchema = v.object({
  id: text,
  rawId: text,
  type: v.literal('public-key'),
  clientExtensionResults: v.object({}),
  response: v.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: v.exactOptional(
      v.array(v.picklist(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])),
    ),
  }),
});

/** The question goes with the browser that was asked: an answer that somebody else was tricked into is worth nothing. */
export function keepQuestion(c: AppContext, question: string): void {
  setCookie(c, cookieName, question, { ...cookieOptions, sameSite: 'Strict', maxAge: ttlMs / secondMs });
}

export function takeQuestion(c: AppContext): string {
  const question = getCookie(c, cookieName) ?? '';
  deleteCookie(c, cookieName, cookieOptions);
  return question;
}
