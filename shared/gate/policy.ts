import type { EventRules } from '../inventory/rules.ts';

/** How scanners of an event act when its answer does not come. */
export type GatePolicy = NonNullable<EventRules['gatePolicy']>;

/** Long enough for a far-away answer, short enough that nobody in a queue wonders what is wrong. */
const usual: GatePolicy = { answerWithinMs: 700, staleAdmissions: 0 };

/** What the rules say, or what is usual where they say nothing. */
export function gatePolicyOf({ gatePolicy }: Pick<EventRules, 'gatePolicy'>): GatePolicy {
  return gatePolicy ?? usual;
}

/** People a scanner let in by a manifest that was over, while that one was its newest. */
export type StaleAdmissions = { readonly sequence: number; readonly count: number };

/** Whether it may let in one more by it. A newer manifest begins anew. */
export function mayAdmitByStale(
  counted: StaleAdmissions | undefined,
  sequence: number,
  { staleAdmissions }: GatePolicy,
): boolean {
  return countFor(counted, sequence) < staleAdmissions;
}

export function oneMoreByStale(counted: StaleAdmissions | undefined, sequence: number): StaleAdmissions {
  return { sequence, count: countFor(counted, sequence) + 1 };
}

function countFor(counted: StaleAdmissions | undefined, sequence: number): number {
  return counted?.sequence === sequence ? counted.count : 0;
}
