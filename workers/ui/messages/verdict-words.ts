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

function factsOf(verdict: Verdict, timeZone: string): string[] {
  const { reason, admission, window, gates, ticket, zones, withheld, overrides, benefit, holderName } = verdict;
  const facts: string[] = [];
  if (holderName !== undefined) facts.push(words.holder(holderName));
  if (benefit) facts.push(words.benefitLeft(benefit.name, benefit.left));
  if (zones) facts.push(words.opensZones(zones.join(', ')));
  if (withheld) {
    const names = withheld.join(', ');
    facts.push(reason === 'zone_full' ? words.fullZones(names) : words.withheldZones(names));
  }
  if (overrides) facts.push(words.overrides(words.reasons[overrides].says));
  if (admission) facts.push(words.admittedAt(clockTime(admission.atMs, timeZone), admission.gateName));
  if (gates && gates.length > 0) facts.push(words.goTo(gates.join(', ')));
  if (window && reason === 'not_yet_valid') facts.push(words.windowFrom(dayAndTime(window.from, timeZone)));
  if (window && reason === 'wrong_day') facts.push(words.goodOn(dayAndTime(window.from, timeZone)));
  if (window && reason === 'expired') facts.push(words.windowUntil(dayAndTime(window.until, timeZone)));
  if (ticket?.admits != null && ticket.admits > 1) facts.push(words.countInside(ticket.admitted, ticket.admits));
  return facts;
}
