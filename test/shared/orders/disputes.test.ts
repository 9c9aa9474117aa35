import { describe, expect, it } from 'vitest';
import { byCard, newAttempt } from '#shared/orders/attempt.ts';
import type { DisputeStatus } from '#shared/orders/dispute.ts';
import type { Order } from '#shared/orders/order.ts';
import { beginRefund } from '#shared/orders/refund-moves.ts';
import { applyOutcome, isSettled, nextSteps } from '#shared/orders/saga.ts';
import type { GatewayStatus } from '#shared/orders/attempt.ts';
import { entriesOf } from '#shared/orders/trace.ts';
import { eventSection, order, orderSnapshot, ticketLine, topUpSection } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';

const price = 1_000;
const attemptId = 'ord/1';

/** Two tickets, paid by card and made. */
function bought(overrides: Partial<Order> = {}): Order {
  const snapshot = orderSnapshot({ sections: [eventSection({ lines: [ticketLine({ unitMinor: price })] })] });
  const tickets = ['a', 'b'].map((name) => ({
    ticketId: `tkt_${name}`,
    typeId: 'day',
    handle: 'X',
    eventId: 'evt_test',
  }));
  const { totalMinor } = overrides.snapshot ?? snapshot;
  const attempt = newAttempt({ attemptId, tender: byCard(totalMinor) }, noon);
  const attempts = [{ ...attempt, state: 'captured' as const }];
  return order({ snapshot, state: 'completed', tickets, attempts, ...overrides });
}

const dispute = (state: DisputeStatus['state'], overrides: Partial<DisputeStatus> = {}): DisputeStatus => ({
  disputeId: 'dp_1',
  amountMinor: 2 * price,
  feeMinor: 1_500,
  feeBackMinor: 0,
  state,
  reason: 'fraudulent',
  ...overrides,
});

/** The order after the gateway said so; itself when that is nothing new. */
function hears(from: Order, status: Partial<GatewayStatus>): Order {
  return applyOutcome(from, { of: 'money', attemptId, status: { state: 'captured', ...status } }) ?? from;
}

/** Inventories do what they are asked, until nothing is to be asked. */
function settled(from: Order): Order {
  let now = from;
  for (let turn = 0; turn < 10 && !isSettled(now); turn += 1) {
    for (const step of nextSteps(now, noon)) {
      if (step.do === 'revoke') now = applyOutcome(now, { of: 'revoke', ...step }) ?? now;
      if (step.do === 'suspend' || step.do === 'reinstate') now = applyOutcome(now, { of: step.do, ...step }) ?? now;
    }
  }
  return now;
}

const stepsOf = (from: Order) => nextSteps(from, noon).map((step) => step.do);

function asked(from: Order, to: 'source' | 'wallet', ticketIds: readonly string[]): Order {
  const lines = [{ lineId: 'l1', ticketIds, quantity: ticketIds.length, feePercent: 0 }];
  const next = beginRefund(from, { refundId: 'r', lines, to, cause: 'organiser', byId: 'per_1', isUnusedOnly: false });
  if (typeof next === 'string') throw new Error(next);
  return next;
}

describe('a dispute', () => {
  it('suspends its tickets while it is open, and makes them good again when it is won', () => {
    const open = hears(bought(), { disputes: [dispute('open')] });
    expect(stepsOf(open)).toEqual(['suspend']);
    const won = hears(settled(open), { disputes: [dispute('won', { feeBackMinor: 1_500 })] });
    expect(stepsOf(won)).toEqual(['reinstate']);
    expect(settled(won)).toMatchObject({ refunds: [], disputes: [{ state: 'won' }] });
  });

  it('that is lost revokes its tickets and pays their refund with what the bank took', () => {
    const open = settled(hears(bought(), { disputes: [dispute('open')] }));
    const lost = hears(open, { disputes: [dispute('lost')] });
    expect(stepsOf(lost)).toEqual(['revoke']);
    expect(settled(lost)).toMatchObject({
      refunds: [{ cause: 'dispute', state: 'done', amountMinor: 2 * price, lines: [{ quantity: 2 }] }],
    });
    expect(settled(lost).overpaid).toBeUndefined();
  });

  it('is one, however often, late and out of order it is told of', () => {
    const lost = settled(hears(bought(), { disputes: [dispute('lost')] }));
    for (const state of ['open', 'won', 'lost'] as const) {
      expect(hears(lost, { disputes: [dispute(state)] })).toBe(lost);
    }
    expect(hears(lost, { disputes: [] })).toBe(lost);
  });

  it('keeps tickets suspended while another one is open', () => {
    const first = settled(hears(bought(), { disputes: [dispute('open')] }));
    const second = dispute('open', { disputeId: 'dp_2' });
    const both = settled(hears(first, { disputes: [dispute('won'), second] }));
    expect(stepsOf(both)).toEqual([]);
    expect(both.disputes?.map(({ doneAt }) => doneAt)).toEqual([[], ['evt_test']]);
    const over = hears(both, { disputes: [{ ...second, state: 'won' }] });
    expect(stepsOf(over)).toContain('reinstate');
  });

  it('that takes what was on its way back leaves the other ticket as it was', () => {
    const due = settled(asked(bought(), 'source', ['tkt_a']));
    expect(stepsOf(due)).toEqual(['pay_back']);
    const lost = settled(hears(due, { disputes: [dispute('lost', { amountMinor: price })] }));
    expect(lost.refunds).toMatchObject([{ state: 'done', legs: [{ to: 'card', state: 'done', isTaken: true }] }]);
    expect(lost.tickets.map(({ ticketId }) => ticketId)).toContain('tkt_b');
    expect(lost.refunds).toHaveLength(1);
  });

  it('that arrives between a refund’s asking and its deciding waits for it, and is not lost', () => {
    const wish = asked(bought(), 'source', ['tkt_a']);
    expect(wish.refunds).toMatchObject([{ state: 'new' }]);
    const lost = hears(wish, { disputes: [dispute('lost')] });
    expect(lost.refunds).toHaveLength(1);
    expect(settled(lost)).toMatchObject({
      refunds: [
        { state: 'done', legs: [{ isTaken: true, amountMinor: price }] },
        { cause: 'dispute', state: 'done', amountMinor: price },
      ],
    });
  });

  it('after the money went to a wallet leaves a debt of its buyer', () => {
    const back = settled(asked(bought(), 'wallet', ['tkt_a', 'tkt_b']));
    const lost = settled(hears(back, { disputes: [dispute('lost')] }));
    expect(lost.overpaid).toEqual([{ name: 'dp_1', cause: 'dispute', amountMinor: 2 * price }]);
    expect(lost.refunds).toHaveLength(1);
  });

  it('about a top-up leaves a debt of its buyer: the money is in the wallet', () => {
    const snapshot = orderSnapshot({ sections: [topUpSection(500)] });
    const lost = settled(
      hears(bought({ snapshot, tickets: [] }), { disputes: [dispute('lost', { amountMinor: 500 })] }),
    );
    expect(lost.overpaid).toMatchObject([{ amountMinor: 500 }]);
  });

  it('says its fee once, and once that it came back, whichever seller bears it', () => {
    const open = hears(bought(), { disputes: [dispute('open')] });
    const won = hears(open, { disputes: [dispute('won', { feeBackMinor: 1_500 })] });
    const kinds = [entriesOf(bought(), open), entriesOf(open, won)].map((entries) => entries.map(({ kind }) => kind));
    expect(kinds).toEqual([
      ['order.moved', 'dispute.opened', 'dispute.fee'],
      ['order.moved', 'dispute.won', 'dispute.fee_returned'],
    ]);
  });
});

describe('a refund in the gateway’s own dashboard', () => {
  it('of everything takes every ticket', () => {
    const back = settled(hears(bought(), { state: 'refunded', refundedMinor: 2 * price }));
    expect(back.refunds).toMatchObject([{ cause: 'gateway_dashboard', state: 'done', lines: [{ quantity: 2 }] }]);
  });

  it('of one ticket’s price takes the last one', () => {
    const back = settled(hears(bought(), { refundedMinor: price }));
    expect(back.refunds).toMatchObject([{ lines: [{ quantity: 1, ticketIds: ['tkt_b'] }] }]);
  });

  it('of any other amount pleases somebody and takes nothing', () => {
    const back = settled(hears(bought(), { refundedMinor: 300 }));
    expect(back.refunds).toMatchObject([{ amountMinor: 300, lines: [{ quantity: 0, ticketIds: [] }] }]);
  });

  it('is one, told of again or by an older answer', () => {
    const back = settled(hears(bought(), { refundedMinor: price }));
    expect(hears(back, { refundedMinor: price })).toBe(back);
    expect(hears(back, { refundedMinor: 1 })).toBe(back);
  });

  it('gives back a fee that was kept of an earlier refund before its buyer owes anything', () => {
    const lines = [{ lineId: 'l1', ticketIds: ['tkt_a', 'tkt_b'], quantity: 2, feePercent: 10 }];
    const about = { to: 'source', cause: 'buyer', byId: 'cus_1', isUnusedOnly: true } as const;
    const wish = beginRefund(bought(), { refundId: 'r', lines, ...about });
    if (typeof wish === 'string') throw new Error(wish);
    const back = settled(hears(settled(wish), { state: 'refunded', refundedMinor: 2 * price }));
    expect(back.refunds).toMatchObject([{ amountMinor: 1_800 }, { amountMinor: 200, lines: [{ keptMinor: -200 }] }]);
    expect(back.overpaid).toBeUndefined();
  });

  it('of what went to a wallet already leaves a debt: a refund of a refund', () => {
    const back = settled(asked(bought(), 'wallet', ['tkt_a', 'tkt_b']));
    const twice = settled(hears(back, { state: 'refunded', refundedMinor: 2 * price }));
    expect(twice.overpaid).toMatchObject([{ cause: 'gateway_dashboard', amountMinor: 2 * price }]);
  });

  it('while tickets are still being made waits for them', () => {
    const captured = bought({
      state: 'captured',
      tickets: [],
      stock: [{ inventoryId: 'evt_test', state: 'firm', holdNo: 1 }],
    });
    const early = hears(captured, { state: 'refunded', refundedMinor: 2 * price });
    expect(early).toMatchObject({ state: 'captured', refunds: [], attempts: [{ state: 'captured' }] });
    const at = { inventoryId: 'evt_test', holdId: `${captured.orderId}/1` };
    const made = applyOutcome(early, { of: 'confirm', ...at, tickets: bought().tickets });
    expect(made).toMatchObject({ state: 'completed', refunds: [{ cause: 'gateway_dashboard', state: 'new' }] });
  });
});
