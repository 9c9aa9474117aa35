import type { EventRules } from '../inventory/rules.ts';

/** How scanners of an event act when its answer does not come. */
export type GatePolicy = NonNullable<EventRules['gatePolicy']>;

/** Long enough for a far-away answer, short enough that nobody in a queue wonders what is wrong. */
const usual: GatePolicy = { answerWithinMs: 700, staleAdmissions: 0 };

/** What the rules say, or what is usual where they say nothing. */
export function gatePolicyOf({ gatePolicy }: Pick<EventRules, 'gatePolicy'>): GatePolicy {
  return gatePolicy ?? usual;
}
