import { gatePolicyOf, mayAdmitByStale, oneMoreByStale } from '#shared/gate/policy.ts';
import { useFrom, type Passage } from '#shared/gate/heard.ts';
import { decideAlone, type LoneDecision } from '#shared/gate/offline.ts';
import type { RecordFacts } from '#shared/gate/scan-log.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { normaliseTyped } from '#shared/encoding/base32.ts';
import { ticketIdOf } from '#shared/ids.ts';
import { readHandle } from '#shared/tickets/handle.ts';
import { readCode } from '#shared/tickets/verify.ts';
import type { Scan } from '../scan-queue.ts';
import { logPorts } from './bytes.ts';
import type { EventClock } from './clock.ts';
import type { Knowledge, Known } from './knowledge.ts';
import { keepRecord, type Effect } from './log.ts';
import { heardSeq, passagesOf } from './memory.ts';
import { keep, read, type Store } from './store.ts';

/** Which scanner decides, where, and for whom. */
export type Assignment = {
  readonly deviceId: string;
  readonly eventId: string;
  readonly gateId: string;
  readonly staffId: string;
  readonly mayOverride: boolean;
};

export type LoneDeps = {
  readonly store: Store;
  readonly clock: EventClock;
  readonly knowledge: Knowledge;
  readonly assignment: Assignment;
  readonly areGatesOpen: () => boolean;
};

/** What this phone decided by itself and wrote down, or why it could not. */
export type AloneAnswer =
  | { readonly kind: 'decided'; readonly verdict: Verdict; readonly isStale: boolean }
  | { readonly kind: 'cannot'; readonly why: 'no_manifest' | 'stale' | 'needs_event' | 'full' };

type Decided = Extract<LoneDecision, { kind: 'decided' }>;
/** Another window, or news in the very moment; never many times in a row. */
const triesMax = 5;

/** Decides a scan by what this phone knows, and has it on disk before it answers. */
export async function decideHere(deps: LoneDeps, scan: Scan, because: 'offline' | 'deadline'): Promise<AloneAnswer> {
  const { known } = deps.knowledge;
  // A ticket that was looked up has no code, and only the event knows its number.
  if (scan.ticketId !== undefined) return { kind: 'cannot', why: 'needs_event' };
  if (known === undefined) return { kind: 'cannot', why: 'no_manifest' };
  for (let tries = 0; tries < triesMax; tries += 1) {
    const passages = await passagesBy(deps.store, scan.code);
    const decision = await decide(deps, known, scan, passages);
    if (decision.kind === 'stale') return { kind: 'cannot', why: 'stale' };
    if (decision.isStale === true && isIn(decision)) await countStale(deps.store, known);
    const facts = await factsOf(deps, scan, decision, because);
    const kept = await keepRecord(deps.store, facts, effectOf(deps, scan, decision, passages.length));
    if (kept === 'full') return { kind: 'cannot', why: 'full' };
    const { verdict } = decision.admission;
    if (kept === 'kept') return { kind: 'decided', verdict, isStale: decision.isStale === true };
  }
  throw new Error('The log of this phone moves without end');
}

async function passagesBy(store: Store, text: string): Promise<readonly Passage[]> {
  const code = readCode(text);
  return code === undefined ? [] : passagesOf(store, ticketIdOf(code.header.ticket));
}

async function decide(
  { store, clock, assignment, areGatesOpen }: LoneDeps,
  { manifest, keys, revoked }: Known,
  scan: Scan,
  passages: readonly Passage[],
): Promise<LoneDecision> {
  const { rules } = manifest;
  const gate = rules.gates.find(({ id }) => id === assignment.gateId);
  if (gate === undefined) return { kind: 'stale' };
  const attempt = {
    now: scan.deviceAtMs + clock.offsetMs,
    direction: scan.direction,
    identity: scan.identity ?? ('none' as const),
    // How full an area is, and who came with whom, only the event knows. Neither is a reason to leave anybody outside.
    occupancy: () => 0,
    mainIsIn: () => true,
  };
  const override = assignment.mayOverride ? scan.override : undefined;
  const counted = await read(store, 'staleAdmissions');
  const mayUseStale = mayAdmitByStale(counted, manifest.sequence, gatePolicyOf(rules));
  const at = {
    manifest,
    revoked,
    gate,
    ...keys,
    usedSoFar: (_ticketId: string, type: Parameters<typeof useFrom>[1]) => useFrom(rules, type, passages),
  };
  return decideAlone(scan.code, at, attempt, { areGatesOpen, override, mayUseStale });
}

/** Before the record: a crash between them counts one too many, and never lets in one too many. */
async function countStale(store: Store, { manifest: { sequence } }: Known): Promise<void> {
  await keep(store, 'staleAdmissions', oneMoreByStale(await read(store, 'staleAdmissions'), sequence));
}

function isIn({ admission }: Decided): boolean {
  const { outcome } = admission.verdict;
  return outcome === 'grant' || outcome === 'partial';
}

async function factsOf(
  { store, clock, assignment }: LoneDeps,
  scan: Scan,
  { admission, ticketId }: Decided,
  because: 'offline' | 'deadline',
): Promise<RecordFacts> {
  const { deviceId, eventId, gateId, staffId } = assignment;
  const stated = clock.stated();
  const { outcome, reason } = admission.verdict;
  return {
    kind: 'scan',
    recordId: scan.scanId,
    deviceId,
    eventId,
    gateId,
    staffId,
    deviceAtMs: scan.deviceAtMs,
    ...(stated && { clock: stated }),
    manifestSeq: await heardSeq(store),
    because,
    direction: scan.direction,
    shown: await shownBy(scan.code),
    ...(ticketId !== undefined && { ticketId }),
    ...(scan.identity !== undefined && { identity: scan.identity }),
    ...(scan.override !== undefined && { override: scan.override }),
    outcome,
    reason,
    ...(admission.moved && { zones: Object.keys(admission.moved) }),
  };
}

async function shownBy(text: string): Promise<Extract<RecordFacts, { kind: 'scan' }>['shown']> {
  if (readCode(text) !== undefined) return { by: 'code', code: normaliseTyped(text) };
  const handle = readHandle(text);
  if (handle === undefined) return { by: 'unreadable' };
  return { by: 'typed', handleHash: logPorts.base64Url(await logPorts.sha256(logPorts.utf8(handle))) };
}

function effectOf(
  { clock, assignment: { gateId } }: LoneDeps,
  { scanId, deviceAtMs, direction }: Scan,
  { admission, ticketId }: Decided,
  known: number,
): Effect {
  if (ticketId === undefined || admission.next === undefined) return { kind: 'none' };
  // The very instant the event will say, should it merge the record as it stands.
  const passage = { what: direction, gateId, atMs: deviceAtMs + clock.offsetMs, scanId };
  return { kind: 'pass', ticketId, passage, known };
}
