import { uuidv7obj } from 'uuidv7';
import { findChallenge, saveChallenge, spendLink, tryCode, type Challenge } from '#d1/queries/challenges.ts';
import { knownDevice, type Reachable } from '#d1/queries/people.ts';
import { askingBrakes, challengeMs, triesPerChallenge, wrongCodes } from '#shared/access/brakes.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { codeDigest, makeCode } from '#workers/keys/one-time-code.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { brake, spendOnce, unbrake } from './brake.ts';

const tokenBytes = 32;

export type Purpose = Challenge['purpose'];

/** The browser that asks: a digest of the name it was given, and the devices it says it is. */
export type Asking = { readonly browserHash: string; readonly deviceIds: readonly string[] };

/**
 * Sends a code, and by mail at sign-in also a link. The same is done, counted and answered whether or not anybody is
 * known under the address. Answers the challenge's id, which is no secret: the code counts only in the browser that asked.
 */
export async function askForCode(
  services: Services,
  to: Reachable,
  about: { purpose: Purpose; personId?: string | undefined },
  asking: Asking,
): Promise<Result<string, 'too_many_requests'>> {
  const { db, settings, clock, randomBytes, queueMessage } = services;
  const known = await knownDevice(db, to, asking.deviceIds);
  const subjects = { address: `${to.channel}:${to.address}`, browser: asking.browserHash, device: known ?? '' };
  const brakes = known === undefined ? askingBrakes.unknown : askingBrakes.known;
  const allowed = await brake(
    services,
    brakes.map((one) => ({ ...one, subject: subjects[one.by] })),
  );
  if (!allowed.ok) return allowed;
  const id = `chl_${encodeBase32(uuidv7obj().bytes)}`;
  const code = makeCode(randomBytes);
  // A link opens anywhere, so it may start a session of its own but vouch for nobody else's.
  const token =
    to.channel === 'email' && about.purpose === 'sign_in' ? toBase64Url(randomBytes(tokenBytes)) : undefined;
  const now = clock();
  await saveChallenge(db, {
    id,
    purpose: about.purpose,
    ...to,
    personId: about.personId ?? null,
    browserHash: asking.browserHash,
    codeDigest: await codeDigest(settings.masterKey, id, code),
    tokenHash: token === undefined ? null : await tokenHash(token),
    createdAtMs: now,
    expiresAtMs: now + challengeMs,
  });
  await queueMessage({ kind: 'one_time_code', purpose: about.purpose, to, code, token });
  return ok(id);
}

/** A challenge that can still be answered in this browser; undefined when there is none. */
export async function openChallenge(services: Services, id: string, browserHash: string) {
  const found = await findChallenge(services.db, { id, browserHash });
  const isOpen = found?.spentAtMs === null && found.expiresAtMs > services.clock();
  return isOpen && found.wrongTries < triesPerChallenge ? found : undefined;
}

export type CodeRefusal = 'code_wrong' | 'code_over' | 'codes_stopped';

/** Spends a code, once, in the browser that asked for it. What was proved, or why not. */
export async function answerCode(
  services: Services,
  typed: { challengeId: string; code: string; purpose: Purpose },
  asking: Asking,
): Promise<Result<Challenge, CodeRefusal>> {
  const { db, settings } = services;
  const { challengeId, code, purpose } = typed;
  const { browserHash } = asking;
  const open = await openChallenge(services, challengeId, browserHash);
  if (open === undefined || open.purpose !== purpose) return fail('code_over');
  const { channel, address } = open;
  const isKnown = (await knownDevice(db, { channel, address }, asking.deviceIds)) !== undefined;
  const tally = { ...wrongCodes, subject: `${channel}:${address}` };
  // Counted before it is tried, so that many at once are not looked at; taken back when it was right.
  const allowed = isKnown ? ok() : await brake(services, [tally]);
  if (!allowed.ok) {
    // Once: whoever goes on guessing must not fill the log.
    const isNews = await spendOnce(services, 'codes-stopped', challengeId, open.expiresAtMs);
    if (isNews) await audit(services, { action: 'sign_in.codes_stopped', actorId: null, subjectId: challengeId });
    return fail('codes_stopped', allowed.failure.facts);
  }
  const digest = await codeDigest(settings.masterKey, challengeId, code);
  const tried = await tryCode(db, {
    id: challengeId,
    purpose,
    browserHash,
    codeDigest: digest,
    nowMs: services.clock(),
    triesMax: triesPerChallenge,
  });
  if (tried === undefined) return fail('code_over');
  if (tried.spentAtMs === null) {
    const facts = { purpose, tries: tried.wrongTries };
    await audit(services, { action: 'sign_in.code_wrong', actorId: null, subjectId: challengeId, facts });
    const left = triesPerChallenge - tried.wrongTries;
    return left > 0 ? fail('code_wrong', { left }) : fail('code_over');
  }
  if (!isKnown) await unbrake(services, tally);
  return ok(tried);
}

/** Spends a link. It was long enough not to be guessed, so it counts in any browser. */
export async function answerLink(services: Services, token: string): Promise<Result<Challenge, 'link_expired'>> {
  const spent = await spendLink(services.db, await tokenHash(token), services.clock());
  return spent === undefined ? fail('link_expired') : ok(spent);
}
