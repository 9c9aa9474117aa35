import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { deviceProofText } from '#shared/access/device-proof.ts';
import { minuteMs, secondMs, type EpochMs } from '#shared/time.ts';
import { isSignedBy } from '#workers/keys/device-signature.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { ScannerProofPage } from '#workers/ui/pages/scanner-proof.tsx';
import type { AppContext } from './app-context.ts';
import { refuse, wantsJson } from './refuse.tsx';
import { cookieOptions } from './session.ts';

/** A phone that was enrolled as a scanner, as its cookie says. Whether it still counts only its event's inventory knows. */
export type GateDeviceClaim = {
  readonly deviceId: string;
  readonly eventId: string;
  /** Until then the cookie alone is enough; after it, the device's key has to sign again. */
  readonly expiresAtMs: EpochMs;
};

const cookieName = '__Host-gate';
const purpose = 'gate-device';
const claimTtlMs = 10 * minuteMs;
const noncePurpose = 'gate-nonce';
const nonceTtlMs = 2 * minuteMs;

const claimSchema = v.object({ deviceId: v.string(), eventId: v.string(), expiresAtMs: v.number() });
const nonceSchema = v.object({ for: v.string(), expiresAtMs: v.number() });

/**
 * Who the cookie says this is, fresh or not: a phone that slept is told to sign again, not to enrol again. `isFresh` is
 * what opens anything. Checked without a database: a gate goes on when D1 does not.
 */
export async function readGateDevice(c: AppContext): Promise<(GateDeviceClaim & { isFresh: boolean }) | undefined> {
  const token = getCookie(c, cookieName);
  if (token === undefined) return undefined;
  const { settings, clock } = c.var.services;
  const claim = await readToken(settings.masterKey, purpose, claimSchema, token);
  return claim && { ...claim, isFresh: claim.expiresAtMs > clock() };
}

/** Ten minutes of being this scanner. The cookie itself stays until the device's end, so that it can be renewed. */
export async function rememberGateDevice(
  c: AppContext,
  { deviceId, eventId, endsAtMs }: { deviceId: string; eventId: string; endsAtMs: EpochMs },
): Promise<void> {
  const { settings, clock } = c.var.services;
  const now = clock();
  const expiresAtMs = Math.min(now + claimTtlMs, endsAtMs);
  const token = await signToken(settings.masterKey, purpose, { deviceId, eventId, expiresAtMs });
  const maxAge = Math.max(1, Math.ceil((endsAtMs - now) / secondMs));
  setCookie(c, cookieName, token, { ...cookieOptions, sameSite: 'Strict', maxAge });
}

/**
 * Something to sign that is good for two minutes and one purpose: an enrolment's token or a device's id. Nothing is
 * stored for it. Within its minutes it could be signed twice, which gives the same phone the same cookie twice.
 */
export async function makeNonce(c: AppContext, subject: string): Promise<string> {
  const { settings, clock } = c.var.services;
  return signToken(settings.masterKey, noncePurpose, {
    for: await tokenHash(subject),
    expiresAtMs: clock() + nonceTtlMs,
  });
}

export type DeviceProof = { readonly nonce: string; readonly publicKey: string; readonly signature: string };

/** Whether the key's owner signed a nonce of ours for this purpose, minutes ago at most. */
export async function isProved(
  c: AppContext,
  what: 'enrol' | 'renew',
  subject: string,
  { nonce, publicKey, signature }: DeviceProof,
): Promise<boolean> {
  const { settings, clock } = c.var.services;
  const said = await readToken(settings.masterKey, noncePurpose, nonceSchema, nonce);
  if (said === undefined || said.for !== (await tokenHash(subject)) || said.expiresAtMs <= clock()) return false;
  return isSignedBy(publicKey, deviceProofText(what, nonce), signature);
}

/** A phone that slept past its ten minutes signs again by itself and comes back; a program is told to. */
export function askForProof(c: AppContext): Response | Promise<Response> {
  const failure = { code: 'device_proof_needed' } as const;
  if (wantsJson(c)) return refuse(c, failure);
  c.header('Cache-Control', 'no-store');
  return c.html(<ScannerProofPage />, problemOf(failure).status);
}
