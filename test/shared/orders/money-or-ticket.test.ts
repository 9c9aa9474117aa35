import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptStates } from '#shared/orders/attempt.ts';
import { order, pricedSnapshot } from '#test/support/orders.ts';
import { comeToRest, World } from './world.ts';

const paid = pricedSnapshot(2_400);

const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('steps' as const),
      count: fc.integer({ min: 1, max: 4 }),
      loses: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pay' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('approve' as const), nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('late' as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('webhook' as const), nth: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stale' as const),
      nth: fc.nat(3),
      state: fc.constantFrom(...attemptStates.filter((state) => state !== 'new')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('others' as const), count: fc.integer({ min: -1, max: 2 }) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function happen(world: World, event: Happening): void {
  switch (event.kind) {
    case 'steps':
      for (let taken = 0; taken < event.count; taken += 1) world.step(event.loses && taken === event.count - 1);
      return;
    case 'pay':
      return world.pressPay();
    case 'approve':
      return world.approve(event.nth);
    case 'late':
      return world.arriveLate(event.nth);
    case 'cancel':
      return world.cancelEvent();
    case 'webhook':
      return world.webhook(event.nth);
    case 'stale':
      return world.staleWebhook(event.nth, event.state);
    case 'time':
      return world.passMinutes(event.minutes);
    case 'others':
      return world.othersTake(event.count);
  }
}

describe('I3: paid means ticket or money back', () => {
  it('whatever is lost, late, repeated or out of order, an order at rest owes nobody anything', () => {
    fc.assert(
      fc.property(fc.nat(2), fc.array(happening, { maxLength: 80, size: 'max' }), (places, events) => {
        const world = new World(order({ snapshot: paid }), places);
        for (const event of events) happen(world, event);
        comeToRest(world);
        const hasTicket = world.order.state === 'completed';
        expect(world.moneyKept()).toBe(hasTicket ? 1 : 0);
        expect(world.moneyReserved()).toBe(0);
        expect(world.holds('confirmed')).toBe(hasTicket ? 1 : 0);
        expect(world.holds('firm') + world.holds('held')).toBe(0);
      }),
      { numRuns: 10_000 },
    );
  });

  it('a free order needs no gateway to end in tickets', () => {
    const world = new World(order(), 1);
    comeToRest(world);
    expect(world.order).toMatchObject({ state: 'completed', attempts: [] });
  });
});
