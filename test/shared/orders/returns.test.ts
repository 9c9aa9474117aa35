import { describe, expect, it } from 'vitest';
import type { Order } from '#shared/orders/order.ts';
import { beginRefund } from '#shared/orders/refund-moves.ts';
import type { RefundRequest, WantedLine } from '#shared/orders/refund.ts';
import { applyOutcome, isSettled, nextSteps } from '#shared/orders/saga.ts';
import { eventSection, order, orderSnapshot, shopSection, ticketLine } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';

const ticketIds = ['tkt_1', 'tkt_2'];
const discounts = [
  { promoId: 'early', businessId: 'biz_test', name: 'Early birds', amountMinor: 200, isCounted: true },
  { promoId: 'open', businessId: 'biz_test', name: 'Everybody', amountMinor: 100, isCounted: false },
];

/** Two tickets, one of them cheaper by a promotion's use, and a tote bag; nothing was to be paid, so that no gateway is asked. */
function bought(): Order {
  const lines = [ticketLine({ quantity: 2, discountMinor: 300 })];
  const tote = ticketLine({ lineId: 'p1', kind: 'product', itemId: 'tote', accessLevel: '', quantity: 2 });
  const snapshot = orderSnapshot({ sections: [eventSection({ lines }), shopSection({ lines: [tote] })], discounts });
  const tickets = ticketIds.map((ticketId) => ({ ticketId, typeId: 'day', handle: ticketId, eventId: 'evt_test' }));
  return order({ state: 'completed', snapshot, tickets });
}

function refunded(before: Order, line: WantedLine, more: Partial<RefundRequest> = {}): Order {
  const about = { to: 'source', cause: 'organiser', byId: 'per_1', isUnusedOnly: true } as const;
  const refundId = `${before.orderId}/o-${before.refunds.length}`;
  const next = beginRefund(before, { ...about, refundId, lines: [line], ...more });
  if (typeof next === 'string') throw new Error(next);
  return applyOutcome(next, { of: 'revoke', inventoryId: 'evt_test', refundId }) ?? next;
}

const tickets = (...ids: string[]) => ({ lineId: 'l1', ticketIds: ids, quantity: ids.length, feePercent: 0 });
const totes = (quantity: number) => ({ lineId: 'p1', ticketIds: [], quantity, feePercent: 0 });

describe('what a refund gives back to stock', () => {
  it('the use of a promotion, once nothing is left that it made cheaper, and only of one that is counted', () => {
    const one = refunded(bought(), tickets('tkt_2'));
    expect(nextSteps(one, noon)).toEqual([]);
    const both = refunded(one, tickets('tkt_1'));
    expect(nextSteps(both, noon)).toMatchObject([
      { do: 'take_back', inventoryId: 'biz_test', lines: [{ stockId: 'promo:early', quantity: 1 }] },
    ]);
  });

  it('goods that are on the shelf, as many as went back; of others nothing', () => {
    const shelved = refunded(bought(), totes(1), { isOnShelf: true });
    expect(nextSteps(shelved, noon)).toMatchObject([{ lines: [{ stockId: 'product:tote', quantity: 1 }] }]);
    expect(nextSteps(refunded(bought(), totes(1)), noon)).toEqual([]);
  });

  it('nothing for an amount to please', () => {
    const paid = bought();
    const pricey = ticketLine({ quantity: 2, unitMinor: 500, discountMinor: 300, totalMinor: 700 });
    const snapshot = { ...paid.snapshot, sections: [eventSection({ lines: [pricey] })] };
    const pleased = refunded({ ...paid, snapshot }, { ...tickets(), amountMinor: 700 }, { isOnShelf: true });
    expect(pleased.refunds).toMatchObject([{ amountMinor: 700, state: 'done' }]);
    expect(pleased.refunds[0]?.returns).toBeUndefined();
  });

  it('is asked for until it was taken back, once; then the order is at rest', () => {
    const before = refunded(bought(), totes(2), { isOnShelf: true });
    expect(isSettled(before)).toBe(false);
    const told = { of: 'take_back' as const, inventoryId: 'biz_test', refundId: before.refunds[0]?.refundId ?? '' };
    const after = applyOutcome(before, told);
    expect(after && [isSettled(after), nextSteps(after, noon), applyOutcome(after, told)]).toEqual([
      true,
      [],
      undefined,
    ]);
  });
});
