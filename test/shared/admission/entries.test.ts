import { describe, expect, it } from 'vitest';
import { admit } from '#shared/admission/admit.ts';
import { statusOf } from '#shared/admission/uses.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { attempt, eventRules, noon, ticketFacts, ticketType } from '#test/support/rules.ts';

/** A ticket scanned again and again at one gate, as its inventory would keep it. */
function ticketOf(type: Partial<TicketType>, timeZone = 'Europe/London') {
  const rules = eventRules({ timeZone, ticketTypes: [ticketType(type)] });
  let facts = ticketFacts();
  return {
    status: (at = noon) => statusOf(rules, facts, at),
    scan(at: number, gateId = 'north') {
      const gate = rules.gates.find(({ id }) => id === gateId)!;
      const { verdict, next } = admit(rules, gate, facts, attempt({ now: at }));
      if (next !== undefined) facts = { ...facts, ...next };
      return verdict;
    },
  };
}
const reasonsOf = (ticket: ReturnType<typeof ticketOf>, times: number[]) => times.map((at) => ticket.scan(at).reason);
const always = { kind: 'windows' as const, windows: [{ from: 0, until: 2 * noon }] };

describe('a group ticket', () => {
  it('admits its people one by one, then no more, and is redeemed with the last', () => {
    const ticket = ticketOf({ admits: 3 });
    const counts = [1, 2, 3].map((minute) => ticket.scan(noon + minute * minuteMs).ticket);
    expect(counts.map((about) => [about?.admitted, about?.admits])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(ticket.status()).toBe('redeemed');
    expect(ticket.scan(noon + hourMs)).toMatchObject({
      reason: 'already_admitted',
      ticket: { admitted: 3, admits: 3 },
    });
  });

  it('stays active while some of its people are still outside', () => {
    const ticket = ticketOf({ admits: 2 });
    ticket.scan(noon);
    expect(ticket.status()).toBe('active');
  });
});

describe('a ticket for a number of entries', () => {
  it('opens that many times', () => {
    const ticket = ticketOf({ entry: { kind: 'count', entries: 2 } });
    expect(reasonsOf(ticket, [noon, noon, noon])).toEqual(['admitted', 'admitted', 'already_admitted']);
    expect(ticket.status()).toBe('redeemed');
  });

  it('counts each person of a group', () => {
    const ticket = ticketOf({ entry: { kind: 'count', entries: 2 }, admits: 2 });
    expect(ticket.scan(noon).ticket).toMatchObject({ admitted: 1, admits: 4 });
  });
});

describe('a daily ticket', () => {
  const daily = { entry: { kind: 'daily' as const }, validity: always };

  it('opens once each day of the event’s own zone, whatever day it is in UTC', () => {
    // Lagos is an hour ahead: these are 23:30 and 00:10 there, both on the 28th in UTC.
    const beforeMidnight = Date.parse('2026-11-28T22:30:00Z');
    const afterMidnight = Date.parse('2026-11-28T23:10:00Z');
    const ticket = ticketOf(daily, 'Africa/Lagos');
    expect(reasonsOf(ticket, [beforeMidnight, beforeMidnight + 1, afterMidnight, afterMidnight + 1])).toEqual([
      'admitted',
      'already_admitted',
      'admitted',
      'already_admitted',
    ]);
  });

  it('does not open twice on one local day that spans two in UTC', () => {
    const ticket = ticketOf(daily, 'Africa/Lagos');
    const times = ['2026-11-28T23:30:00Z', '2026-11-29T08:00:00Z'].map((text) => Date.parse(text));
    expect(reasonsOf(ticket, times)).toEqual(['admitted', 'already_admitted']);
  });

  it('never ends redeemed, and counts today’s people only', () => {
    const ticket = ticketOf({ ...daily, admits: 2 });
    ticket.scan(noon);
    ticket.scan(noon);
    expect(ticket.status()).toBe('active');
    expect(ticket.scan(noon + 24 * hourMs).ticket).toMatchObject({ admitted: 1, admits: 2 });
  });

  it('says that nobody entered today when it is refused the day after', () => {
    const ticket = ticketOf(daily);
    ticket.scan(noon);
    expect(ticket.scan(noon + 24 * hourMs, 'stairs')).toMatchObject({ reason: 'wrong_gate', ticket: { admitted: 0 } });
  });
});

describe('a ticket good for a time after its first entry', () => {
  const window = { from: noon, until: noon + 8 * hourMs };
  const twoHours = {
    validity: { kind: 'after_first_entry' as const, window, minutes: 120 },
    entry: { kind: 'count' as const, entries: 10 },
  };

  it('runs from the first entry, not from the last', () => {
    const ticket = ticketOf(twoHours);
    const times = [noon + hourMs, noon + 2 * hourMs, noon + 3 * hourMs - 1, noon + 3 * hourMs];
    expect(reasonsOf(ticket, times)).toEqual(['admitted', 'admitted', 'admitted', 'expired']);
  });

  it('never outlasts its window', () => {
    const ticket = ticketOf(twoHours);
    expect(reasonsOf(ticket, [window.until - 1, window.until])).toEqual(['admitted', 'expired']);
  });

  it('waits for its window to open', () => {
    expect(ticketOf(twoHours).scan(noon - 1)).toMatchObject({ reason: 'not_yet_valid', window });
  });
});
