import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, type TicketUse } from '#shared/admission/admit.ts';
import { takenBack, useFrom, withoutScan, withPassage, type Passage } from '#shared/gate/heard.ts';
import type { Gate } from '#shared/inventory/rules.ts';
import { attempt, eventRules, noon, ticketFacts, ticketType } from '#test/support/rules.ts';

const both: Gate = { id: 'bridge', name: 'Bridge', zones: ['hall', 'gallery'] };
const gates = [...eventRules().gates, both];
const types = [
  ticketType({ zones: ['hall', 'gallery'] }),
  ticketType({ entry: { kind: 'reentry' } }),
  ticketType({ entry: { kind: 'count', entries: 3 }, zones: ['gallery'] }),
  ticketType({ entry: { kind: 'daily' }, admits: 2, zones: ['hall', 'gallery'] }),
];

describe('what a scanner heard of a ticket', () => {
  it('says the same of its use as the event that let it through', () => {
    const step = fc.record({
      gate: fc.constantFrom(...gates),
      direction: fc.constantFrom('in' as const, 'out' as const),
    });
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.array(step, { maxLength: 12 }), (type, steps) => {
        const rules = eventRules({ gates, ticketTypes: [type] });
        let facts = ticketFacts();
        let passages: readonly Passage[] = [];
        for (const [index, { gate, direction }] of steps.entries()) {
          const now = noon + index * 1_000;
          const { next } = admit(rules, gate, facts, attempt({ now, direction }));
          if (next === undefined) continue;
          facts = Object.assign(structuredClone(facts), next);
          passages = withPassage(passages, { what: direction, gateId: gate.id, atMs: now });
        }
        const { uses, entries, firstEntryAtMs, lastEntry } = facts;
        expect(useFrom(rules, type, passages)).toEqual({
          uses,
          entries,
          firstEntryAtMs,
          lastEntry,
        } satisfies TicketUse);
      }),
    );
  });

  it('counts its own scan once when the event tells it of the same', () => {
    const own = { what: 'in', gateId: 'north', atMs: noon, scanId: 'scan-one' } as const;
    const heard = { what: 'in', gateId: 'north', atMs: noon } as const;
    for (const [first, second] of [
      [own, heard],
      [heard, own],
    ] as const) {
      const known = withPassage(withPassage([], first), second);
      expect(known).toEqual([heard]);
      // From now on it is the event's, and is taken back by the event's news alone.
      expect(withoutScan(known, 'scan-one')).toEqual([heard]);
    }
    // Told a second time there is nothing to write down, and nothing is.
    const known = withPassage([], heard);
    expect(withPassage(known, heard)).toBe(known);
    expect(withoutScan(known, 'scan-one')).toBe(known);
    // Its clock was set right since: the event's instant takes the place of its own.
    expect(withPassage([own], { ...own, atMs: noon + 5 })).toEqual([{ ...own, atMs: noon + 5 }]);
    expect(withoutScan([own], 'scan-one')).toEqual([]);
  });

  it('forgets what was taken back, at the gate where it was', () => {
    const rules = eventRules();
    const [type] = types;
    if (type === undefined) throw new Error('no type');
    const passages: Passage[] = [
      { what: 'in', gateId: 'north', atMs: noon },
      { what: 'in', gateId: 'stairs', atMs: noon + 1 },
      { what: 'back', gateId: 'north', atMs: noon + 2 },
    ];
    expect(useFrom(rules, type, passages)).toMatchObject({ entries: 1, lastEntry: { gateId: 'stairs' } });
    const { scanId, ...at } = { gateId: 'north', atMs: noon + 1, scanId: 'scan-one' };
    const [own, heard] = [{ what: 'in', scanId, ...at } as const, { what: 'in', ...at } as const];
    for (const known of [[own], [heard]]) {
      expect(useFrom(rules, type, takenBack(known, { scanId, ...at, atMs: noon + 2 }))).toMatchObject({ entries: 0 });
    }
    expect(useFrom(rules, type, [{ what: 'in', gateId: 'gone', atMs: noon }])).toMatchObject({ entries: 0 });
  });
});
