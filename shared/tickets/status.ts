import { fail, ok, type Result } from '../result.ts';

/**
 * The statuses a customer can see. Reserved belongs to the hold, before a ticket exists. Expired is computed from the
 * rules in force and never written, so that a postponed event needs no rewriting.
 */
export const storedStatuses = ['active', 'redeemed', 'refunded', 'suspended'] as const;
export type StoredStatus = (typeof storedStatuses)[number];
export type TicketStatus = StoredStatus | 'reserved' | 'paid' | 'expired';

export type StatusMove = 'redeem' | 'refund' | 'suspend' | 'reinstate';

const moves: Readonly<Record<StoredStatus, Partial<Record<StatusMove, StoredStatus>>>> = {
  active: { redeem: 'redeemed', refund: 'refunded', suspend: 'suspended' },
  redeemed: { refund: 'refunded', suspend: 'suspended' },
  refunded: {},
  suspended: { reinstate: 'active', refund: 'refunded' },
};

export function moveStatus(from: StoredStatus, move: StatusMove): Result<StoredStatus, 'ticket_move_illegal'> {
  const to = moves[from][move];
  return to === undefined ? fail('ticket_move_illegal', { from, move }) : ok(to);
}
