import { ticketTypeOf, type EventRules, type TicketType } from '../inventory/rules.ts';
import type { EpochMs } from '../time.ts';
import { allowanceOf, entriesOnDay, useOf, type TicketFacts } from './uses.ts';
import { reasons, type Reason, type Verdict } from './verdict.ts';

/** A verdict for a code that reached no ticket, or was refused before its ticket was looked at. */
export function refusal(reason: Reason, now: EpochMs, facts?: Partial<Verdict>): Verdict {
  return { ...facts, outcome: reasons[reason], reason, scannedAtMs: now };
}

/** What every verdict about a ticket says of it. Counted over the zones in question, or all that were used. */
export function about(
  rules: EventRules,
  ticket: TicketFacts,
  now: EpochMs,
  zones: readonly string[] = Object.keys(ticket.uses),
): Pick<Verdict, 'ticket' | 'admission' | 'benefits'> {
  const type = ticketTypeOf(rules, ticket.typeId);
  if (type === undefined) return {};
  const counts = zones.map((zone) => {
    const use = useOf(ticket.uses, zone);
    return type.entry.kind === 'daily' ? entriesOnDay(use, rules.timeZone, now) : use.entries;
  });
  const allowance = allowanceOf(type);
  const { ticketId } = ticket;
  const benefits = benefitsLeft(type, ticket);
  return {
    ticket: {
      ticketId,
      typeName: type.name,
      accessLevel: type.accessLevel,
      admitted: Math.max(0, ...counts),
      admits: Number.isFinite(allowance) ? allowance : null,
    },
    ...earlier(rules, ticket),
    ...(benefits.length > 0 && { benefits }),
  };
}

/** Benefits a gate or counter can hand out, and how many of each are left. */
export function benefitsLeft(type: TicketType, ticket: TicketFacts): { id: string; name: string; left: number }[] {
  return type.benefits
    .filter(({ redeemAt }) => redeemAt === 'counter' || redeemAt === 'pos')
    .map(({ id, name, quantity }) => ({ id, name, left: Math.max(0, quantity - (ticket.redeemed[id] ?? 0)) }));
}

/** Names of the gates that lead to any of these zones. */
export function gatesFor(rules: EventRules, zones: readonly string[]): string[] {
  return rules.gates
    .filter((gate) => gate.kind !== 'counter' && gate.zones.some((zone) => zones.includes(zone)))
    .map(({ name }) => name);
}

export function zoneNames(rules: EventRules, zones: readonly string[]): string[] {
  return zones.map((id) => rules.zones.find((zone) => zone.id === id)?.name ?? id);
}

function earlier(rules: EventRules, ticket: TicketFacts): Pick<Verdict, 'admission'> {
  const admission = lastEntryOf(rules, ticket);
  return admission === undefined ? {} : { admission };
}

/** When the ticket was last let in, and at which gate by its name. */
export function lastEntryOf(
  rules: EventRules,
  { lastEntry }: TicketFacts,
): { readonly atMs: EpochMs; readonly gateName: string } | undefined {
  if (lastEntry === undefined) return undefined;
  const { atMs, gateId } = lastEntry;
  return { atMs, gateName: rules.gates.find((gate) => gate.id === gateId)?.name ?? gateId };
}
