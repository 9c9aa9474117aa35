import type { Reason } from '../admission/verdict.ts';
import { sameBytes, concatBytes } from '../encoding/bytes.ts';
import { normaliseTyped } from '../encoding/base32.ts';
import { ticketIdOf } from '../ids.ts';
import type { EpochMs } from '../time.ts';
import { decodeGrants, readPrintedCode, signedBytes, type PrintedCode, type TicketGrants } from './code.ts';
import { keyStanding, type KeyRing } from './key-ring.ts';
import { holderSignedBytes, readLiveCode, type LiveCode } from './live-code.ts';
import { isFresh } from './steps.ts';

/**
 * The one verification of ticket codes: the same in the event's object, at a gate without network, and in tests. What the
 * keys say (`checkSignatures`) never changes and may be found out at leisure; what the event says (`whyRefused`) is asked in
 * the transaction that decides.
 */
export type TicketCode = PrintedCode | LiveCode;

/** Cryptography, as the runtime has it. */
export type CodeChecks = {
  /** Whether the issuer's key of this event and id made the signature. Asked for live key ids of the own event only. */
  readonly isIssued: (
    key: { readonly eventNumber: number; readonly keyId: number },
    message: Uint8Array,
    signature: Uint8Array,
  ) => Promise<boolean>;
  /** Whether the holder's key made it; false for a malformed point. */
  readonly isHeld: (holderKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
};

/** What an event says of its codes now. */
export type CodeFacts = {
  readonly eventNumber: number;
  readonly ring: KeyRing;
  readonly now: EpochMs;
  /** What is known of a ticket; undefined when nothing is, and then its code stands for itself. */
  readonly ticket: (ticketId: string) => KnownTicket | undefined;
};

export type KnownTicket = {
  /** Whether a code of this generation was replaced. */
  readonly isReplaced: (generation: number) => boolean;
  /** The key that may sign its live codes: null when no device bears it, undefined when that is not known. */
  readonly holderKey: Uint8Array | null | undefined;
};

export type Signatures = 'genuine' | 'not_issued' | 'not_held' | 'unchecked';

export type CodeRefusal = Extract<
  Reason,
  'unreadable_code' | 'wrong_event' | 'forged_code' | 'retired_key' | 'wrong_holder' | 'stale_code' | 'replaced_code'
>;

export type VerifiedCode =
  | {
      readonly kind: 'genuine';
      readonly code: TicketCode;
      readonly ticketId: string;
      /** What it says, where the verifier has the gate key. */
      readonly grants: TicketGrants | undefined;
    }
  | { readonly kind: 'refused'; readonly reason: CodeRefusal; readonly ticketId?: string };

/** A code in whatever a scanner, a keyboard or a person made of it: lower case, spaces and look-alikes are forgiven. */
export function readCode(text: string): TicketCode | undefined {
  const code = normaliseTyped(text);
  return readPrintedCode(code) ?? readLiveCode(code);
}

/** Opens C with the gate key of the code's key id, which is a live one. */
export type OpenGrants = (code: TicketCode) => Promise<Uint8Array>;

/** All of it at once, for those who need not decide in a transaction. C is opened while the signatures are checked. */
export async function verifyCode(
  text: string,
  facts: CodeFacts,
  { open, ...checks }: CodeChecks & { readonly open?: OpenGrants },
): Promise<VerifiedCode> {
  const code = readCode(text);
  if (code === undefined) return { kind: 'refused', reason: 'unreadable_code' };
  const [signatures, opened] = await Promise.all([
    checkSignatures(code, facts, checks),
    isOurs(code, facts) && open !== undefined ? open(code) : undefined,
  ]);
  const reason = whyRefused(code, signatures, facts);
  const ticketId = ticketIdOf(code.header.ticket);
  if (reason === undefined) return { kind: 'genuine', code, ticketId, grants: opened && decodeGrants(opened) };
  return isAboutTicket(reason) ? { kind: 'refused', reason, ticketId } : { kind: 'refused', reason };
}

/**
 * What the keys say. A code of another event, or under a key id this event does not have, is not worth a derivation: random
 * numbers in forged codes would otherwise fill a verifier's memory with keys.
 */
export async function checkSignatures(
  code: TicketCode,
  facts: Pick<CodeFacts, 'eventNumber' | 'ring' | 'now'>,
  checks: CodeChecks,
): Promise<Signatures> {
  if (!isOurs(code, facts)) return 'unchecked';
  return signaturesOf(...(await Promise.all([askIssuer(code, checks), askHolder(code, checks)])));
}

/** A code of this event, under one of its live keys: only of such a code the keys are asked. */
export function isOurs(code: TicketCode, facts: Pick<CodeFacts, 'eventNumber' | 'ring' | 'now'>): boolean {
  return whyNotOurs(code, facts) === undefined;
}

export function askIssuer(code: TicketCode, checks: CodeChecks): Promise<boolean> {
  return checks.isIssued(code.header, issuerSigned(code), code.signature);
}

/** Paper is held by whoever shows it. */
export function askHolder(code: TicketCode, checks: CodeChecks): Promise<boolean> {
  if (code.form === 'printed') return Promise.resolve(true);
  return checks.isHeld(code.holderKey, holderSignedBytes(code.body), code.holderSignature);
}

export function signaturesOf(isIssued: boolean, isHeld: boolean): Signatures {
  if (!isIssued) return 'not_issued';
  return isHeld ? 'genuine' : 'not_held';
}

/** Why a code is refused; undefined when it stands for its ticket. */
export function whyRefused(code: TicketCode, signatures: Signatures, facts: CodeFacts): CodeRefusal | undefined {
  const foreign = whyNotOurs(code, facts);
  if (foreign !== undefined) return foreign;
  if (signatures === 'not_issued' || signatures === 'unchecked') return 'forged_code';
  if (signatures === 'not_held') return 'wrong_holder';
  const ticket = facts.ticket(ticketIdOf(code.header.ticket));
  if (ticket?.isReplaced(code.header.generation) === true) return 'replaced_code';
  if (code.form === 'printed') return undefined;
  const registered = ticket?.holderKey;
  if (registered === null) return 'wrong_holder';
  if (registered !== undefined && !sameBytes(registered, code.holderKey)) return 'wrong_holder';
  return isFresh(code.step, facts.now) ? undefined : 'stale_code';
}

/** The exact bytes an issuer answered for: a digest of them stands for its signature. */
export function issuedBytes(code: TicketCode): Uint8Array {
  const key = code.form === 'live' ? [code.holderKey] : [];
  return concatBytes(code.headerBytes, code.sealedGrants, ...key, code.signature);
}

/**
 * The clear event number is the directory that tells another event's ticket from none: it opens nothing here either way, so
 * nothing is verified to say so. Only who has a live key could be called a forger.
 */
function whyNotOurs(
  { header }: TicketCode,
  { eventNumber, ring, now }: Pick<CodeFacts, 'eventNumber' | 'ring' | 'now'>,
): Extract<CodeRefusal, 'wrong_event' | 'forged_code' | 'retired_key'> | undefined {
  if (header.eventNumber !== eventNumber) return 'wrong_event';
  const standing = keyStanding(ring, header.keyId, now);
  if (standing === 'live') return undefined;
  return standing === 'retired' ? 'retired_key' : 'forged_code';
}

function issuerSigned(code: TicketCode): Uint8Array {
  return signedBytes(code.headerBytes, code.sealedGrants, code.form === 'live' ? code.holderKey : undefined);
}

/** Refusals of codes that the keys vouch for: only those may be laid to a ticket. */
function isAboutTicket(reason: CodeRefusal): boolean {
  return reason === 'wrong_holder' || reason === 'stale_code' || reason === 'replaced_code';
}
