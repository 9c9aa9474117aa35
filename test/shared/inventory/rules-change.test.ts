import { describe, expect, it } from 'vitest';
import { checkReferences, checkStockSurvives } from '#shared/inventory/rules-change.ts';
import type { Stock, StockId } from '#shared/inventory/stock.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';

const pools = [{ id: 'hall', name: 'Hall', capacity: 50 }];
const current = eventRules({ pools, ticketTypes: [ticketType({ capacity: 10, pools: ['hall'] })] });
const taken = (held: number, sold: number): Map<StockId, Stock> =>
  new Map([
    ['type:day', { capacity: 10, held, sold }],
    ['pool:hall', { capacity: 50, held, sold }],
  ]);
const withType = (overrides: Parameters<typeof ticketType>[0]) =>
  eventRules({ pools, ticketTypes: [ticketType({ capacity: 10, pools: ['hall'], ...overrides })] });
const code = (result: ReturnType<typeof checkStockSurvives>) => (result.ok ? 'ok' : result.failure.code);

describe('I1: new rules keep what was promised', () => {
  it('capacity may fall to what is held and sold, not below', () => {
    expect(checkStockSurvives(withType({ capacity: 5 }), current, taken(2, 3)).ok).toBe(true);
    expect(checkStockSurvives(withType({ capacity: 4 }), current, taken(2, 3))).toEqual({
      ok: false,
      failure: { code: 'rules_below_sold', facts: { stock: 'type:day', capacity: 4, taken: 5 } },
    });
  });

  it('a shared pool may not fall below its people either', () => {
    const smaller = { ...current, pools: [{ id: 'hall', name: 'Hall', capacity: 4 }] };
    expect(code(checkStockSurvives(smaller, current, taken(2, 3)))).toBe('rules_below_sold');
  });

  it('a type may go only while none of it is taken', () => {
    const without = eventRules({ pools, ticketTypes: [ticketType({ id: 'other' })] });
    expect(code(checkStockSurvives(without, current, taken(0, 0)))).toBe('ok');
    expect(code(checkStockSurvives(without, current, taken(1, 0)))).toBe('rules_stock_removed');
    expect(code(checkStockSurvives(without, current, taken(0, 1)))).toBe('rules_stock_removed');
  });

  it.each([
    ['other pools', { pools: [] }],
    ['more people', { admits: 2 }],
  ])('a sold type may not draw %s', (_what, overrides) => {
    expect(code(checkStockSurvives(withType(overrides), current, taken(0, 0)))).toBe('ok');
    expect(code(checkStockSurvives(withType(overrides), current, taken(0, 1)))).toBe('rules_draws_changed');
  });

  it('naming the same pools in another order changes nothing', () => {
    const two = [...pools, { id: 'gallery', name: 'Gallery', capacity: 50 }];
    const before = eventRules({ pools: two, ticketTypes: [ticketType({ capacity: 10, pools: ['hall', 'gallery'] })] });
    const after = eventRules({ pools: two, ticketTypes: [ticketType({ capacity: 10, pools: ['gallery', 'hall'] })] });
    expect(code(checkStockSurvives(after, before, taken(0, 1)))).toBe('ok');
  });

  it('first rules replace none', () => {
    expect(code(checkStockSurvives(current, undefined, new Map()))).toBe('ok');
  });
});

describe('names inside a document', () => {
  const zone = { id: 'hall', name: 'Hall', bit: 0 };
  const gate = { id: 'north', name: 'North', zones: ['hall'] };

  it('are all defined, each once', () => expect(checkReferences(current).ok).toBe(true));

  it.each([
    ['zone hall is defined twice', { zones: [zone, { ...zone, bit: 1 }] }],
    ['zone bit 0 is used twice', { zones: [zone, { ...zone, id: 'gallery' }] }],
    ['pool hall is defined twice', { pools: [...pools, ...pools] }],
    ['gate north is defined twice', { gates: [gate, gate] }],
    ['ticket type day is defined twice', { ticketTypes: [ticketType(), ticketType()] }],
    ['gate north names zone attic, which does not exist', { gates: [{ ...gate, zones: ['attic'] }] }],
    ['ticket type day names zone attic, which does not exist', { ticketTypes: [ticketType({ zones: ['attic'] })] }],
    ['ticket type day names pool attic, which does not exist', { ticketTypes: [ticketType({ pools: ['attic'] })] }],
  ])('refused: %s', (problem, overrides) => {
    expect(checkReferences(eventRules(overrides))).toEqual({
      ok: false,
      failure: { code: 'rules_invalid', facts: { problem } },
    });
  });
});

describe('what a sold ticket promises', () => {
  const badge = { id: 'badge', name: 'Badge', kind: 'product', quantity: 2, redeemAt: 'counter' } as const;
  const sold = { zones: ['hall', 'gallery'], entry: { kind: 'count', entries: 3 }, benefits: [badge] } as const;
  const asSold = (overrides: Parameters<typeof ticketType>[0] = {}) =>
    withType({ ...sold, zones: [...sold.zones], benefits: [...sold.benefits], ...overrides });
  const after = (overrides: Parameters<typeof ticketType>[0], taken1 = taken(0, 1)) =>
    checkStockSurvives(asSold(overrides), asSold(), taken1);

  it.each([
    ['a zone', { zones: ['hall'] }, 'zone gallery'],
    ['a benefit', { benefits: [] }, 'benefit badge'],
    ['part of a benefit', { benefits: [{ ...badge, quantity: 1 }] }, 'benefit badge'],
    ['an entry', { entry: { kind: 'count' as const, entries: 2 } }, 'entries'],
    ['all entries but one', { entry: { kind: 'single' as const } }, 'entries'],
  ])('does not lose %s, and the refusal says what and how many', (_what, overrides, what) => {
    expect(after(overrides)).toEqual({
      ok: false,
      failure: { code: 'rules_promise_broken', facts: { type: 'Day ticket', what, sold: 1 } },
    });
  });

  it.each([
    ['another zone is not in the way', { zones: ['hall', 'gallery', 'lounge'] }],
    ['more entries', { entry: { kind: 'reentry' as const } }],
    ['more to collect', { benefits: [{ ...badge, quantity: 3 }] }],
    ['another time', { validity: { kind: 'windows' as const, windows: [{ from: 1, until: 2 }] } }],
  ])('may get more: %s', (_what, overrides) => {
    expect(after(overrides).ok).toBe(true);
  });

  it('may change while it is only held: its buyer has not paid for it', () => {
    expect(after({ zones: ['hall'] }, taken(1, 0)).ok).toBe(true);
  });
});
