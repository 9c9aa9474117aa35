import { ticketTypeOf, type EventRules, type Gate } from '../inventory/rules.ts';
import type { EpochMs } from '../time.ts';
import { about, refusal } from './describe.ts';
import type { TicketFacts } from './uses.ts';
import type { Verdict } from './verdict.ts';

export type Redemption = {
  readonly verdict: Verdict;
  /** Handed out so far, by benefit, after it; undefined when nothing changes. */
  readonly redeemed?: Readonly<Record<string, number>>;
};

/**
 * Decides whether a counter hands out part of what a ticket includes. Apart from entry: somebody who collects a book on the
 * way in has not used their way in. A ticket whose window is over keeps what was paid for; a refunded one does not.
 */
export function redeem(
  rules: EventRules,
  gate: Gate,
  ticket: TicketFacts,
  /** Whole and at least one. */
  wanted: { readonly benefitId: string; readonly quantity: number },
  now: EpochMs,
): Redemption {
  const described = about(rules, ticket, now);
  const type = ticketTypeOf(rules, ticket.typeId);
  if (rules.status === 'cancelled') return { verdict: refusal('event_cancelled', now, described) };
  if (ticket.status === 'refunded' || ticket.status === 'suspended') {
    return { verdict: refusal(ticket.status, now, described) };
  }
  const benefit = type?.benefits.find(({ id }) => id === wanted.benefitId);
  const isForCounters = benefit?.redeemAt === 'counter' || benefit?.redeemAt === 'pos';
  if (benefit === undefined || !isForCounters) return { verdict: refusal('benefit_unknown', now, described) };
  if (benefit.at !== undefined && !benefit.at.includes(gate.id)) {
    const gates = rules.gates.filter(({ id }) => benefit.at?.includes(id)).map(({ name }) => name);
    return { verdict: { ...refusal('benefit_elsewhere', now, described), gates } };
  }
  const used = ticket.redeemed[benefit.id] ?? 0;
  const after = used + wanted.quantity;
  if (after > benefit.quantity) {
    const left = Math.max(0, benefit.quantity - used);
    return { verdict: { ...refusal('benefit_used_up', now, described), benefit: { name: benefit.name, left } } };
  }
  const redeemed = { ...ticket.redeemed, [benefit.id]: after };
  const verdict = refusal('benefit_redeemed', now, about(rules, { ...ticket, redeemed }, now));
  return { verdict: { ...verdict, benefit: { name: benefit.name, left: benefit.quantity - after } }, redeemed };
}
