import { admit, type Admission, type Attempt, type TicketUse } from '../admission/admit.ts';
import { isDowngraded } from '../admission/code-form.ts';
import { refusal } from '../admission/describe.ts';
import type { Gate } from '../inventory/rules.ts';
import { ticketTypeOf } from '../inventory/rules.ts';
import { verifyCode, type CodeChecks, type OpenGrants } from '../tickets/verify.ts';
import { codeFactsOf, isStale, type GateManifest, type Revoked } from './manifest.ts';

/** A gate that is on its own, with its keys ready. */
export type LoneGate = {
  readonly manifest: GateManifest;
  readonly revoked: Revoked;
  readonly gate: Gate;
  readonly checks: CodeChecks;
  readonly open: OpenGrants;
  /** What this gate, and others as far as it heard, saw of a ticket. */
  readonly usedSoFar: (ticketId: string) => TicketUse | undefined;
};

export type LoneDecision =
  | { readonly kind: 'decided'; readonly admission: Admission; readonly ticketId?: string }
  /** The manifest is over: nothing may be decided by it. */
  | { readonly kind: 'stale' };

const unused: TicketUse = { uses: {}, entries: 0, firstEntryAtMs: undefined, lastEntry: undefined };

/** Decides one scan without any network, by the same verification and the same rules as the event's own inventory. */
export async function decideAlone(text: string, at: LoneGate, attempt: Attempt): Promise<LoneDecision> {
  const { manifest, revoked, gate, checks, open } = at;
  const { now } = attempt;
  if (isStale(manifest, now)) return { kind: 'stale' };
  const verified = await verifyCode(text, codeFactsOf(manifest, revoked, now), { ...checks, open });
  if (verified.kind === 'refused') {
    const admission = { verdict: refusal(verified.reason, now) };
    return { kind: 'decided', admission, ...(verified.ticketId !== undefined && { ticketId: verified.ticketId }) };
  }
  const { code, ticketId, grants } = verified;
  const typeId = manifest.types[grants?.typeNumber ?? 0];
  const type = typeId === undefined ? undefined : ticketTypeOf(manifest.rules, typeId);
  if (type === undefined) {
    return { kind: 'decided', admission: { verdict: refusal('unknown_ticket', now) }, ticketId };
  }
  const used = at.usedSoFar(ticketId) ?? unused;
  if (isDowngraded(type, code.form, { entries: used.entries, purpose: attempt.direction })) {
    return { kind: 'decided', admission: { verdict: refusal('downgraded_code', now) }, ticketId };
  }
  const { generation } = code.header;
  const ticket = { ...used, ticketId, typeId: type.id, status: 'active' as const, generation, redeemed: {} };
  return { kind: 'decided', admission: admit(manifest.rules, gate, ticket, attempt), ticketId };
}
