import type { EventRules, Gate } from '../inventory/rules.ts';
import { admit, overrule, type Admission, type Attempt } from './admit.ts';
import { refusal } from './describe.ts';
import type { TicketFacts } from './uses.ts';
import type { OverrideCause, Reason, Verdict } from './verdict.ts';

/** What a code turned out to be: a ticket, a refusal, or both when the ticket is known and its code is not good enough. */
export type Presented = { readonly facts?: TicketFacts | undefined; readonly refused?: Verdict | undefined };

/** What may let somebody in whatever the rules say. */
export type AgainstTheRules = {
  /** Every gate admits everybody now. Asked only about a refusal. */
  readonly areGatesOpen: () => boolean;
  /** Somebody who may says so; whether they may is the caller's to know. */
  readonly override?: { readonly cause: OverrideCause } | undefined;
};

/** One scan whole, as the event's inventory and a gate on its own both decide it. */
export function decideScan(
  rules: EventRules,
  gate: Gate,
  { facts, refused }: Presented,
  attempt: Attempt,
  against: AgainstTheRules,
): Admission {
  const { now, direction } = attempt;
  const admission =
    refused !== undefined || facts === undefined
      ? { verdict: refused ?? refusal('unknown_ticket', now) }
      : admit(rules, gate, facts, attempt);
  const { outcome, reason } = admission.verdict;
  if (outcome === 'grant' || outcome === 'partial' || direction === 'out') return admission;
  const by = gate.kind === 'counter' ? undefined : whoOverrules(reason, attempt, against);
  if (by === undefined) return admission;
  if (facts !== undefined) return overrule(rules, gate, facts, admission.verdict, by);
  const verdict = { ...refusal(by, now), overrides: reason };
  return { verdict, moved: Object.fromEntries(gate.zones.map((zone) => [zone, 1])) };
}

/**
 * While every gate admits everybody nothing is refused. One person's override never covers a forgery or a guessed number,
 * and stands in for a missing code only once a name or document was compared. Nobody comes in at a counter.
 */
function whoOverrules(
  reason: Reason,
  { identity }: Pick<Attempt, 'identity'>,
  { areGatesOpen, override }: AgainstTheRules,
): 'overridden' | 'admit_all' | undefined {
  if (areGatesOpen()) return 'admit_all';
  const isForged = reason === 'forged_code' || reason === 'wrong_holder';
  const isUnproven = (reason === 'code_required' || reason === 'downgraded_code') && identity === 'none';
  const isBeyond = isForged || reason === 'too_many_tries' || isUnproven;
  return override === undefined || isBeyond ? undefined : 'overridden';
}
