import * as v from 'valibot';
import { asciiBytes, concatBytes } from '../encoding/bytes.ts';
import { eventRulesSchema, type EventRules } from '../inventory/rules.ts';
import { lastGeneration } from '../tickets/code.ts';
import type { KeyRing } from '../tickets/key-ring.ts';
import type { CodeFacts } from '../tickets/verify.ts';
import { hourMs, type EpochMs } from '../time.ts';
import type { GateNews } from './socket-messages.ts';

/**
 * What a gate needs to decide without any network: the rules in force, the keys it verifies and opens codes with, and which
 * tickets are no longer what their codes say. Signed, numbered and short-lived; between two of them the gate follows the
 * event's log. Its gate keys open C, so it is handed to enrolled scanners only; it can make nothing.
 */
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const keyId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xff));
const base64Url = (length: number) => v.pipe(v.string(), v.regex(/^[\w-]+$/), v.length(length));
const noGeneration = lastGeneration + 1;

const manifestSchema = v.object({
  version: v.literal(1),
  /** The event log's number as of which all this holds: what came later is news. */
  sequence: instant,
  issuedAtMs: instant,
  /** From then on it is refused, loudly. */
  expiresAtMs: instant,
  rulesVersion: v.pipe(v.number(), v.safeInteger()),
  rules: eventRulesSchema,
  /** Live keys: Ed25519 to verify with, AES-128 to open C with. */
  keys: v.array(v.object({ keyId, publicKey: base64Url(43), gateKey: base64Url(22) })),
  retiredKeyIds: v.array(keyId),
  /** Ticket types by the number their codes say. */
  types: v.record(v.string(), v.string()),
  /** Tickets whose codes below a generation are refused; all of them, for refunded and suspended ones. */
  revocations: v.record(v.string(), v.pipe(v.number(), v.integer(), v.maxValue(noGeneration))),
});

export type GateManifest = v.InferOutput<typeof manifestSchema>;

/** What the event's inventory knows of it. */
export type ManifestFacts = Pick<GateManifest, 'sequence' | 'rulesVersion' | 'types' | 'revocations'> & {
  readonly rules: EventRules;
  readonly ring: KeyRing;
  readonly nowMs: EpochMs;
};

export type SignedManifest = {
  /** JSON. The signature is of these very characters, so that no two programs need agree on how to write JSON. */
  readonly text: string;
  /** Ed25519, by the event's manifest key. */
  readonly signature: Uint8Array;
};

/** Shorter than a new issuer key is announced, so that no gate meets a code under a key it never heard of. */
export const manifestStandsMs = 12 * hourMs;
const domain = asciiBytes('expo-ticketing/gate-manifest/1\n');

export function buildManifest(facts: ManifestFacts, keys: GateManifest['keys']): GateManifest {
  const { sequence, rulesVersion, rules, types, revocations, ring, nowMs } = facts;
  const retiredKeyIds = ring.filter(({ retiredAtMs }) => retiredAtMs !== undefined).map((key) => key.keyId);
  const times = { issuedAtMs: nowMs, expiresAtMs: nowMs + manifestStandsMs };
  return { version: 1, sequence, ...times, rulesVersion, rules, keys, retiredKeyIds, types, revocations };
}

export async function signManifest(
  manifest: GateManifest,
  ports: { readonly sign: (message: Uint8Array) => Promise<Uint8Array>; readonly utf8: (text: string) => Uint8Array },
): Promise<SignedManifest> {
  const text = JSON.stringify(manifest);
  return { text, signature: await ports.sign(concatBytes(domain, ports.utf8(text))) };
}

export type OpenedManifest =
  | { readonly kind: 'good'; readonly manifest: GateManifest }
  | { readonly kind: 'bad'; readonly why: 'forged' | 'unreadable' | 'expired' | 'older' };

/** Reads a manifest. An older one than the gate already has is refused: it would bring revoked tickets back. */
export async function openManifest(
  { text, signature }: SignedManifest,
  { now, heldSequence }: { readonly now: EpochMs; readonly heldSequence: number },
  ports: {
    readonly verify: (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
    readonly utf8: (text: string) => Uint8Array;
  },
): Promise<OpenedManifest> {
  if (!(await ports.verify(concatBytes(domain, ports.utf8(text)), signature))) return { kind: 'bad', why: 'forged' };
  const parsed = v.safeParse(manifestSchema, JSON.parse(text));
  if (!parsed.success) return { kind: 'bad', why: 'unreadable' };
  if (parsed.output.sequence < heldSequence) return { kind: 'bad', why: 'older' };
  return isStale(parsed.output, now) ? { kind: 'bad', why: 'expired' } : { kind: 'good', manifest: parsed.output };
}

/** Asked before each decision: a gate left alone too long may know too little. */
export function isStale({ expiresAtMs }: Pick<GateManifest, 'expiresAtMs'>, now: EpochMs): boolean {
  return expiresAtMs <= now;
}

/** Revocations as a gate keeps them: the manifest's, and what it heard since. */
export type Revoked = { readonly sequence: number; readonly least: ReadonlyMap<string, number> };

export function revokedIn({ sequence, revocations }: GateManifest): Revoked {
  return { sequence, least: new Map(Object.entries(revocations)) };
}

/**
 * Follows the log. Undefined where something between was missed, because nobody can say what it would have revoked, and where
 * rules or keys are new: then a new manifest is needed.
 */
export function withNews(
  revoked: Revoked,
  { afterSequence, sequence, news }: { afterSequence: number; sequence: number; news: readonly GateNews[] },
): Revoked | undefined {
  if (sequence <= revoked.sequence) return revoked;
  if (afterSequence > revoked.sequence) return undefined;
  if (news.some(([what]) => what === 'manifest')) return undefined;
  const least = new Map(revoked.least);
  for (const item of news) {
    if (item[0] !== 'is') continue;
    const [, ticketId, status, generation] = item;
    least.set(ticketId, leastGeneration(status, generation));
  }
  return { sequence, least };
}

/** The least generation whose codes are good; above all there are, when none is. */
export function leastGeneration(status: string, generation: number): number {
  return status === 'refunded' || status === 'suspended' ? noGeneration : generation;
}

/** Whether no code of the ticket is good any more: it was refunded or suspended, which of the two no gate is told. */
export function isStopped({ least }: Revoked, ticketId: string): boolean {
  return least.get(ticketId) === noGeneration;
}

/** What a gate without network verifies a code against. Its code stands for a ticket nobody revoked. */
export function codeFactsOf(manifest: GateManifest, revoked: Revoked, now: EpochMs): CodeFacts {
  const live = manifest.keys.map((key) => ({ keyId: key.keyId, fromMs: 0, retiredAtMs: undefined }));
  const retired = manifest.retiredKeyIds.map((id) => ({ keyId: id, fromMs: 0, retiredAtMs: 0 }));
  return {
    eventNumber: manifest.rules.eventNumber,
    ring: [...live, ...retired],
    now,
    ticket: (ticketId) => {
      const least = revoked.least.get(ticketId);
      return least === undefined ? undefined : { isReplaced: (generation) => generation < least, holderKey: undefined };
    },
  };
}
