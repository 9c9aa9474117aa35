import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelled, mayChoose, postponed } from '#shared/inventory/call-off.ts';
import { eventRulesSchema, type EventRules } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { eventRules, noon, ticketType } from '#test/support/rules.ts';
import * as v from 'valibot';

const now = noon - 7 * dayMs;
const later = (rules: EventRules, byMs: number) => ({
  startsAt: rules.startsAt + byMs,
  refundUntil: rules.startsAt + byMs - 1,
});

function moved(rules: EventRules, byMs: number): EventRules {
  const done = postponed(rules, later(rules, byMs), now);
  if (!done.ok) throw new Error(done.failure.code);
  return done.value;
}

describe('an event that moves', () => {
  it('takes its end, its windows and what is still to come along, by as much', () => {
    const byMs = 30 * dayMs;
    const sale = { from: now - dayMs, until: noon };
    const window = { from: noon, until: noon + hourMs };
    const rules = eventRules({
      ticketTypes: [
        ticketType({ sale, codeFrom: noon - hourMs, refund: { kind: 'until', until: noon - dayMs, feePercent: 10 } }),
        ticketType({ id: 'once', validity: { kind: 'after_first_entry', window, minutes: 60 } }),
      ],
    });
    const after = moved(rules, byMs);
    expect([after.startsAt, after.endsAt]).toEqual([rules.startsAt + byMs, rules.endsAt + byMs]);
    expect(after.ticketTypes[0]).toMatchObject({
      sale: { from: sale.from, until: sale.until + byMs },
      codeFrom: noon - hourMs + byMs,
      refund: { until: noon - dayMs + byMs, feePercent: 10 },
      validity: { windows: [{ from: noon - hourMs + byMs, until: noon + 8 * hourMs + byMs }] },
    });
    expect(after.ticketTypes[1]?.validity).toMatchObject({
      window: { from: noon + byMs, until: noon + hourMs + byMs },
    });
    expect(after.postponement).toMatchObject({ decidedAt: now, previousStartsAt: rules.startsAt });
  });

  it('opens nothing again that was over: an early price stays gone', () => {
    const early = ticketType({ sale: { from: now - 3 * dayMs, until: now - dayMs } });
    const rules = eventRules({ ticketTypes: [early] });
    expect(moved(rules, 30 * dayMs).ticketTypes[0]?.sale).toEqual(early.sale);
  });

  it('is a document like any other, whichever way and however far it moves', () => {
    const days = fc.integer({ min: -6, max: 400 }).filter((count) => count !== 0);
    fc.assert(
      fc.property(days, fc.integer({ min: -20, max: 20 }), (count, saleEnds) => {
        const sale = { from: now - 30 * dayMs, until: now + saleEnds * dayMs };
        const after = moved(eventRules({ ticketTypes: [ticketType({ sale })] }), count * dayMs);
        expect(v.safeParse(eventRulesSchema, after).success).toBe(true);
      }),
    );
  });

  it.each([
    ['to where it is', 0, -1, 'dates_invalid'],
    ['into the past', -8 * dayMs, -9 * dayMs, 'dates_invalid'],
    ['with a choice beyond its start', dayMs, 2 * dayMs, 'dates_invalid'],
  ])('does not move %s', (_where, startsBy, choiceBy, code) => {
    const rules = eventRules();
    const dates = { startsAt: rules.startsAt + startsBy, refundUntil: rules.startsAt + choiceBy };
    expect(postponed(rules, dates, now)).toMatchObject({ ok: false, failure: { code } });
  });

  it('does not move once it is over or cancelled', () => {
    const rules = eventRules();
    const dates = later(rules, 30 * dayMs);
    expect(postponed(rules, dates, rules.endsAt)).toMatchObject({ failure: { code: 'event_over' } });
    expect(postponed({ ...rules, status: 'cancelled' }, dates, now)).toMatchObject({
      failure: { code: 'event_cancelled' },
    });
  });
});

describe('an event that is cancelled', () => {
  it('only changes its status, once, and never after its end', () => {
    const rules = eventRules();
    const after = cancelled(rules, now);
    expect(after).toEqual({ ok: true, value: { ...rules, status: 'cancelled' } });
    if (after.ok) expect(cancelled(after.value, rules.endsAt + dayMs)).toEqual({ ok: true, value: after.value });
    expect(cancelled(rules, rules.endsAt)).toMatchObject({ failure: { code: 'event_over' } });
  });
});

it('a choice is for who ordered before, while there is time', () => {
  const { postponement } = moved(eventRules(), 30 * dayMs);
  const until = postponement?.refundUntil ?? 0;
  expect(mayChoose(postponement, now - 1, now)).toBe(true);
  expect(mayChoose(postponement, now, now)).toBe(false);
  expect(mayChoose(postponement, now - 1, until)).toBe(false);
  expect(mayChoose(undefined, now - 1, now)).toBe(false);
});
