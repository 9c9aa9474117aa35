import type { Outcome, Reason, Verdict } from './verdict.ts';

/** What somebody at a gate may do beyond scanning. */
export type GateAbilities = { readonly mayOverride: boolean; readonly mayRedeem: boolean };

/** What the person at the gate can do about an answer, then and there. */
export type NextSteps = {
  /** To be compared with the name shown; the same code then goes again, saying so. */
  readonly compare: 'name' | 'document' | undefined;
  readonly mayTakeBack: boolean;
  readonly mayOverride: boolean;
  /** What can still be handed out. */
  readonly benefits: NonNullable<Verdict['benefits']>;
};

/** Answers nobody may overrule by hand, or that there is nothing to overrule in. The inventory decides the same. */
const beyondOverride: ReadonlySet<Reason> = new Set<Reason>([
  'forged_code',
  'wrong_holder',
  'too_many_tries',
  'counter_only',
  'not_inside',
  'benefit_unknown',
  'benefit_used_up',
  'benefit_elsewhere',
]);

/** Tickets that give nothing any more, their benefits included. */
const worthless: ReadonlySet<Reason> = new Set<Reason>(['refunded', 'suspended', 'event_cancelled', 'replaced_code']);

export function nextSteps(verdict: Verdict, { mayOverride, mayRedeem }: GateAbilities): NextSteps {
  const { outcome, reason, ticket, benefits = [] } = verdict;
  const isIn = outcome === 'grant' || outcome === 'partial';
  const isHandedOut = reason === 'benefit_redeemed';
  return {
    compare: reason === 'name_check' ? 'name' : reason === 'document_check' ? 'document' : undefined,
    mayTakeBack: isIn && !isHandedOut && ticket !== undefined,
    mayOverride: mayOverride && !isIn && !beyondOverride.has(reason),
    benefits: mayRedeem && !worthless.has(reason) ? benefits.filter(({ left }) => left > 0) : [],
  };
}

/** How an answer is drawn: at a counter a good ticket is no refusal, it is about what to hand out. */
export type Shown = Outcome | 'counter';

export function shownAs({ outcome, reason, benefits = [] }: Verdict): Shown {
  return reason === 'counter_only' && benefits.some(({ left }) => left > 0) ? 'counter' : outcome;
}
