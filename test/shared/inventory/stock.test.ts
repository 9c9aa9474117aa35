import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideHold,
  drawsOfType,
  left,
  ticketsLeft,
  type HoldFacts,
  type Stock,
  type StockId,
} from '#shared/inventory/stock.ts';
import { eventRules, noon, ticketType } from '#test/support/rules.ts';

const full: Stock = { capacity: 1_000, held: 0, sold: 0 };
/** Facts of a customer who has nothing yet and is entitled to nothing. */
const nobodys = (stockOf: HoldFacts['stockOf'], overrides: Partial<HoldFacts> = {}): HoldFacts => ({
  stockOf,
  takenOf: () => 0,
  entitledTo: () => undefined,
  ...overrides,
});
const decide = (rules: ReturnType<typeof eventRules>, lines: { typeId: string; quantity: number }[], now = noon) =>
  decideHold(
    rules,
    lines,
    nobodys(() => full),
    now,
  );
const failure = (code: string, facts?: object) => ({
  ok: false,
  failure: facts === undefined ? { code } : { code, facts },
});

/** Up to three types, some for groups, over up to two shared pools. */
const shop = fc
  .record({
    capacities: fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }),
    admits: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }),
    pools: fc.array(fc.nat(20), { maxLength: 2 }),
    drawn: fc.array(fc.subarray([0, 1]), { minLength: 3, maxLength: 3 }),
  })
  .map(({ capacities, admits, pools, drawn }) =>
    eventRules({
      pools: pools.map((capacity, index) => ({ id: `pool-${index}`, name: `Pool ${index}`, capacity })),
      ticketTypes: capacities.map((capacity, index) => {
        const drawnPools = drawn[index]!.filter((pool) => pool < pools.length).map((pool) => `pool-${pool}`);
        return ticketType({ id: `type-${index}`, capacity, admits: admits[index]!, pools: drawnPools });
      }),
    }),
  );
const wish = fc.uniqueArray(fc.record({ type: fc.nat(2), quantity: fc.integer({ min: 1, max: 8 }) }), {
  selector: ({ type }) => type,
  minLength: 1,
  maxLength: 3,
});

describe('I1: never oversold', () => {
  it('no run of holds takes more than a type or a shared pool has', () => {
    fc.assert(
      fc.property(shop, fc.array(wish, { maxLength: 30 }), (rules, wishes) => {
        const stocks = new Map<StockId, Stock>([
          ...rules.ticketTypes.map(({ id, capacity }) => [`type:${id}`, { capacity, held: 0, sold: 0 }] as const),
          ...rules.pools.map(({ id, capacity }) => [`pool:${id}`, { capacity, held: 0, sold: 0 }] as const),
        ]);
        let people = 0;
        for (const lines of wishes) {
          const named = lines.map(({ type, quantity }) => ({ typeId: `type-${type}`, quantity }));
          const decision = decideHold(
            rules,
            named,
            nobodys((id) => stocks.get(id)!),
            noon,
          );
          if (!decision.ok) continue;
          for (const { stockId, quantity } of decision.value) {
            const stock = stocks.get(stockId)!;
            stocks.set(stockId, { ...stock, held: stock.held + quantity });
          }
          for (const { type, quantity } of lines) {
            const { admits, pools } = rules.ticketTypes[type]!;
            people += quantity * admits * pools.length;
          }
        }
        for (const { capacity, held } of stocks.values()) expect(held).toBeLessThanOrEqual(capacity);
        // Each person of a group ticket has a place of their own in every pool the ticket draws from.
        const inPools = [...stocks].filter(([id]) => id.startsWith('pool:')).map(([, { held }]) => held);
        expect(inPools.reduce((sum, held) => sum + held, 0)).toBe(people);
      }),
    );
  });

  it('a group ticket takes one ticket, and a place for each of its people', () => {
    const table = ticketType({ id: 'table', admits: 8, pools: ['dinner'] });
    expect(drawsOfType(table, 3)).toEqual([
      { stockId: 'type:table', quantity: 3 },
      { stockId: 'pool:dinner', quantity: 24 },
    ]);
  });

  it('a group ticket that would fit in part does not fit', () => {
    const table = ticketType({ admits: 8, pools: ['dinner'] });
    const stockOf = (id: StockId): Stock => ({ capacity: id === 'pool:dinner' ? 15 : 100, held: 0, sold: 0 });
    expect(ticketsLeft(table, stockOf)).toBe(1);
  });

  it('nothing is left of a stock that stands below what is taken', () => {
    expect(left({ capacity: 3, held: 2, sold: 4 })).toBe(0);
  });
});

describe('a hold', () => {
  it('takes all of its lines, each stock once', () => {
    const rules = eventRules({
      pools: [{ id: 'hall', name: 'Hall', capacity: 10 }],
      ticketTypes: [ticketType({ id: 'one', pools: ['hall'] }), ticketType({ id: 'two', pools: ['hall'] })],
    });
    const decision = decide(rules, [
      { typeId: 'one', quantity: 2 },
      { typeId: 'two', quantity: 3 },
    ]);
    expect(decision).toEqual({
      ok: true,
      value: [
        { stockId: 'type:one', quantity: 2 },
        { stockId: 'pool:hall', quantity: 5 },
        { stockId: 'type:two', quantity: 3 },
      ],
    });
  });

  it('is refused as a whole when one line is sold out, and told how many are left', () => {
    const rules = eventRules({ ticketTypes: [ticketType(), ticketType({ id: 'vip', name: 'VIP' })] });
    const stockOf = (id: StockId): Stock => (id === 'type:vip' ? { capacity: 10, held: 4, sold: 5 } : full);
    const lines = [
      { typeId: 'day', quantity: 1 },
      { typeId: 'vip', quantity: 2 },
    ];
    expect(decideHold(rules, lines, nobodys(stockOf), noon)).toEqual(failure('sold_out', { type: 'VIP', left: 1 }));
  });

  it('is refused when its lines fit alone but overrun a pool together', () => {
    const pools = [{ id: 'hall', name: 'Hall', capacity: 3 }];
    const types = ['one', 'two'].map((id) => ticketType({ id, pools: ['hall'] }));
    const stockOf = (id: StockId): Stock => ({ capacity: id === 'pool:hall' ? 3 : 9, held: 0, sold: 0 });
    const lines = types.map(({ id }) => ({ typeId: id, quantity: 2 }));
    expect(decideHold(eventRules({ pools, ticketTypes: types }), lines, nobodys(stockOf), noon)).toMatchObject({
      failure: { code: 'sold_out' },
    });
  });

  it('of a cancelled event is refused', () => {
    expect(decide(eventRules({ status: 'cancelled' }), [{ typeId: 'day', quantity: 1 }])).toEqual(
      failure('event_cancelled'),
    );
  });

  it('of a type the event does not have is refused', () => {
    expect(decide(eventRules(), [{ typeId: 'gone', quantity: 1 }])).toEqual(failure('ticket_type_unknown'));
  });

  it.each([[[]], [[0]], [[-1]], [[1.5]], [[Number.NaN]], [[1, 1]]])('of quantities %j is refused', (quantities) => {
    const lines = quantities.map((quantity) => ({ typeId: 'day', quantity }));
    expect(decide(eventRules({ ticketTypes: [ticketType(), ticketType({ id: 'b' })] }), lines)).toEqual(
      failure('quantity_invalid'),
    );
  });

  it('over the limit of an order is refused', () => {
    const rules = eventRules({ ticketTypes: [ticketType({ perOrderMax: 4 })] });
    expect(decide(rules, [{ typeId: 'day', quantity: 4 }])).toMatchObject({ ok: true });
    expect(decide(rules, [{ typeId: 'day', quantity: 5 }])).toEqual(
      failure('order_limit_exceeded', { type: 'Day ticket', max: 4 }),
    );
  });

  it('is made from the moment sale opens to the moment it closes', () => {
    const sale = { from: noon, until: noon + 1_000 };
    const rules = eventRules({ ticketTypes: [ticketType({ sale })] });
    const one = [{ typeId: 'day', quantity: 1 }];
    expect(decide(rules, one, noon - 1)).toEqual(failure('sale_not_open', { type: 'Day ticket', opensAtMs: noon }));
    expect(decide(rules, one, noon)).toMatchObject({ ok: true });
    expect(decide(rules, one, noon + 999)).toMatchObject({ ok: true });
    expect(decide(rules, one, noon + 1_000)).toEqual(failure('sale_closed', { type: 'Day ticket' }));
  });
});

describe('a hold of one customer', () => {
  const one = [{ typeId: 'day', quantity: 2 }];

  it('is refused beyond what they may have, and says what they have', () => {
    const rules = eventRules({ ticketTypes: [ticketType({ perCustomerMax: 3 })] });
    const having = (taken: number) =>
      decideHold(
        rules,
        one,
        nobodys(() => full, { takenOf: () => taken }),
        noon,
      );
    expect(having(1)).toMatchObject({ ok: true });
    expect(having(2)).toEqual(failure('customer_limit_exceeded', { type: 'Day ticket', max: 3, taken: 2 }));
  });

  it.each([
    ['reward', 0, true],
    ['referral', 0, true],
    ['pass', 0, true],
    ['pass', 500, false],
    ['free', 0, false],
    ['paid', 500, false],
    ['discounted', 400, false],
  ] as const)('of a %s ticket for %i needs an entitlement: %s', (category, priceMinor, isNeeded) => {
    const rules = eventRules({ ticketTypes: [ticketType({ category, priceMinor })] });
    const entitled = (uses: number | undefined) =>
      decideHold(
        rules,
        one,
        nobodys(() => full, { entitledTo: () => uses }),
        noon,
      );
    expect(entitled(undefined).ok).toBe(!isNeeded);
    expect(entitled(1).ok).toBe(!isNeeded);
    expect(entitled(2).ok).toBe(true);
  });

  it('of companions needs as many main tickets beside them', () => {
    const rules = eventRules({
      ticketTypes: [ticketType(), ticketType({ id: 'mate', name: 'Companion', companionOf: 'day' })],
    });
    const mates = (quantity: number) => [...one, { typeId: 'mate', quantity }];
    expect(decide(rules, mates(2))).toMatchObject({ ok: true });
    expect(decide(rules, mates(3))).toEqual(failure('companion_alone', { type: 'Companion', main: 'Day ticket' }));
  });
});
