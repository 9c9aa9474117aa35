import { describe, expect, it } from 'vitest';
import { byCard, newAttempt, type Attempt, type BalanceState, type Tender } from '#shared/orders/attempt.ts';
import { legalMoves } from '#shared/orders/moves.ts';
import { isEndState, orderStates, stockOf, type Order, type StockState } from '#shared/orders/order.ts';
import {
  applyOutcome,
  beginAtOnce,
  beginPayment,
  isOverdue,
  isSettled,
  nextSteps,
  waitsUntilMs,
} from '#shared/orders/saga.ts';
import type { Outcome, StockOutcome, StockStep } from '#shared/orders/steps.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { eventSection, order, orderSnapshot, pricedSnapshot, ticketLine, topUpSection } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';

const { orderId } = order();
const price = 5_000;
const attempt: Attempt = newAttempt({ attemptId: 'ord/1', tender: byCard(price) }, noon);
const mixed: Tender = { cardMinor: 3_000, walletMinor: 1_500, points: 500, pointsMinor: 500 };
const allBalance: Tender = { cardMinor: 0, walletMinor: price, points: 0, pointsMinor: 0 };

const line = ticketLine({ unitMinor: price / 2, quantity: 1 });
const twoEvents = orderSnapshot({
  sections: [eventSection({ lines: [line] }, 'evt_a'), eventSection({ lines: [{ ...line, lineId: 'l2' }] }, 'evt_b')],
});

/** An order of one event with a card attempt under way. */
function paid(overrides: Partial<Order> = {}, money: Attempt['state'] = 'open'): Order {
  const attempts = [{ ...attempt, state: money }];
  return order({ snapshot: pricedSnapshot(price), attempts, holdExpiresAtMs: noon + 10 * minuteMs, ...overrides });
}

/** The same over two events, whose stock stands like this. */
function both(states: readonly [StockState, StockState], overrides: Partial<Order> = {}): Order {
  const stock = stockOf(twoEvents).map((known, index) => ({ ...known, state: states[index]! }));
  return paid({ snapshot: twoEvents, stock, ...overrides });
}

function standing(state: StockState, holdNo = 1): Pick<Order, 'stock'> {
  return { stock: [{ inventoryId: 'evt_test', state, holdNo }] };
}

const ticket = { ticketId: 'tkt_0000000000000', typeId: 'day', handle: '7KQ2MX9TBD', eventId: 'evt_test' };
const soldOut = { code: 'sold_out', facts: { left: 1 } } as const;
const at = (inventoryId = 'evt_test', no = 1) => ({ inventoryId, holdId: `${orderId}/${no}` });
const held: Outcome = { of: 'hold', ...at(), expiresAtMs: noon + minuteMs };
const firmed: Outcome = { of: 'firm', ...at() };
const confirmed: Outcome = { of: 'confirm', ...at(), tickets: [ticket] };
const released = (inventoryId?: string): Outcome => ({ of: 'release', ...at(inventoryId) });
const refusal = (from: StockStep['do'], inventoryId?: string, code = 'sold_out' as const): StockOutcome => {
  return { of: 'refusal', from, ...at(inventoryId), failure: { ...soldOut, code } };
};
const lapsed: Outcome = { of: 'refusal', from: 'firm', ...at(), failure: { code: 'hold_expired' } };
const says = (state: Exclude<Attempt['state'], 'new'>): Outcome => {
  return { of: 'money', attemptId: 'ord/1', status: { state } };
};
const ledgerSays = (balance: BalanceState): Outcome => ({ of: 'money', attemptId: 'ord/1', status: { balance } });

function after(from: Order, ...outcomes: Outcome[]): Order {
  return outcomes.reduce((now, outcome) => {
    const next = applyOutcome(now, outcome);
    if (next === undefined) throw new Error(`${outcome.of} changes nothing when ${now.state}`);
    return next;
  }, from);
}

const stepsOf = (from: Order, now = noon) =>
  nextSteps(from, now).map((step) => [step.do, 'inventoryId' in step && step.inventoryId]);

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

describe('an order over two events', () => {
  it('asks both at once, and waits by the first clock that runs out', () => {
    const placed = both(['none', 'none'], { attempts: [], holdExpiresAtMs: undefined });
    expect(stepsOf(placed)).toEqual([
      ['hold', 'evt_a'],
      ['hold', 'evt_b'],
    ]);
    const half = after(placed, { of: 'hold', ...at('evt_a'), expiresAtMs: noon + 5 });
    expect([half.state, stepsOf(half)]).toEqual(['placed', [['hold', 'evt_b']]]);
    expect(after(half, { of: 'hold', ...at('evt_b'), expiresAtMs: noon + 9 })).toMatchObject({
      state: 'held',
      holdExpiresAtMs: noon + 5,
    });
  });

  it('is all or nothing: one refuses, and the other is let go of, though it never answered', () => {
    const refused = after(both(['none', 'none'], { attempts: [] }), refusal('hold', 'evt_b'));
    expect([refused.state, stepsOf(refused)]).toEqual(['refusing', [['release', 'evt_a']]]);
    expect(after(refused, released('evt_a'))).toMatchObject({ state: 'refused', failure: soldOut });
  });

  it('opens no card before both are firm', () => {
    const half = after(both(['held', 'held'], { state: 'securing' }), { of: 'firm', ...at('evt_b') });
    expect([half.state, stepsOf(half)]).toEqual(['securing', [['firm', 'evt_a']]]);
    expect(after(half, { of: 'firm', ...at('evt_a') }).state).toBe('firm');
  });

  it('one of which lapsed and is sold out by now lets both go, and nothing was charged', () => {
    const lapsedOne: Outcome = { of: 'refusal', from: 'firm', ...at('evt_a'), failure: { code: 'hold_expired' } };
    const again = after(both(['held', 'firm'], { state: 'securing' }), lapsedOne);
    const gone: Outcome = { of: 'refusal', from: 'hold', ...at('evt_a', 2), failure: soldOut };
    const releasing = after(again, gone);
    expect([releasing.state, stepsOf(releasing)]).toEqual(['releasing', [['release', 'evt_b']]]);
    expect(after(releasing, released('evt_b')).state).toBe('released');
  });

  it('one of which is cancelled once it is paid gets the other’s tickets, and that one’s money back (I3)', () => {
    const attempts = [{ ...attempt, state: 'captured' as const }];
    const captured = both(['firm', 'firm'], { state: 'captured', attempts });
    const cancelled = after(
      captured,
      refusal('confirm', 'evt_a'),
      { of: 'confirm', ...at('evt_b'), tickets: [{ ...ticket, eventId: 'evt_b' }] },
      released('evt_a'),
    );
    const refund = { cause: 'event_cancelled', amountMinor: price / 2, lines: [{ lineId: 'l1' }], state: 'paying' };
    expect(cancelled).toMatchObject({ state: 'completed', tickets: [{ eventId: 'evt_b' }], refunds: [refund] });
    expect(cancelled.failure).toBeUndefined();
    expect(nextSteps(cancelled, noon)).toMatchObject([{ do: 'pay_back', amountMinor: price / 2 }]);
    expect(isSettled(cancelled)).toBe(false);
    const { refundId } = cancelled.refunds[0]!;
    const paidBack = after(cancelled, { of: 'money', attemptId: 'ord/1', status: { refundId, isPaid: true } });
    expect([paidBack.refunds[0]?.state, isSettled(paidBack)]).toEqual(['done', true]);
  });
});

describe('an order paid from wallet and points', () => {
  const waits = paid({ state: 'held', attempts: [], ...standing('held') });
  const begin = (tender: Tender) => beginPayment(waits, newAttempt({ attemptId: 'ord/1', tender }, noon)) as Order;

  it('sets the balance aside while the clock runs, makes stock firm, captures the card, and posts once there are tickets', () => {
    const reserving = begin(mixed);
    expect(nextSteps(reserving, noon)).toMatchObject([{ do: 'reserve' }]);
    const securing = after(reserving, ledgerSays('reserved'));
    expect(stepsOf(securing)).toEqual([['firm', 'evt_test']]);
    const completed = after(securing, firmed, says('open'), says('authorised'), says('captured'), confirmed);
    expect(nextSteps(completed, noon)).toMatchObject([{ do: 'post' }]);
    expect(isSettled(after(completed, ledgerSays('posted')))).toBe(true);
  });

  it('of which there is not enough keeps its hold and what is left of its time', () => {
    const back = after(begin(allBalance), ledgerSays('refused'));
    expect(back).toMatchObject({
      state: 'held',
      failure: { code: 'balance_too_low' },
      holdExpiresAtMs: waits.holdExpiresAtMs,
      attempts: [{ state: 'dead', balance: 'refused' }],
    });
    expect(beginPayment(back, { ...attempt, attemptId: 'ord/2' })).toMatchObject({ state: 'securing' });
  });

  it('without a card turns on the posting, which is asked for only once all is firm', () => {
    const firm = after(begin(allBalance), ledgerSays('reserved'), firmed);
    expect(nextSteps(firm, noon)).toMatchObject([{ do: 'post' }]);
    const captured = after(firm, ledgerSays('posted'));
    expect([captured.state, stepsOf(captured)]).toEqual(['captured', [['confirm', 'evt_test']]]);
  });

  it('gets back what was posted when its event is cancelled', () => {
    const firm = after(begin(allBalance), ledgerSays('reserved'), firmed);
    const refunding = after(firm, ledgerSays('posted'), refusal('confirm'), released());
    expect(nextSteps(refunding, noon)).toMatchObject([{ do: 'give_back' }]);
    expect(after(refunding, ledgerSays('returned')).state).toBe('refunded');
  });

  it('lets go of what is set aside when the card is never paid', () => {
    const firm = after(begin(mixed), ledgerSays('reserved'), firmed, says('open'));
    const over = after(firm, says('dead'), released());
    expect(nextSteps(over, noon)).toMatchObject([{ do: 'unreserve' }]);
    expect(isSettled(after(over, ledgerSays('void')))).toBe(true);
  });

  it('whose card says yes too late gets that money back: the rest was let go of', () => {
    const firm = after(begin(mixed), ledgerSays('reserved'), firmed, says('open'));
    expect(after(firm, says('dead'), released(), says('authorised')).state).toBe('voiding');
  });

  it('asks the ledger to end a try it never answered about, and believes what it says then', () => {
    const silent = begin(allBalance);
    expect(nextSteps(silent, noon + hourMs)).toMatchObject([{ do: 'unreserve' }]);
    expect(after(silent, ledgerSays('void'))).toMatchObject({ state: 'held', failure: { code: 'payment_abandoned' } });
    const firm = after(silent, ledgerSays('reserved'), firmed);
    expect(nextSteps(firm, noon + hourMs)).toMatchObject([{ do: 'unreserve' }]);
    expect(after(firm, ledgerSays('posted')).state).toBe('captured');
  });
});

describe('a top-up', () => {
  it('has no stock to ask for: paid is done', () => {
    const snapshot = orderSnapshot({ sections: [topUpSection(price)] });
    const waits = order({ snapshot, state: 'held', holdExpiresAtMs: noon + minuteMs });
    const firm = beginPayment(waits, attempt) as Order;
    expect([firm.state, nextSteps(firm, noon)]).toMatchObject(['firm', [{ do: 'open' }]]);
    expect(after(firm, says('open'), says('authorised'), says('captured')).state).toBe('completed');
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
