import type { Admission, Attempt, TicketUse } from '../admission/admit.ts';
import { isDowngraded } from '../admission/code-form.ts';
import { decideScan, type AgainstTheRules } from '../admission/decide-scan.ts';
import { about, refusal } from '../admission/describe.ts';
import type { TicketFacts } from '../admission/uses.ts';
import type { Reason } from '../admission/verdict.ts';
import { ticketTypeOf, type EventRules, type Gate, type TicketType } from '../inventory/rules.ts';
import { readHandle } from '../tickets/handle.ts';
import { verifyCode, type CodeChecks, type OpenGrants } from '../tickets/verify.ts';
import { homeGateOf } from './home-gate.ts';
import { codeFactsOf, isStale, isStopped, type GateManifest, type Revoked } from './manifest.ts';

/** A gate that is on its own, with its keys ready. */
export type LoneGate = {
  readonly manifest: GateManifest;
  readonly revoked: Revoked;
  readonly gate: Gate;
  readonly checks: CodeChecks;
  readonly open: OpenGrants;
  /** What this gate, and others as far as it heard, saw of a ticket. */
  readonly usedSoFar: (ticketId: string, type: TicketType) => TicketUse | undefined;
};

/** What a gate may do beyond its manifest. */
export type Leave = AgainstTheRules & {
  /** Whether it may still let somebody in by a manifest that is over: the event's policy, counted by the gate. */
  readonly mayUseStale: boolean;
};

export type LoneDecision =
  | { readonly kind: 'decided'; readonly admission: Admission; readonly ticketId?: string; readonly isStale?: true }
  /** The manifest is over: nothing may be decided by it. */
  | { readonly kind: 'stale' };

const unused: TicketUse = { uses: {}, entries: 0, firstEntryAtMs: undefined, lastEntry: undefined };
const none: Leave = { areGatesOpen: () => false, mayUseStale: false };

/** Decides one scan without any network, by the same verification and the same rules as the event's own inventory. */
export async function decideAlone(
  text: string,
  at: LoneGate,
  attempt: Attempt,
  leave: Leave = none,
): Promise<LoneDecision> {
  const { manifest, gate } = at;
  const isOver = isStale(manifest, attempt.now);
  if (isOver && !leave.mayUseStale && !leave.areGatesOpen()) return { kind: 'stale' };
  const { ticketId, ...presented } = await present(text, at, attempt);
  const decided = decideScan(manifest.rules, gate, presented, attempt, leave);
  const admission = atHome(manifest.rules, gate, presented.facts, decided, leave);
  return {
    kind: 'decided',
    admission,
    ...(ticketId !== undefined && { ticketId }),
    ...(isOver && { isStale: true }),
  };
}

/**
 * Where the event's policy gives each ticket one gate while gates are alone, a good one goes to its own. What somebody who may
 * decided against the rules stands, and nobody is kept from leaving.
 */
function atHome(
  rules: EventRules,
  gate: Gate,
  facts: TicketFacts | undefined,
  decided: Admission,
  { override, areGatesOpen }: Leave,
): Admission {
  const type = facts && ticketTypeOf(rules, facts.typeId);
  const isEntry = Object.values(decided.moved ?? {}).some((by) => by > 0);
  if (rules.gatePolicy?.alone !== 'home_gate' || facts === undefined || type === undefined || !isEntry) return decided;
  if (override !== undefined || areGatesOpen()) return decided;
  const home = homeGateOf(rules, type, facts.ticketId);
  if (home === undefined || home.id === gate.id) return decided;
  const { scannedAtMs } = decided.verdict;
  return { verdict: { ...refusal('home_gate', scannedAtMs, about(rules, facts, scannedAtMs)), gates: [home.name] } };
}

type Found = {
  readonly ticketId?: string | undefined;
  readonly facts?: TicketFacts;
  readonly refused?: ReturnType<typeof refusal>;
};

async function present(text: string, at: LoneGate, { now, direction }: Attempt): Promise<Found> {
  const { manifest, revoked, checks, open } = at;
  const no = (reason: Reason, ticketId?: string): Found => ({ refused: refusal(reason, now), ticketId });
  const verified = await verifyCode(text, codeFactsOf(manifest, revoked, now), { ...checks, open });
  if (verified.kind === 'refused') {
    // Only the event can say whose number was typed; a code says it by itself.
    const isTyped = verified.reason === 'unreadable_code' && readHandle(text) !== undefined;
    // There is no newer code to ask for: whoever holds it is helped at a desk.
    const isOver = verified.ticketId !== undefined && isStopped(revoked, verified.ticketId);
    return no(isTyped ? 'code_required' : isOver ? 'suspended' : verified.reason, verified.ticketId);
  }
  const { code, ticketId, grants } = verified;
  const typeId = manifest.types[grants?.typeNumber ?? 0];
  const type = typeId === undefined ? undefined : ticketTypeOf(manifest.rules, typeId);
  if (type === undefined) return no('unknown_ticket', ticketId);
  const used = at.usedSoFar(ticketId, type) ?? unused;
  const { generation } = code.header;
  const facts = { ...used, ticketId, typeId: type.id, status: 'active' as const, generation, redeemed: {} };
  const isPaperTooLittle = isDowngraded(type, code.form, { entries: used.entries, purpose: direction });
  return isPaperTooLittle ? { ...no('downgraded_code', ticketId), facts } : { facts, ticketId };
}
