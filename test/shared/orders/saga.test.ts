import { describe, expect, it } from 'vitest';
import { byCard, newAttempt } from '#shared/orders/attempt.ts';
import { legalMoves } from '#shared/orders/moves.ts';
import { isEndState, orderStates, type Order, type StockState } from '#shared/orders/order.ts';
import {
  applyOutcome,
  beginAtOnce,
  beginPayment,
  isOverdue,
  isSettled,
  nextSteps,
  waitsUntilMs,
} from '#shared/orders/saga.ts';
import type { Outcome } from '#shared/orders/steps.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { eventSection, order, orderSnapshot } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';
import {
  price,
  attempt,
  paid,
  standing,
  ticket,
  soldOut,
  at,
  held,
  firmed,
  confirmed,
  released,
  refusal,
  lapsed,
  says,
  ledgerSays,
  after,
  stepsOf,
} from './said.ts';

describe('an order that has not ended', () => {
  it.each(orderStates.filter((state) => !isEndState(state)))(
    'and is %s has a next step, or waits until a stated time',
    (state) => {
      const waiting = paid({ state, ...standing(state === 'captured' ? 'firm' : 'none') });
      expect(nextSteps(waiting, noon)[0] ?? waitsUntilMs(waiting)).toBeDefined();
      expect(nextSteps(waiting, noon + hourMs).length > 0 || isOverdue(waiting, noon + hourMs)).toBe(true);
    },
  );

  it.each(orderStates.filter(isEndState))('has: %s asks for nothing', (state) => {
    const ended = paid({ state }, 'captured');
    expect(nextSteps(ended, noon + hourMs)).toEqual([]);
    expect(waitsUntilMs(ended)).toBeUndefined();
    expect(isSettled(ended)).toBe(true);
  });

  it('has moves that lead somewhere, and an end has none but a new try', () => {
    const deadEnds = orderStates.filter((state) => legalMoves[state].length === 0);
    expect(deadEnds).toEqual(['completed', 'refused', 'refunded']);
  });
});

describe('a free order', () => {
  it('of one event is issued in one go', () => {
    expect(nextSteps(order(), noon)).toEqual([{ do: 'issue', ...at() }]);
    const issued: Outcome = { of: 'issue', ...at(), tickets: [ticket] };
    expect(after(order(), issued)).toMatchObject({ state: 'completed', tickets: [ticket] });
  });

  it('refused by the inventory ends with the reason kept', () => {
    expect(after(order(), refusal('issue'))).toMatchObject({ state: 'refused', failure: soldOut, tickets: [] });
  });

  it('of several events is held firm everywhere, then confirmed everywhere', () => {
    const snapshot = orderSnapshot({ sections: [eventSection({}, 'evt_a'), eventSection({}, 'evt_b')] });
    const placed = order({ snapshot });
    expect(nextSteps(placed, noon)).toMatchObject([
      { do: 'hold', firm: true },
      { do: 'hold', firm: true },
    ]);
    const firm = after(placed, { of: 'hold', ...at('evt_a') }, { of: 'hold', ...at('evt_b') });
    expect([firm.state, stepsOf(firm)]).toEqual([
      'firm',
      [
        ['confirm', 'evt_a'],
        ['confirm', 'evt_b'],
      ],
    ]);
    const cancelled = after(firm, refusal('confirm', 'evt_a'), refusal('confirm', 'evt_b'));
    expect(stepsOf(cancelled)).toEqual([
      ['release', 'evt_a'],
      ['release', 'evt_b'],
    ]);
    expect(after(cancelled, released('evt_a'), released('evt_b'))).toMatchObject({
      state: 'refused',
      failure: soldOut,
    });
  });

  it('cannot be paid', () => {
    expect(beginPayment(order({ state: 'released' }), attempt)).toBe('order_not_open');
    expect(beginAtOnce(order(), attempt)).toBe('order_not_open');
  });
});

describe('an order to be paid by card', () => {
  it('is held by the clock, firm before any money can move, captured, then confirmed', () => {
    const placed = paid({ attempts: [], holdExpiresAtMs: undefined });
    expect(nextSteps(placed, noon)).toEqual([{ do: 'hold', ...at(), firm: false }]);
    const waits = after(placed, held);
    expect([waits.state, nextSteps(waits, noon), waitsUntilMs(waits)]).toEqual(['held', [], noon + minuteMs]);
    const securing = beginPayment(waits, attempt) as Order;
    expect(nextSteps(securing, noon)).toEqual([{ do: 'firm', ...at() }]);
    const firm = after(securing, firmed);
    expect(nextSteps(firm, noon)).toMatchObject([{ do: 'open', attempt: { attemptId: 'ord/1' } }]);
    const authorised = after(firm, says('authorised'));
    expect(nextSteps(authorised, noon)).toMatchObject([{ do: 'capture' }]);
    const captured = after(authorised, says('captured'));
    expect(nextSteps(captured, noon)).toEqual([{ do: 'confirm', ...at() }]);
    expect(after(captured, confirmed)).toMatchObject({ state: 'completed', tickets: [ticket] });
  });

  it('paid as it is placed is held firm in the first round; sold out, it never was', () => {
    const securing = beginAtOnce(paid({ attempts: [], holdExpiresAtMs: undefined }), attempt) as Order;
    expect(nextSteps(securing, noon)).toEqual([{ do: 'hold', ...at(), firm: true }]);
    expect(after(securing, held).state).toBe('firm');
    expect(after(securing, refusal('hold'))).toMatchObject({
      state: 'refused',
      failure: soldOut,
      attempts: [{ state: 'dead' }],
    });
  });

  it('takes a new hold, under a new name, when the buyer pays after the first lapsed', () => {
    const securing = after(paid({ state: 'securing', ...standing('held') }, 'new'), lapsed);
    expect(nextSteps(securing, noon)).toEqual([{ do: 'hold', ...at('evt_test', 2), firm: true }]);
  });

  it('gives the stock back when its buyer never pays', () => {
    const waits = paid({ state: 'held', ...standing('held') });
    const end = noon + 10 * minuteMs;
    expect([isOverdue(waits, end - 1), isOverdue(waits, end)]).toEqual([false, true]);
    const letGo = after(waits, { of: 'time', now: end });
    expect(nextSteps(letGo, end)).toEqual([{ do: 'release', ...at() }]);
    expect(after(letGo, released())).toMatchObject({ state: 'released', failure: { code: 'hold_expired' } });
  });

  it('asks the gateway to end an attempt whose time is over, before it lets stock go', () => {
    const firm = paid({ state: 'firm', ...standing('firm') });
    expect(nextSteps(firm, attempt.deadlineMs)).toMatchObject([{ do: 'abandon' }]);
    expect(nextSteps(after(firm, says('dead')), noon)).toEqual([{ do: 'release', ...at() }]);
  });

  it.each([
    ['authorised', 'voiding'],
    ['captured', 'refunding'],
  ] as const)('%s without stock goes back: %s (I3)', (money, state) => {
    const again = paid({ state: 'securing', ...standing('none', 2) }, money);
    const outcome: Outcome = { of: 'refusal', from: 'hold', ...at('evt_test', 2), failure: soldOut };
    expect(after(again, outcome)).toMatchObject({ state, failure: soldOut });
  });

  it('captured, then refused its tickets, gives back first the stock and then the money (I3)', () => {
    const refused = after(paid({ state: 'captured', ...standing('firm') }, 'captured'), refusal('confirm'));
    expect(nextSteps(refused, noon)).toEqual([{ do: 'release', ...at() }]);
    const refunding = after(refused, released());
    expect(nextSteps(refunding, noon)).toMatchObject([{ do: 'refund' }]);
    expect(after(refunding, says('refunded'))).toMatchObject({ state: 'refunded', failure: soldOut });
  });

  it.each(['authorised', 'captured'] as const)(
    'whose money was %s after all was given up gets its tickets if there is room (I3)',
    (money) => {
      const again = after(paid({ state: 'released', ...standing('released') }, 'dead'), says(money));
      expect(again).toMatchObject({ state: 'securing', stock: [{ state: 'none', holdNo: 2 }] });
    },
  );

  it.each(['dead', 'voided', 'refunded'] as const)(
    'whose money was %s while stock was fetched lets the stock go again',
    (money) => {
      const firm = after(paid({ state: 'securing', ...standing('none') }, money), held);
      expect(nextSteps(firm, noon)).toEqual([{ do: 'release', ...at() }]);
      expect(after(firm, released())).toMatchObject({ state: 'released' });
    },
  );

  it('pays once: a second click finds the attempt under way', () => {
    const underWay = ['placed', 'reserving', 'securing', 'firm', 'authorised', 'captured', 'completed'] as const;
    for (const state of underWay) expect(beginPayment(paid({ state }), attempt)).toBe('under_way');
  });

  it.each([
    ['too little', byCard(price - 1)],
    ['too much', { ...byCard(price), walletMinor: 1 }],
    ['less than nothing of one', { ...byCard(price + 1), walletMinor: -1 }],
    ['half a unit', { ...byCard(price - 0.5), walletMinor: 0.5 }],
    ['points worth nothing', { ...byCard(price), points: 100 }],
    ['worth without points', { ...byCard(price - 100), pointsMinor: 100 }],
  ])('is not paid by a tender of %s', (_what, tender) => {
    const waits = paid({ state: 'held', attempts: [] });
    expect(beginPayment(waits, newAttempt({ attemptId: 'ord/1', tender }, noon))).toBe('tender_invalid');
  });
});

describe('I5: an outcome that does not fit changes nothing', () => {
  const outcomes: [string, Outcome, StockState][] = [
    ['a hold', held, 'none'],
    ['a firmed hold', firmed, 'held'],
    ['tickets', confirmed, 'firm'],
    ['a release', released(), 'firm'],
  ];
  const fitting: Record<string, string[]> = {
    'a hold': ['placed', 'securing'],
    'a firmed hold': ['securing'],
    tickets: ['captured'],
    'a release': ['captured', 'releasing', 'refusing'],
  };
  const table = orderStates.flatMap((state) =>
    outcomes.map(([what, outcome, stock]) => ({ state, what, outcome, stock })),
  );

  it.each(table.filter(({ what, state }) => !fitting[what]?.includes(state)))(
    '$what, when $state',
    ({ state, outcome, stock }) => {
      expect(applyOutcome(paid({ state, ...standing(stock) }), outcome)).toBeUndefined();
    },
  );

  it.each(table)('$what of an earlier hold, when $state', ({ state, outcome, stock }) => {
    expect(applyOutcome(paid({ state, ...standing(stock, 2) }), outcome)).toBeUndefined();
  });

  it.each(orderStates)('old news of the money, when %s', (state) => {
    const news = ['open', 'dead', 'authorised', 'voided', 'captured'] as const;
    const changes = news.filter((money) => applyOutcome(paid({ state }, 'captured'), says(money)) !== undefined);
    expect(changes).toEqual([]);
  });

  it('news of an attempt, an inventory or a refund the order does not have', () => {
    const firm = paid({ state: 'firm' });
    expect(applyOutcome(firm, { of: 'money', attemptId: 'ord/9', status: { state: 'captured' } })).toBeUndefined();
    expect(applyOutcome(firm, { of: 'firm', ...at('evt_other') })).toBeUndefined();
    const status = { refundId: 'none', isPaid: true };
    expect(applyOutcome(firm, { of: 'money', attemptId: 'ord/1', status })).toBeUndefined();
    expect(applyOutcome(firm, ledgerSays('posted'))).toBeUndefined();
  });
});
