import { fail, ok, type Result } from '../result.ts';
import type { EpochMs } from '../time.ts';
import type { EventRules, Postponement, TicketType, Validity } from './rules.ts';

/** An event that does not take place as planned: its next rules, from those in force. Codes need not change. */

/** Nothing is sold or let in any more. Again is the same. */
export function cancelled(rules: EventRules, now: EpochMs): Result<EventRules, 'event_over'> {
  if (rules.status === 'cancelled') return ok(rules);
  // What took place is refunded order by order, by somebody who looks at each.
  return rules.endsAt <= now ? fail('event_over') : ok({ ...rules, status: 'cancelled' });
}

export type NewDates = {
  readonly startsAt: EpochMs;
  /** Until when whoever had bought before may have their money back. */
  readonly refundUntil: EpochMs;
};

/**
 * Everything that is counted from the event's start moves with it: its end, when tickets are good, until when they are sold
 * and given back. What has passed stays past: a sale that is over does not open again at its old price.
 */
export function postponed(
  rules: EventRules,
  { startsAt, refundUntil }: NewDates,
  now: EpochMs,
): Result<EventRules, 'event_cancelled' | 'event_over' | 'dates_invalid'> {
  if (rules.status === 'cancelled') return fail('event_cancelled');
  if (rules.endsAt <= now) return fail('event_over');
  const byMs = startsAt - rules.startsAt;
  const isInOrder = startsAt > now && refundUntil > now && refundUntil <= startsAt;
  if (!isInOrder || byMs === 0) return fail('dates_invalid');
  const { startsAt: previousStartsAt, endsAt: previousEndsAt } = rules;
  return ok({
    ...rules,
    status: 'postponed',
    startsAt,
    endsAt: rules.endsAt + byMs,
    postponement: { decidedAt: now, previousStartsAt, previousEndsAt, refundUntil },
    ticketTypes: rules.ticketTypes.map((type) => moved(type, byMs, now)),
  });
}

function moved(type: TicketType, byMs: number, now: EpochMs): TicketType {
  const later = (at: EpochMs) => (at > now ? at + byMs : at);
  const { sale, refund, validity, codeFrom } = type;
  // A sale of a moment would be none: one that moved before it began ends where it would have.
  const until = Math.max(later(sale.until), sale.from + 1);
  return {
    ...type,
    sale: { ...sale, until },
    refund: refund.kind === 'until' ? { ...refund, until: Math.max(0, later(refund.until)) } : refund,
    validity: movedValidity(validity, byMs),
    ...(codeFrom === undefined ? {} : { codeFrom: Math.max(0, later(codeFrom)) }),
  };
}

function movedValidity(validity: Validity, byMs: number): Validity {
  const move = ({ from, until }: { from: EpochMs; until: EpochMs }) => ({ from: from + byMs, until: until + byMs });
  return validity.kind === 'windows'
    ? { ...validity, windows: validity.windows.map(move) }
    : { ...validity, window: move(validity.window) };
}

/** Whether who ordered then may have their money back because the event moved, and has time left to say so. */
export function mayChoose(postponement: Postponement | undefined, orderedAtMs: EpochMs, now: EpochMs): boolean {
  if (postponement === undefined) return false;
  return orderedAtMs < postponement.decidedAt && now < postponement.refundUntil;
}
