import { shownAs } from '#shared/admission/next-steps.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { clockTime, dayAndTime } from './dates.ts';
import { gateMessages as words } from './en.ts';

/** A verdict as a steward reads it: one big word, what it is, what to do, and the facts that settle an argument. */
export type VerdictWords = {
  readonly word: string;
  readonly says: string;
  readonly next: string;
  /** What decides what the steward does next: a name to compare, the areas that are open. Read from a step away. */
  readonly first: readonly string[];
  /** What the answer withholds, apart from what it gives. */
  readonly withheld: readonly string[];
  readonly facts: readonly string[];
  /** Set when somebody decided against the ticket. */
  readonly byHand: string | undefined;
};

export function verdictWords(verdict: Verdict, timeZone: string): VerdictWords {
  const { says, next, word } = words.reasons[verdict.reason];
  const shown = shownAs(verdict);
  const isByHand = verdict.reason === 'overridden' || verdict.reason === 'admit_all';
  return {
    word: shown === 'counter' ? words.counter.word : (word ?? words.outcomes[shown]),
    says: shown === 'counter' ? (verdict.ticket?.typeName ?? says) : says,
    next: shown === 'counter' ? words.counter.next : next,
    first: firstOf(verdict),
    withheld: withheldOf(verdict),
    facts: factsOf(verdict, timeZone),
    byHand: isByHand ? words.byHand : undefined,
  };
}

function firstOf({ holderName, gates, zones, benefit }: Verdict): string[] {
  const first: string[] = [];
  if (holderName !== undefined) first.push(words.holder(holderName));
  if (benefit) first.push(words.benefitLeft(benefit.name, benefit.left));
  if (zones) first.push(words.opensZones(zones.join(', ')));
  if (gates && gates.length > 0) first.push(words.goTo(gates.join(', ')));
  return first;
}

function withheldOf({ reason, withheld }: Verdict): string[] {
  if (!withheld) return [];
  const names = withheld.join(', ');
  return [reason === 'zone_full' ? words.fullZones(names) : words.withheldZones(names)];
}

function factsOf({ reason, admission, window, ticket, overrides }: Verdict, timeZone: string): string[] {
  const facts: string[] = [];
  if (overrides) facts.push(words.overrides(words.reasons[overrides].says));
  if (admission) facts.push(words.admittedAt(clockTime(admission.atMs, timeZone), admission.gateName));
  if (window && reason === 'not_yet_valid') facts.push(words.windowFrom(dayAndTime(window.from, timeZone)));
  if (window && reason === 'wrong_day') facts.push(words.goodOn(dayAndTime(window.from, timeZone)));
  if (window && reason === 'expired') facts.push(words.windowUntil(dayAndTime(window.until, timeZone)));
  if (ticket?.admits != null && ticket.admits > 1) facts.push(words.countInside(ticket.admitted, ticket.admits));
  return facts;
}
