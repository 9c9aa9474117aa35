import { describe, expect, it } from 'vitest';
import { orderStates } from '#shared/orders/order.ts';
import { applyOutcome, nextStep, type StepOutcome } from '#shared/orders/saga.ts';
import { order } from '#test/support/orders.ts';

const ends = ['completed', 'refused', 'released'];
const ticket = { ticketId: 'tkt_0000000000000', typeId: 'day', handle: '7KQ2MX9TBD' };
const held: StepOutcome = { of: 'hold', ok: true };
const refused: StepOutcome = { of: 'hold', ok: false, failure: { code: 'sold_out', facts: { left: 1 } } };
const confirmed: StepOutcome = { of: 'confirm', ok: true, tickets: [ticket] };
const cancelled: StepOutcome = { of: 'confirm', ok: false, failure: { code: 'event_cancelled' } };

describe('the life of an order', () => {
  it.each(orderStates.filter((state) => !ends.includes(state)))(
    '%s has a next step, so nobody is left waiting',
    (state) => {
      expect(nextStep(order({ state }))).toBeDefined();
    },
  );

  it.each(ends)('%s is an end', (state) => {
    expect(nextStep(order({ state: state as 'completed' }))).toBeUndefined();
  });

  it('a free order is held, then confirmed, and has its tickets', () => {
    const firm = applyOutcome(order(), held);
    expect(firm).toMatchObject({ state: 'firm', tickets: [] });
    expect(nextStep(firm!)).toEqual({ do: 'confirm' });
    expect(applyOutcome(firm!, confirmed)).toMatchObject({ state: 'completed', tickets: [ticket] });
  });

  it('an order refused by the inventory ends with the reason kept', () => {
    expect(applyOutcome(order(), refused)).toMatchObject({
      state: 'refused',
      failure: { code: 'sold_out', facts: { left: 1 } },
      tickets: [],
    });
  });

  it('an order whose event was cancelled before its tickets ends released', () => {
    expect(applyOutcome(order({ state: 'firm' }), cancelled)).toMatchObject({
      state: 'released',
      failure: { code: 'event_cancelled' },
    });
  });

  it('an outcome keeps everything else of the order as it was placed', () => {
    const before = order();
    const { state: _before, ...kept } = before;
    expect(applyOutcome(before, held)).toMatchObject(kept);
    expect(before.state).toBe('placed');
  });
});

describe('I5: an outcome that comes late or twice changes nothing', () => {
  const outcomes = [held, refused, confirmed, cancelled];
  const misfits = orderStates.flatMap((state) =>
    outcomes
      .filter(({ of }) => nextStep(order({ state }))?.do !== of)
      .map((outcome) => ({ state, outcome, named: `${outcome.of} ${outcome.ok ? 'done' : 'refused'}` })),
  );

  it.each(misfits)('$named, when the order is $state', ({ state, outcome }) => {
    expect(applyOutcome(order({ state }), outcome)).toBeUndefined();
  });
});
