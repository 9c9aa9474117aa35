import { describe, expect, it } from 'vitest';
import { byCard, type Attempt } from '#shared/orders/attempt.ts';
import { orderStates, type Order, type OrderState } from '#shared/orders/order.ts';
import { applyOutcome, beginPayment, nextStep, waitsUntilMs, type Outcome } from '#shared/orders/saga.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { order, pricedSnapshot } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';

const ends: OrderState[] = ['completed', 'refused', 'released', 'refunded'];
const attempt: Attempt = {
  attemptId: 'ord/1',
  method: 'card',
  tender: byCard(5_000),
  state: 'new',
  createdAtMs: noon,
  deadlineMs: noon + 15 * minuteMs,
};
const paid = (overrides: Partial<Order> = {}, money: Attempt['state'] = 'open'): Order =>
  order({
    snapshot: pricedSnapshot(5_000),
    holdExpiresAtMs: noon + 10 * minuteMs,
    attempts: [{ ...attempt, state: money }],
    ...overrides,
  });
const holdId = `${order().orderId}/1`;
const ticket = { ticketId: 'tkt_0000000000000', typeId: 'day', handle: '7KQ2MX9TBD', eventId: 'evt_test' };
const soldOut = { code: 'sold_out', facts: { left: 1 } } as const;
const held: Outcome = { of: 'hold', holdId };
const confirmed: Outcome = { of: 'confirm', holdId, tickets: [ticket] };
const refusal = (from: 'hold' | 'firm' | 'confirm' | 'release'): Outcome => {
  return { of: 'refusal', from, holdId, failure: soldOut };
};
const says = (state: 'open' | 'dead' | 'authorised' | 'voided' | 'captured' | 'refunded'): Outcome => {
  return { of: 'gateway', attemptId: 'ord/1', status: { state } };
};

describe('an order that has not ended', () => {
  it.each(orderStates.filter((state) => !ends.includes(state)))(
    'and is %s has a next step, or waits until a stated time',
    (state) => {
      const waiting = paid({ state });
      expect(nextStep(waiting, noon) ?? waitsUntilMs(waiting)).toBeDefined();
      expect(nextStep(waiting, noon + hourMs)).toBeDefined();
    },
  );

  it.each(ends)('has: %s asks for nothing', (state) => {
    const ended = paid({ state }, 'captured');
    expect(nextStep(ended, noon + hourMs)).toBeUndefined();
    expect(waitsUntilMs(ended)).toBeUndefined();
  });
});

describe('a free order', () => {
  it('is held firm, then confirmed, and has its tickets', () => {
    expect(nextStep(order(), noon)).toEqual({ do: 'hold', holdId, firm: true });
    const firm = applyOutcome(order(), held);
    expect(firm).toMatchObject({ state: 'firm', tickets: [] });
    expect(nextStep(firm!, noon)).toEqual({ do: 'confirm', holdId });
    expect(applyOutcome(firm!, confirmed)).toMatchObject({ state: 'completed', tickets: [ticket] });
  });

  it('refused by the inventory ends with the reason kept', () => {
    expect(applyOutcome(order(), refusal('hold'))).toMatchObject({ state: 'refused', failure: soldOut, tickets: [] });
  });

  it('whose event was cancelled before its tickets lets its stock go, and ends with the reason kept', () => {
    const releasing = applyOutcome(order({ state: 'firm' }), refusal('confirm'))!;
    expect(nextStep(releasing, noon)).toEqual({ do: 'release', holdId });
    expect(applyOutcome(releasing, { of: 'release', holdId })).toMatchObject({ state: 'released', failure: soldOut });
  });
});

describe('an order to be paid by card', () => {
  it('is held by the clock, firm before any money can move, captured, then confirmed', () => {
    const placed = paid({ attempts: [], holdExpiresAtMs: undefined });
    expect(nextStep(placed, noon)).toEqual({ do: 'hold', holdId, firm: false });
    const waits = applyOutcome(placed, { of: 'hold', holdId, expiresAtMs: noon + minuteMs })!;
    expect([waits.state, nextStep(waits, noon), waitsUntilMs(waits)]).toEqual(['held', undefined, noon + minuteMs]);
    const securing = beginPayment(waits, attempt) as Order;
    expect(nextStep(securing, noon)).toEqual({ do: 'firm', holdId });
    const firm = applyOutcome(securing, { of: 'firm', holdId })!;
    expect(nextStep(firm, noon)).toMatchObject({ do: 'open', attempt: { attemptId: 'ord/1' } });
    const authorised = applyOutcome(firm, says('authorised'))!;
    expect(nextStep(authorised, noon)).toMatchObject({ do: 'capture' });
    const captured = applyOutcome(authorised, says('captured'))!;
    expect(nextStep(captured, noon)).toEqual({ do: 'confirm', holdId });
    expect(applyOutcome(captured, confirmed)).toMatchObject({ state: 'completed', tickets: [ticket] });
  });

  it('takes a new hold, under a new name, when the buyer pays after the first lapsed', () => {
    const reholding = applyOutcome(paid({ state: 'securing' }, 'new'), refusal('firm'))!;
    expect(nextStep(reholding, noon)).toEqual({ do: 'hold', holdId: `${order().orderId}/2`, firm: true });
  });

  it('gives the stock back when its buyer never pays', () => {
    expect(nextStep(paid({ state: 'held' }), noon + 10 * minuteMs)).toEqual({ do: 'release', holdId });
  });

  it('asks the gateway to end an attempt whose time is over, before it lets stock go', () => {
    const firm = paid({ state: 'firm' });
    expect(nextStep(firm, attempt.deadlineMs)).toMatchObject({ do: 'abandon' });
    const releasing = applyOutcome(firm, says('dead'))!;
    expect(nextStep(releasing, noon)).toEqual({ do: 'release', holdId });
  });

  it.each([
    ['authorised', 'voiding'],
    ['captured', 'refunding'],
  ] as const)('%s without stock goes back: %s (I3)', (money, state) => {
    expect(applyOutcome(paid({ state: 'reholding' }, money), refusal('hold'))).toMatchObject({ state });
  });

  it('captured, then refused its tickets, gives back first the stock and then the money (I3)', () => {
    const releasing = applyOutcome(paid({ state: 'captured' }, 'captured'), refusal('confirm'))!;
    const refunding = applyOutcome(releasing, { of: 'release', holdId })!;
    expect(nextStep(refunding, noon)).toMatchObject({ do: 'refund' });
    expect(applyOutcome(refunding, says('refunded'))).toMatchObject({ state: 'refunded', failure: soldOut });
  });

  it('whose money came after all was given up gets its tickets if there is room (I3)', () => {
    expect(applyOutcome(paid({ state: 'released' }, 'dead'), says('authorised'))).toMatchObject({
      state: 'reholding',
      holdNo: 2,
    });
  });

  it.each(['dead', 'voided', 'refunded'] as const)(
    'whose money was %s while stock was fetched lets the stock go again',
    (money) => {
      const reheld = applyOutcome(paid({ state: 'reholding' }, money), held)!;
      expect(nextStep(reheld, noon)).toEqual({ do: 'release', holdId });
      expect(applyOutcome(reheld, { of: 'release', holdId })).toMatchObject({ state: 'released' });
    },
  );

  it('pays once: a second click finds the attempt under way', () => {
    for (const state of ['securing', 'reholding', 'firm', 'authorised', 'captured', 'completed'] as const) {
      expect(beginPayment(paid({ state }), attempt)).toBe('under_way');
    }
  });
});

describe('I5: an outcome that does not fit changes nothing', () => {
  const outcomes: [string, Outcome][] = [
    ['a hold', held],
    ['a firmed hold', { of: 'firm', holdId }],
    ['tickets', confirmed],
    ['a release', { of: 'release', holdId }],
  ];
  const fitting: Record<string, OrderState[]> = {
    'a hold': ['placed', 'reholding'],
    'a firmed hold': ['securing'],
    tickets: ['firm', 'captured'],
    'a release': ['held', 'releasing'],
  };
  const table = orderStates.flatMap((state) => outcomes.map(([what, outcome]) => ({ state, what, outcome })));

  it.each(table.filter(({ what, state }) => !fitting[what]?.includes(state)))(
    '$what, when $state',
    ({ state, outcome }) => {
      expect(applyOutcome(paid({ state }), outcome)).toBeUndefined();
    },
  );

  it.each(table)('$what of an earlier hold, when $state', ({ state, outcome }) => {
    expect(applyOutcome(paid({ state, holdNo: 2 }), outcome)).toBeUndefined();
  });

  it.each(orderStates)('old news of the money, when %s', (state) => {
    const news = ['open', 'dead', 'authorised', 'voided', 'captured'] as const;
    const changes = news.filter((money) => applyOutcome(paid({ state }, 'captured'), says(money)) !== undefined);
    expect(changes).toEqual([]);
  });

  it('news of an attempt the order does not have', () => {
    const other: Outcome = { of: 'gateway', attemptId: 'ord/9', status: { state: 'captured' } };
    expect(applyOutcome(paid({ state: 'firm' }), other)).toBeUndefined();
  });
});
