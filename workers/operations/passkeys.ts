import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import * as v from 'valibot';
import { addPasskey, findPasskey, passkeysOf, removePasskey, usePasskey, type Passkey } from '#d1/queries/passkeys.ts';
import { findPerson } from '#d1/queries/people.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs } from '#shared/time.ts';
import { readToken, signToken, toBase64Url } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { audit } from './audit.ts';
import { spendOnce } from './brake.ts';

/** EdDSA, ES256, RS256: what authenticators have, best first. */
const algorithms = [-8, -7, -257];
const challengeBytes = 32;
const answerWithinMs = 10 * minuteMs;

/** What a question was asked for: an answer to one kind counts for no other. */
export type Asked = 'add' | 'enter' | 'prove';

const questionSchema = v.object({
  challenge: v.string(),
  asked: v.picklist(['add', 'enter', 'prove']),
  /** Whose passkey it must be; null where the passkey says who it is. */
  personId: v.nullable(v.string()),
  expiresAtMs: v.number(),
});
type Question = v.InferOutput<typeof questionSchema>;

export type PasskeyRefusal = 'passkey_refused' | 'passkey_copied' | 'passkey_question_over';

const relyingParty = ({ settings }: Services) => new URL(settings.publicOrigin);

/** Options for making a passkey, and the signed question that its browser must bring back with the answer. */
export async function askToAddPasskey(services: Services, personId: string) {
  const [person, existing] = await Promise.all([findPerson(services.db, personId), passkeysOf(services.db, personId)]);
  const question = newQuestion(services, 'add', personId);
  const userName = person?.email ?? person?.phone ?? messages.site.name;
  const options = await generateRegistrationOptions({
    rpName: messages.site.name,
    rpID: relyingParty(services).hostname,
    userName,
    userDisplayName: person?.name ?? userName,
    userID: Uint8Array.from(new TextEncoder().encode(personId)),
    challenge: challengeOf(question),
    attestationType: 'none',
    excludeCredentials: existing.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
  return { options, question: await seal(services, question) };
}

/** Keeps a new passkey. `name` is how its owner will know it. */
export async function addPasskeyFor(
  services: Services,
  personId: string,
  answer: { question: string; response: RegistrationResponseJSON; name: string },
): Promise<Result<string, PasskeyRefusal>> {
  const question = await spendQuestion(services, answer.question, 'add', personId);
  if (!question.ok) return question;
  const { origin, hostname } = relyingParty(services);
  const verified = await verifyRegistrationResponse({
    response: answer.response,
    expectedChallenge: toBase64Url(challengeOf(question.value)),
    expectedOrigin: origin,
    expectedRPID: hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(refused);
  if (verified?.verified !== true) return fail('passkey_refused');
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const isNew = await addPasskey(services.db, {
    id: credential.id,
    personId,
    publicKey: credential.publicKey,
    signCount: credential.counter,
    transports: JSON.stringify(credential.transports ?? []),
    name: answer.name,
    isBackedUp: credentialBackedUp,
    createdAtMs: services.clock(),
  });
  if (!isNew) return fail('passkey_refused');
  await audit(services, { action: 'passkey.added', actorId: personId, subjectId: fitId(credential.id) });
  await services.queueMessage({ kind: 'account_notice', personId, what: 'passkey_added', atMs: services.clock() });
  return ok(credential.id);
}

/** Options for using a passkey: whichever the browser has, or one of a person who is to be proved again. */
export async function askForPasskey(services: Services, personId?: string) {
  const question = newQuestion(services, personId === undefined ? 'enter' : 'prove', personId ?? null);
  const own = personId === undefined ? [] : await passkeysOf(services.db, personId);
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(services).hostname,
    challenge: challengeOf(question),
    userVerification: 'required',
    allowCredentials: own.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
  });
  return { options, question: await seal(services, question) };
}

/** The person whose passkey answered the question. */
export async function answerWithPasskey(
  services: Services,
  answer: { question: string; response: AuthenticationResponseJSON; personId?: string | undefined },
): Promise<Result<string, PasskeyRefusal>> {
  const { response, personId } = answer;
  const asked = personId === undefined ? 'enter' : 'prove';
  const question = await spendQuestion(services, answer.question, asked, personId ?? null);
  if (!question.ok) return question;
  const passkey = await findPasskey(services.db, response.id);
  if (passkey === undefined) return fail('passkey_refused');
  if (personId !== undefined && passkey.personId !== personId) return fail('passkey_refused');
  const { origin, hostname } = relyingParty(services);
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: toBase64Url(challengeOf(question.value)),
    expectedOrigin: origin,
    expectedRPID: hostname,
    requireUserVerification: true,
    // The counter is compared in the statement that moves it: two at once cannot both be the next.
    credential: { id: passkey.id, publicKey: Uint8Array.from(passkey.publicKey), counter: 0 },
  }).catch(refused);
  if (verified?.verified !== true) return fail('passkey_refused');
  return noteUse(services, passkey, verified.authenticationInfo);
}

async function noteUse(
  services: Services,
  { id, personId }: Passkey,
  used: { newCounter: number; credentialBackedUp: boolean },
): Promise<Result<string, 'passkey_copied'>> {
  const signCount = used.newCounter;
  const isBackedUp = used.credentialBackedUp;
  if (await usePasskey(services.db, { id, signCount, isBackedUp, nowMs: services.clock() })) return ok(personId);
  const facts = { counter: signCount };
  await audit(services, { action: 'passkey.copy_suspected', actorId: personId, subjectId: fitId(id), facts });
  return fail('passkey_copied');
}

/** False when the person has no such passkey. */
export async function removePasskeyOf(services: Services, personId: string, id: string): Promise<boolean> {
  if (!(await removePasskey(services.db, { id, personId }))) return false;
  await audit(services, { action: 'passkey.removed', actorId: personId, subjectId: fitId(id) });
  await services.queueMessage({ kind: 'account_notice', personId, what: 'passkey_removed', atMs: services.clock() });
  return true;
}

function newQuestion({ clock, randomBytes }: Services, asked: Asked, personId: string | null): Question {
  const challenge = toBase64Url(randomBytes(challengeBytes));
  return { challenge, asked, personId, expiresAtMs: clock() + answerWithinMs };
}

/** Bytes, because the package would take text for something still to be encoded. */
function challengeOf({ challenge }: Question): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(challenge));
}

const seal = ({ settings }: Services, question: Question) => signToken(settings.masterKey, 'passkey', question);

/** Takes a question back, once: it is ours, fresh, of this kind and about this person. */
async function spendQuestion(
  services: Services,
  token: string,
  asked: Asked,
  personId: string | null,
): Promise<Result<Question, 'passkey_question_over'>> {
  const question = await readToken(services.settings.masterKey, 'passkey', questionSchema, token);
  const isOurs = question?.asked === asked && question.personId === personId;
  if (!isOurs || question.expiresAtMs <= services.clock()) return fail('passkey_question_over');
  const isFirst = await spendOnce(services, 'passkey', question.challenge, question.expiresAtMs);
  return isFirst ? ok(question) : fail('passkey_question_over');
}

/** The package throws over every answer that is not as it must be; which part, nobody outside needs to know. */
function refused(error: unknown): undefined {
  console.error('a passkey was refused', error instanceof Error ? error.name : 'unknown');
  return undefined;
}

type Transports = NonNullable<WebAuthnCredential['transports']>;

function transportsOf(kept: string): Transports {
  return JSON.parse(kept) as Transports;
}

/** Credential ids may be longer than a log should carry; their beginning tells them apart. */
function fitId(id: string): string {
  return id.slice(0, 40);
}
