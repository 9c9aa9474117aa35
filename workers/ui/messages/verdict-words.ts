import type { Verdict } from '#shared/admission/verdict.ts';
import { clockTime, dayAndTime } from './dates.ts';
import { gateMessages as words } from './en.ts';

/** A verdict as a steward reads it: one big word, what it is, what to do, and the facts that settle an argument. */
export type VerdictWords = {
  readonly word: string;
  readonly says: string;
  readonly next: string;
  readonly facts: readonly string[];
};

export function verdictWords(verdict: Verdict, timeZone: string): VerdictWords {
  const { says, next } = words.reasons[verdict.reason];
  return { word: words.outcomes[verdict.outcome], says, next, facts: factsOf(verdict, timeZone) };
}

function factsOf({ reason, admission, window, gates, ticket }: Verdict, timeZone: string): string[] {
  const facts: string[] = [];
  if (admission) facts.push(words.admittedAt(clockTime(admission.atMs, timeZone), admission.gateName));
  if (gates && gates.length > 0) facts.push(words.goTo(gates.join(', ')));
  if (window && reason === 'not_yet_valid') facts.push(words.windowFrom(dayAndTime(window.from, timeZone)));
  if (window && reason === 'expired') facts.push(words.windowUntil(dayAndTime(window.until, timeZone)));
  if (ticket && ticket.admits > 1) facts.push(words.countInside(ticket.admitted, ticket.admits));
  return facts;
}
