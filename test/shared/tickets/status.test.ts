import { describe, expect, it } from 'vitest';
import { moveStatus, storedStatuses, type StatusMove, type StoredStatus } from '#shared/tickets/status.ts';

const moves: StatusMove[] = ['redeem', 'refund', 'suspend', 'reinstate'];
const legal: Record<string, StoredStatus> = {
  'active redeem': 'redeemed',
  'active refund': 'refunded',
  'active suspend': 'suspended',
  'redeemed refund': 'refunded',
  'redeemed suspend': 'suspended',
  'suspended reinstate': 'active',
  'suspended refund': 'refunded',
};
const table = storedStatuses.flatMap((from) => moves.map((move) => ({ from, move, to: legal[`${from} ${move}`] })));

describe('a ticket’s status', () => {
  it.each(table.filter(({ to }) => to !== undefined))('$from may $move: $to', ({ from, move, to }) => {
    expect(moveStatus(from, move)).toEqual({ ok: true, value: to });
  });

  it.each(table.filter(({ to }) => to === undefined))('$from may not $move', ({ from, move }) => {
    expect(moveStatus(from, move)).toEqual({
      ok: false,
      failure: { code: 'ticket_move_illegal', facts: { from, move } },
    });
  });
});
