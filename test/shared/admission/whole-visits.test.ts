import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, overrule } from '#shared/admission/admit.ts';
import { redeem } from '#shared/admission/redeem.ts';
import { allowanceOf, statusOf, useOf, type TicketFacts } from '#shared/admission/uses.ts';
import { reasons } from '#shared/admission/verdict.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { attempt, eventRules, noon, ticketFacts, ticketType } from '#test/support/rules.ts';

const gates = [
  { id: 'north', name: 'North gate', zones: ['hall'] },
  { id: 'main', name: 'Main gate', zones: ['hall', 'gallery'] },
  { id: 'stairs', name: 'Stairs', zones: ['gallery'] },
  { id: 'shop', name: 'Shop', kind: 'counter' as const, zones: ['hall'] },
];
const entry = fc.constantFrom<TicketType['entry']>(
  { kind: 'single' },
  { kind: 'reentry' },
  { kind: 'count', entries: 2 },
  { kind: 'daily' },
);
const validity = fc.constantFrom<TicketType['validity']>(
  { kind: 'windows', windows: [{ from: noon - hourMs, until: noon + 3 * dayMs }] },
  { kind: 'after_first_entry', window: { from: noon, until: noon + 2 * dayMs }, minutes: 120 },
);
const kind = fc.record({
  entry,
  validity,
  admits: fc.integer({ min: 1, max: 3 }),
  zones: fc.constantFrom<string[]>(['hall'], ['gallery'], ['hall', 'gallery']),
});
const visits = fc.array(
  fc.record({
    gate: fc.constantFrom(...gates),
    direction: fc.constantFrom('in', 'in', 'out'),
    wait: fc.constantFrom(0, minuteMs, 3 * hourMs, dayMs),
    byHand: fc.boolean(),
  }),
  { maxLength: 25 },
);

const using = (facts: TicketFacts, change: Partial<TicketFacts>): TicketFacts => ({ ...facts, ...change });

type Walked = { rules: EventRules; type: TicketType; facts: TicketFacts; now: number };

/** Walks a ticket through gates, as its inventory would keep it; `see` is told of each step. */
function walk(
  overrides: Partial<TicketType>,
  steps: { gate: EventRules['gates'][number]; direction: string; wait: number; byHand: boolean }[],
  mayOverrule: boolean,
  see: (before: Walked, after: Walked, answer: ReturnType<typeof admit>) => void,
): void {
  const type = ticketType(overrides);
  const rules = eventRules({ gates, ticketTypes: [type] });
  let [facts, now] = [ticketFacts(), noon];
  for (const { gate, direction, wait, byHand } of steps) {
    now += wait;
    const trying = attempt({ now, direction: direction === 'out' ? 'out' : 'in' });
    const plain = admit(rules, gate, facts, trying);
    const isRefused = plain.next === undefined && direction === 'in';
    const answer =
      isRefused && byHand && mayOverrule ? overrule(rules, gate, facts, plain.verdict, 'overridden') : plain;
    const before = { rules, type, facts, now };
    if (answer.next !== undefined) facts = using(facts, answer.next);
    see(before, { ...before, facts }, answer);
  }
}

const check = (predicate: (type: Partial<TicketType>, steps: Parameters<typeof walk>[1]) => void) =>
  fc.assert(fc.property(kind, visits, predicate), { numRuns: 300 });

describe('through any visit', () => {
  it('no zone lets in more than its allowance, nor more people at once than a ticket admits (I2)', () => {
    check((type, steps) =>
      walk(type, steps, false, (_before, after) => {
        for (const zone of after.type.zones) {
          const use = useOf(after.facts.uses, zone);
          const counted = after.type.entry.kind === 'daily' ? use.dayEntries : use.entries;
          expect(counted).toBeLessThanOrEqual(allowanceOf(after.type));
          if (after.type.entry.kind === 'reentry') {
            expect(use.inside).toBeLessThanOrEqual(after.type.admits);
          }
          expect(use.inside).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('who moved is what the ticket says of who is inside, overrides too', () => {
    check((type, steps) =>
      walk(type, steps, true, (before, after, { moved = {} }) => {
        for (const zone of ['hall', 'gallery']) {
          const by = useOf(after.facts.uses, zone).inside - useOf(before.facts.uses, zone).inside;
          expect(by).toBe(moved[zone] ?? 0);
        }
      }),
    );
  });

  it('a refusal changes nothing, a grant something, and each reason has its one outcome', () => {
    check((type, steps) =>
      walk(type, steps, true, (_before, _after, { verdict, next }) => {
        const isGranted = verdict.outcome === 'grant' || verdict.outcome === 'partial';
        expect(next !== undefined).toBe(isGranted);
        expect(verdict.outcome).toBe(reasons[verdict.reason]);
      }),
    );
  });

  it('a counted ticket is redeemed exactly when no gate would ever let it in again for what it has used', () => {
    check((type, steps) =>
      walk(type, steps, false, (_before, { rules, type: whole, facts, now }) => {
        const isCounted = whole.entry.kind === 'single' || whole.entry.kind === 'count';
        const answers = rules.gates
          .filter(({ kind: of }) => of !== 'counter')
          .map((gate) => admit(rules, gate, facts, attempt({ now })).verdict.reason);
        const status = statusOf(rules, facts, now);
        if (status === 'active' && isCounted) {
          expect(answers.some((reason) => reason !== 'already_admitted')).toBe(true);
        }
        if (status === 'redeemed') {
          expect(isCounted).toBe(true);
          expect(answers.every((reason) => reason === 'already_admitted' || reason === 'expired')).toBe(true);
        }
      }),
    );
  });

  it('everybody who was let in, by whatever right, can be counted out at some gate until nobody is inside', () => {
    check((type, steps) => {
      let last: Walked | undefined;
      walk(type, steps, true, (_before, after) => {
        last = after;
      });
      if (last === undefined) return;
      let { facts } = last;
      for (const gate of gates) {
        for (let left = 0; left < 30; left += 1) {
          const { next } = admit(last.rules, gate, facts, attempt({ now: last.now, direction: 'out' }));
          if (next === undefined) break;
          facts = using(facts, next);
        }
      }
      expect(Object.values(facts.uses).every(({ inside }) => inside === 0)).toBe(true);
    });
  });
});

describe('through any redemptions', () => {
  it('no more is handed out than the ticket includes, and what is left is said', () => {
    const benefits = [
      { id: 'gift', name: 'Gift', kind: 'product' as const, quantity: 5, redeemAt: 'counter' as const },
    ];
    const rules = eventRules({ gates, ticketTypes: [ticketType({ benefits })] });
    const wishes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 12 });
    fc.assert(
      fc.property(wishes, (quantities) => {
        let facts = ticketFacts();
        let handedOut = 0;
        for (const quantity of quantities) {
          const { verdict, redeemed } = redeem(rules, gates[3]!, facts, { benefitId: 'gift', quantity }, noon);
          expect(redeemed !== undefined).toBe(handedOut + quantity <= 5);
          if (redeemed === undefined) expect(verdict.reason).toBe('benefit_used_up');
          else {
            handedOut += quantity;
            facts = using(facts, { redeemed });
          }
          expect(verdict.benefit?.left).toBe(5 - handedOut);
        }
      }),
    );
  });
});
