import { describe, expect, it } from 'vitest';
import { newAttempt, type Tender } from '#shared/orders/attempt.ts';
import { stockOf, type Order, type StockState } from '#shared/orders/order.ts';
import { beginPayment, isSettled, nextSteps } from '#shared/orders/saga.ts';
import type { Outcome } from '#shared/orders/steps.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { eventSection, order, orderSnapshot, ticketLine, topUpSection } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';
import {
  price,
  attempt,
  paid,
  standing,
  ticket,
  soldOut,
  at,
  firmed,
  confirmed,
  released,
  refusal,
  says,
  ledgerSays,
  after,
  stepsOf,
} from './said.ts';

const mixed: Tender = { cardMinor: 3_000, walletMinor: 1_500, points: 500, pointsMinor: 500 };
const allBalance: Tender = { cardMinor: 0, walletMinor: price, points: 0, pointsMinor: 0 };

const line = ticketLine({ unitMinor: price / 2, quantity: 1 });
const twoEvents = orderSnapshot({
  sections: [eventSection({ lines: [line] }, 'evt_a'), eventSection({ lines: [{ ...line, lineId: 'l2' }] }, 'evt_b')],
});

/** The same over two events, whose stock stands like this. */
function both(states: readonly [StockState, StockState], overrides: Partial<Order> = {}): Order {
  const stock = stockOf(twoEvents).map((known, index) => ({ ...known, state: states[index]! }));
  return paid({ snapshot: twoEvents, stock, ...overrides });
}

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
    const refund = { cause: 'event_cancelled', amountMinor: price / 2, lines: [{ lineId: 'l1' }], state: 'revoked' };
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
