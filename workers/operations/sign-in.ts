import { uuidv7obj } from 'uuidv7';
import { personByEmail, saveChallenge, spendSignInLink } from '#d1/queries/people.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs } from '#shared/time.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { normaliseEmail } from '#workers/keys/pseudonym.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';

export const signInLinkMinutes = 10;
const tokenBytes = 32;

/** Mails a link, whether or not anybody is known under the address: the answer tells nothing about who has an account. */
export async function requestSignIn(services: Services, email: string): Promise<void> {
  const token = toBase64Url(services.randomBytes(tokenBytes));
  const now = services.clock();
  const address = normaliseEmail(email);
  await saveChallenge(services.db, {
    id: `chl_${encodeBase32(uuidv7obj().bytes)}`,
    purpose: 'sign_in',
    channel: 'email',
    address,
    browserHash: '',
    codeDigest: '',
    tokenHash: await tokenHash(token),
    createdAtMs: now,
    expiresAtMs: now + signInLinkMinutes * minuteMs,
  });
  await services.queueMessage({ kind: 'sign_in_link', email: address, token });
}

/** Spends a link: the id of the person who owns its address, made on first sign-in. */
export async function completeSignIn(services: Services, token: string): Promise<Result<string, 'link_expired'>> {
  const now = services.clock();
  const email = await spendSignInLink(services.db, await tokenHash(token), now);
  if (email === undefined) return fail('link_expired');
  const id = `per_${encodeBase32(uuidv7obj().bytes)}`;
  return ok(await personByEmail(services.db, email, { id, nowMs: now }));
}
