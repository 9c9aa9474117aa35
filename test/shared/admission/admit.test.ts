import { describe, expect, it } from 'vitest';
import { admit } from '#shared/admission/admit.ts';
import type { TicketFacts } from '#shared/admission/uses.ts';
import { reasons } from '#shared/admission/verdict.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { attempt, eventRules, noon, ticketFacts, ticketType } from '#test/support/rules.ts';

const fresh = ticketFacts();
const entered = ticketFacts({
  uses: { hall: { entries: 1, dayEntries: 1, inside: 1, lastAtMs: noon - minuteMs } },
  entries: 1,
  firstEntryAtMs: noon - minuteMs,
  lastEntry: { atMs: noon - minuteMs, gateId: 'south' },
});
type Story = { rules?: Partial<EventRules>; type?: Partial<TicketType>; ticket?: Partial<TicketFacts>; at?: number };

function scan({ rules, type, ticket, at = noon }: Story, gateId = 'north') {
  const document = eventRules({ ticketTypes: [ticketType(type)], ...rules });
  const gate = document.gates.find(({ id }) => id === gateId)!;
  return admit(document, gate, { ...fresh, ...ticket }, attempt({ now: at }));
}

describe('a ticket is admitted', () => {
  it('once, at a gate to its zone, while it is valid', () => {
    expect(scan({})).toEqual({
      verdict: {
        outcome: 'grant',
        reason: 'admitted',
        scannedAtMs: noon,
        ticket: {
          ticketId: fresh.ticketId,
          typeName: 'Day ticket',
          accessLevel: 'Visitor',
          admitted: 1,
          admits: 1,
        },
      },
      next: {
        uses: { hall: { entries: 1, dayEntries: 1, inside: 1, lastAtMs: noon } },
        entries: 1,
        firstEntryAtMs: noon,
        lastEntry: { atMs: noon, gateId: 'north' },
      },
      moved: { hall: 1 },
    });
  });

  it('to a postponed event, on the dates its new rules state', () => {
    expect(scan({ rules: { status: 'postponed' } }).verdict.reason).toBe('admitted');
  });

  it('the same way however often it is asked: nothing is kept between calls', () => {
    const rules = Object.freeze(eventRules());
    const ticket = Object.freeze({ ...fresh });
    const first = admit(rules, rules.gates[0]!, ticket, attempt());
    expect(admit(rules, rules.gates[0]!, ticket, attempt())).toEqual(first);
    expect(ticket).toEqual(fresh);
  });
});

describe('a ticket is refused', () => {
  const refused: [string, Story, string?][] = [
    ['unknown_ticket', { ticket: { typeId: 'gone' } }],
    ['refunded', { ticket: { status: 'refunded' } }],
    ['suspended', { ticket: { status: 'suspended' } }],
    ['event_cancelled', { rules: { status: 'cancelled' } }],
    ['not_yet_valid', { at: noon - 2 * hourMs }],
    ['expired', { at: noon + 8 * hourMs }],
    ['already_admitted', { ticket: entered }],
    ['wrong_gate', {}, 'stairs'],
  ];

  it.each(refused)('%s', (reason, story, gateId) => {
    const { verdict, next } = scan(story, gateId);
    expect(verdict).toMatchObject({ reason, outcome: reasons[reason as keyof typeof reasons] });
    expect(next).toBeUndefined();
  });

  it('as already admitted, with when and at which gate (I2)', () => {
    expect(scan({ ticket: entered }).verdict.admission).toEqual({ atMs: noon - minuteMs, gateName: 'South gate' });
  });

  it('as already admitted at a gate that the rules no longer have, by that gate’s id', () => {
    const lastEntry = { atMs: noon - minuteMs, gateId: 'old-gate' };
    expect(scan({ ticket: { ...entered, lastEntry } }).verdict.admission?.gateName).toBe('old-gate');
  });

  it('at the wrong gate, with the names of all the right ones', () => {
    expect(scan({}, 'stairs').verdict.gates).toEqual(['North gate', 'South gate']);
  });

  it('and says whose ticket it is, whatever the reason', () => {
    const unnamed = refused.slice(1).filter(([, story, gateId]) => scan(story, gateId).verdict.ticket === undefined);
    expect(unnamed).toEqual([]);
  });
});

describe('what no gate can mend is said first', () => {
  // Each story has its own fault and all that come after it.
  const worst: Story = {
    rules: { status: 'cancelled' },
    ticket: { ...entered, status: 'refunded' },
    at: noon + 8 * hourMs,
  };
  const scheduled = { status: 'scheduled' } as const;
  const planned = { ...worst, rules: scheduled };
  const valid = { ...planned, ticket: entered };
  it.each<[string, Story]>([
    ['event_cancelled', worst],
    ['refunded', planned],
    ['suspended', { ...planned, ticket: { ...entered, status: 'suspended' } }],
    ['expired', valid],
    ['already_admitted', { ...valid, at: noon }],
    ['wrong_gate', { ...valid, at: noon, ticket: fresh }],
  ])('%s', (reason, story) => expect(scan(story, 'stairs').verdict.reason).toBe(reason));
});

describe('validity windows', () => {
  const validity = {
    kind: 'windows' as const,
    windows: [
      { from: noon + dayMs, until: noon + dayMs + hourMs },
      { from: noon, until: noon + hourMs },
    ],
  };

  it('open at their first millisecond and are closed at their last', () => {
    expect(scan({ type: { validity }, at: noon }).verdict.reason).toBe('admitted');
    expect(scan({ type: { validity }, at: noon + hourMs - 1 }).verdict.reason).toBe('admitted');
    expect(scan({ type: { validity }, at: noon + hourMs }).verdict.reason).toBe('wrong_day');
  });

  it.each([
    ['before all', 'not_yet_valid', noon - 1, validity.windows[1]],
    ['between two', 'wrong_day', noon + hourMs, validity.windows[0]],
    ['after all', 'expired', noon + dayMs + hourMs, validity.windows[0]],
  ])('%s: the answer names the next one, or the last', (_when, reason, at, window) => {
    expect(scan({ type: { validity }, at }).verdict).toMatchObject({ reason, window });
  });
});
