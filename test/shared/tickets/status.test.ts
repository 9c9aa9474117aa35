import { describe, expect, it } from 'vitest';
import { moveStatus, ticketStatuses, type StatusMove, type TicketStatus } from '#shared/tickets/status.ts';

const moves = [
  'issue',
  'activate',
  'redeem',
  'restore',
  'expire',
  'extend',
  'suspend',
  'reinstate',
  'refund',
  'reissue',
] as const satisfies StatusMove[];

/** Every legal move, written out; what is not here is illegal. */
const legal: Record<TicketStatus, Partial<Record<StatusMove, TicketStatus>>> = {
  reserved: { issue: 'paid' },
  paid: { activate: 'active', expire: 'expired', suspend: 'suspended', refund: 'refunded', reissue: 'paid' },
  active: { redeem: 'redeemed', expire: 'expired', suspend: 'suspended', refund: 'refunded', reissue: 'active' },
  redeemed: { restore: 'active', suspend: 'suspended', refund: 'refunded' },
  expired: { extend: 'active', suspend: 'suspended', refund: 'refunded' },
  suspended: { reinstate: 'active', refund: 'refunded' },
  refunded: {},
};
const table = ticketStatuses.flatMap((from) => moves.map((move) => ({ from, move, to: legal[from][move] })));

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

  it('refunded is where every ticket can end, and none goes on', () => {
    const ended = ticketStatuses.filter((from) => moves.every((move) => !moveStatus(from, move).ok));
    expect(ended).toEqual(['refunded']);
  });
});
