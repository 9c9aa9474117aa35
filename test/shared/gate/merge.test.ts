import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TicketUse } from '#shared/admission/admit.ts';
import { inOrder, useAfter, type Passed } from '#shared/gate/merge.ts';
import { dayMs, minuteMs } from '#shared/time.ts';
import { noon, ticketType } from '#test/support/rules.ts';

const zone = 'Europe/London';
const unused: TicketUse = { uses: {}, entries: 0, firstEntryAtMs: undefined, lastEntry: undefined };
const single = ticketType();
const reentry = ticketType({ entry: { kind: 'reentry' } });

function passed(scanId: string, minutes: number, overrides: Partial<Passed> = {}): Passed {
  const where = { gateId: 'north', deviceId: 'dev_1', moved: { hall: 1 }, isOverruled: false };
  return { scanId, atMs: noon + minutes * minuteMs, ...where, ...overrides };
}
const out = { moved: { hall: -1 } };

/** Which passage is too many, and against which. */
function overlaps(type: typeof single, passages: readonly Passed[], base = unused) {
  return useAfter(type, base, passages, zone).overlaps.map(({ surplus, against }) => [surplus.scanId, against.scanId]);
}

describe('I2: what two gates that could not hear each other let in', () => {
  it('once each on a ticket for one: the earlier stands, the later is the overlap, however they arrive', () => {
    const [early, late] = [passed('early', 0), passed('late', 5, { gateId: 'south', deviceId: 'dev_2' })];
    expect(overlaps(single, [early, late])).toEqual([['late', 'early']]);
    expect(overlaps(single, [late, early])).toEqual([['late', 'early']]);
  });

  it('is all counted, an incident or not', () => {
    const { use } = useAfter(single, unused, [passed('b', 5, { gateId: 'south' }), passed('a', 0)], zone);
    expect(use).toMatchObject({ entries: 2, firstEntryAtMs: noon, lastEntry: { gateId: 'south' } });
    expect(use.uses['hall']).toMatchObject({ entries: 2, dayEntries: 2 });
  });

  it('is no overlap where somebody who may had overruled the rules, and uses the ticket up all the same', () => {
    const waved = { isOverruled: true };
    expect(overlaps(single, [passed('a', 0), passed('b', 5, waved)])).toEqual([]);
    expect(overlaps(single, [passed('a', 0, waved), passed('b', 5)])).toEqual([['b', 'a']]);
  });

  it('is an overlap against an entry of which only time and place are known', () => {
    const base = { ...unused, entries: 1, lastEntry: { atMs: noon, gateId: 'south' } };
    const used = { ...base, uses: { hall: { entries: 1, dayEntries: 1, inside: 1, lastAtMs: noon } } };
    const [overlap] = useAfter(single, used, [passed('a', 5)], zone).overlaps;
    expect(overlap).toMatchObject({ surplus: { scanId: 'a' }, against: { gateId: 'south', atMs: noon } });
  });

  it('counts a group ticket up to its people, a daily one by the local day', () => {
    const group = ticketType({ admits: 3 });
    const five = ['a', 'b', 'c', 'd', 'e'].map((id, at) => passed(id, at));
    expect(overlaps(group, five.toReversed())).toEqual([
      ['d', 'c'],
      ['e', 'c'],
    ]);
    const daily = ticketType({ entry: { kind: 'daily' } });
    const nextDay = { atMs: noon + dayMs };
    expect(overlaps(daily, [passed('a', 0), passed('b', 0, nextDay)])).toEqual([]);
    expect(overlaps(daily, [passed('b', 0, nextDay), passed('c', 1), passed('a', 0)])).toEqual([['c', 'a']]);
  });

  it('of a re-entry ticket is an overlap while somebody is inside, and none once they left', () => {
    expect(overlaps(reentry, [passed('a', 0), passed('x', 10, out), passed('b', 20)])).toEqual([]);
    expect(overlaps(reentry, [passed('a', 0), passed('b', 20)])).toEqual([['b', 'a']]);
    // The copy is an incident once; its holder goes out and in as before.
    const after = [passed('x', 30, out), passed('c', 40)];
    expect(overlaps(reentry, [passed('a', 0), passed('b', 20), ...after])).toEqual([['b', 'a']]);
    expect(useAfter(reentry, unused, [passed('a', 0), passed('b', 20), after[0]!], zone).use.uses['hall']?.inside).toBe(
      0,
    );
  });
});

describe('merging', () => {
  const passages = fc.uniqueArray(
    fc.record({
      scanId: fc.string({ minLength: 1, maxLength: 4 }),
      atMs: fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => noon + minutes * minuteMs),
      gateId: fc.constantFrom('north', 'south'),
      deviceId: fc.constantFrom('dev_1', 'dev_2'),
      moved: fc.constantFrom<Record<string, number>>({ hall: 1 }, { hall: -1 }, { hall: 1, gallery: 1 }),
      isOverruled: fc.boolean(),
    }),
    { selector: ({ scanId }) => scanId, maxLength: 12 },
  );
  const types = fc.constantFrom(
    single,
    reentry,
    ticketType({ admits: 3 }),
    ticketType({ entry: { kind: 'daily' } }),
    ticketType({ entry: { kind: 'count', entries: 2 } }),
  );

  it('says the same in any order', () => {
    const shuffled = passages.chain((set) =>
      fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length, maxLength: set.length })),
    );
    fc.assert(
      fc.property(types, shuffled, (type, [set, again]) => {
        expect(useAfter(type, unused, again, zone)).toEqual(useAfter(type, unused, set, zone));
        expect(inOrder(again)).toEqual(inOrder(set));
      }),
    );
  });

  it('lays no overlap to anybody who went in and out as they may, through any gates, by clocks a minute off', () => {
    const skews = fc.array(fc.integer({ min: -minuteMs + 1, max: minuteMs - 1 }), { minLength: 4, maxLength: 4 });
    const stays = fc.array(fc.tuple(fc.integer({ min: 5, max: 90 }), fc.integer({ min: 0, max: 90 })), {
      maxLength: 8,
    });
    const gates = fc.array(fc.nat(3), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(skews, stays, gates, (skew, visits, through) => {
        let minutes = 0;
        const walk = visits.flatMap(([inside, outside], visit) => {
          const at = (step: number, moved: Record<string, number>) => {
            const device = through[visit * 2 + step] ?? 0;
            const told = passed(`${visit}/${step}`, minutes, { deviceId: `dev_${device}`, moved });
            return { ...told, atMs: told.atMs + (skew[device] ?? 0) };
          };
          const entry = at(0, { hall: 1 });
          minutes += inside;
          const exit = at(1, { hall: -1 });
          minutes += outside;
          return [entry, exit];
        });
        const { use, overlaps: found } = useAfter(reentry, unused, walk, zone);
        expect(found).toEqual([]);
        expect(use.uses['hall']?.inside ?? 0).toBe(0);
      }),
    );
  });

  it('finds every entry beyond what the ticket gives, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }), (admits, count) => {
        const crowd = Array.from({ length: count }, (_, at) => passed(`s${at}`, at));
        expect(overlaps(ticketType({ admits }), crowd)).toHaveLength(Math.max(0, count - admits));
      }),
    );
  });
});
