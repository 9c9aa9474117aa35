import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketStatuses } from '#shared/tickets/status.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { byUrgency, dateOf, nextTurnMs, sectionOf, type KeptTicket } from '#shared/wallet/sections.ts';

/** Saturday 28 November 2026, 12:00 in London. */
const noon = Date.UTC(2026, 10, 28, 12);
const timeZone = 'Europe/London';

function kept(draft: Partial<KeptTicket> = {}): KeptTicket {
  const event = { startsAtMs: noon - 2 * hourMs, endsAtMs: noon + 6 * hourMs, timeZone };
  return { status: 'active', windows: [{ from: event.startsAtMs, until: event.endsAtMs }], event, ...draft };
}

const from = (startMs: number, hours = 4) => [{ from: startMs, until: startMs + hours * hourMs }];

describe('where a wallet keeps a ticket', () => {
  it.each([
    ['its window is open', kept(), 'now'],
    ['its window opens this evening', kept({ windows: from(noon + 8 * hourMs) }), 'now'],
    ['its window opens tomorrow', kept({ windows: from(noon + dayMs) }), 'coming'],
    ['its window closed this morning', kept({ windows: from(noon - 5 * hourMs) }), 'past'],
    ['one of its days is today, another to come', kept({ windows: [...from(noon), ...from(noon + dayMs)] }), 'now'],
    [
      'one of its days is over, another to come',
      kept({ windows: [...from(noon - dayMs), ...from(noon + dayMs)] }),
      'coming',
    ],
    ['it was used today', kept({ status: 'redeemed', lastEntryAtMs: noon - hourMs }), 'now'],
    [
      'it was used yesterday, and its window is still open',
      kept({ status: 'redeemed', lastEntryAtMs: noon - dayMs }),
      'past',
    ],
    ['it was refunded before its day', kept({ status: 'refunded', windows: from(noon + dayMs) }), 'past'],
    ['its time was over, by rules read a moment ago', kept({ status: 'expired' }), 'past'],
    ['it is on hold today: its holder must know before the queue', kept({ status: 'suspended' }), 'now'],
    ['its code does not open before tomorrow', kept({ status: 'paid', codeFrom: noon + dayMs }), 'now'],
    ['its event alone is known', kept({ windows: [] }), 'now'],
  ] as const)('%s: %s', (_why, ticket, section) => expect(sectionOf(ticket, noon)).toBe(section));

  it('after midnight belongs to the night before', () => {
    const late = Date.UTC(2026, 10, 28, 22);
    expect(sectionOf(kept({ windows: from(late + 3 * hourMs) }), late)).toBe('now');
  });

  it('is dated with the day it is next good', () => {
    const twoDays = kept({ windows: [...from(noon - dayMs), ...from(noon + dayMs)] });
    expect(dateOf(twoDays, noon)).toBe(noon + dayMs);
    expect(dateOf(twoDays, noon + 3 * dayMs)).toBe(noon + dayMs);
  });

  it('shows first what is to be held out first', () => {
    const soon = kept({ windows: from(noon + hourMs) });
    const open = kept({ windows: from(noon - hourMs, 8) });
    const closing = kept({ windows: from(noon - hourMs, 2) });
    const used = kept({ status: 'redeemed', lastEntryAtMs: noon });
    const sorted = [used, soon, open, closing].toSorted((one, other) => byUrgency(one, other, noon));
    expect(sorted).toEqual([closing, open, soon, used]);
  });
});

const anyTicket = fc
  .record({
    status: fc.constantFrom(...ticketStatuses),
    starts: fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 4 }),
    hours: fc.integer({ min: 1, max: 40 }),
    usedHoursAgo: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    codeInHours: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
  })
  .map(({ status, starts, hours, usedHoursAgo, codeInHours }) =>
    kept({
      status,
      windows: starts.toSorted((a, b) => a - b).flatMap((start) => from(noon + start * hourMs, hours)),
      lastEntryAtMs: usedHoursAgo === undefined ? undefined : noon - usedHoursAgo * hourMs,
      codeFrom: codeInHours === undefined ? undefined : noon + codeInHours * hourMs,
    }),
  );

it('turns at midnight, on the day with an hour more too', () => {
  // The clocks go back on 25 October 2026; half past midnight, London.
  const now = Date.UTC(2026, 9, 24, 23, 30);
  const used = kept({ status: 'redeemed', lastEntryAtMs: now, windows: from(now - 3 * dayMs, 200) });
  expect(nextTurnMs([used], now)).toBe(Date.UTC(2026, 9, 26));
  expect(sectionOf(used, Date.UTC(2026, 9, 26) - 1)).toBe('now');
  expect(sectionOf(used, Date.UTC(2026, 9, 26))).toBe('past');
});

// Time has no log entry: a page that stays open looks again at the turn, and misses nothing before it.
it('nothing moves by time alone before the next turn', () => {
  fc.assert(
    fc.property(fc.array(anyTicket, { maxLength: 4 }), (tickets) => {
      const turn = nextTurnMs(tickets, noon);
      if (turn !== undefined) expect(turn).toBeGreaterThan(noon);
      const until = Math.min(turn ?? noon + 4 * dayMs, noon + 4 * dayMs);
      const sections = (now: number) => tickets.map((ticket) => sectionOf(ticket, now));
      for (let at = noon; at < until; at += 30 * minuteMs) expect(sections(at)).toEqual(sections(noon));
    }),
  );
});
