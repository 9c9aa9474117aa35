import * as v from 'valibot';
import { nameKey } from '#d1/queries/devices.ts';
import { revokeSession, shortenSession } from '#d1/queries/sessions.ts';
import { lifetimes, nameKeyWithinMs } from '#shared/access/sessions.ts';
import { sessionProofText } from '#shared/access/session-proof.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';
import { isSignedBy } from '#workers/keys/device-signature.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';

const purpose = 'session-challenge';
/** From asking to answering is a moment; a phone in a pocket may take longer. */
const challengeTtlMs = 2 * minuteMs;
const challengeSchema = v.object({ sessionId: v.string(), nonce: v.string(), expiresAtMs: v.number() });

/** The session as far as its key is concerned. */
export type Locked = {
  readonly id: string;
  readonly personId: string;
  readonly deviceId: string | undefined;
  readonly publicKey: string | undefined;
  readonly provedAtMs: EpochMs;
  readonly createdAtMs: EpochMs;
};

/** What a browser signs to show its key: ours, for this session, for a moment. Needs no database, as the answer needs none. */
export function sessionChallenge({ settings, clock, randomBytes }: Services, sessionId: string): Promise<string> {
  const nonce = encodeBase32(randomBytes(10));
  return signToken(settings.masterKey, purpose, { sessionId, nonce, expiresAtMs: clock() + challengeTtlMs });
}

type Answer = { readonly challenge: string; readonly signature: string };

/**
 * Takes the browser's key for good, once: while it is surely still the person's own browser, just signed in. Later a
 * thief could name a key of his own.
 */
export async function nameSessionKey(
  services: Services,
  session: Locked,
  answer: Answer & { publicKey: string },
): Promise<Result<string, 'device_proof_needed' | 'proof_needed'>> {
  const { deviceId, provedAtMs } = session;
  if (!(await isOurs(services, session.id, answer.challenge))) return fail('device_proof_needed');
  const isLate = services.clock() - provedAtMs >= nameKeyWithinMs;
  if (deviceId === undefined || session.publicKey !== undefined || isLate) return fail('proof_needed');
  const text = sessionProofText('name', answer.challenge);
  if (!(await isSignedBy(answer.publicKey, text, answer.signature))) return fail('device_proof_needed');
  return (await nameKey(services.db, deviceId, answer.publicKey)) ? ok(deviceId) : fail('proof_needed');
}

/**
 * Whether the key is still here. A browser of ours that lost it says so and asks for a code; a signature that does not
 * hold was made by somebody with a copied cookie and a key of their own, so the session ends.
 */
export async function proveSessionKey(
  services: Services,
  session: Locked,
  answer: Answer,
): Promise<Result<string, 'device_proof_needed' | 'device_key_refused'>> {
  const { id, personId, deviceId, publicKey } = session;
  const isFresh = await isOurs(services, id, answer.challenge);
  if (!isFresh || deviceId === undefined || publicKey === undefined) return fail('device_proof_needed');
  if (await isSignedBy(publicKey, sessionProofText('renew', answer.challenge), answer.signature)) return ok(deviceId);
  await revokeSession(services.db, { sessionId: id, personId }, services.clock());
  const facts = { sign: 'wrong_key', device: deviceId };
  await audit(services, { action: 'session.theft_suspected', actorId: personId, subjectId: id, facts });
  return fail('device_key_refused');
}

/** A browser without scripts can hold no key: its staff session is let through, and ends an hour after its sign-in. */
export async function goOnWithoutKey(services: Services, { id, createdAtMs }: Locked): Promise<void> {
  await shortenSession(services.db, id, createdAtMs + lifetimes.unlockedStaff.absoluteMs);
}

async function isOurs({ settings, clock }: Services, sessionId: string, token: string): Promise<boolean> {
  const challenge = await readToken(settings.masterKey, purpose, challengeSchema, token);
  return challenge?.sessionId === sessionId && challenge.expiresAtMs > clock();
}
