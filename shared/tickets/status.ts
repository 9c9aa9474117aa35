import { fail, ok, type Result } from '../result.ts';

/**
 * The statuses a customer can see, and every legal move between them; what is not here is refused.
 *
 * - Reserved: a hold waits for its order; there is no ticket yet, and a hold that ends leaves none.
 * - Paid: the order is captured. Active: its code may be shown. Redeemed: the last allowance is used.
 * - Expired: the last window of the rules in force has closed.
 *
 * Only what cannot be derived is stored (`StoredStatus`). Paid, Active, Redeemed and Expired follow from the rules in force,
 * from what was used and from the time, so that a postponed event, an undone scan or a longer pass rewrites no ticket.
 */
export const ticketStatuses = ['reserved', 'paid', 'active', 'redeemed', 'expired', 'refunded', 'suspended'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** `redeemed` was stored once; such rows read as live ones. */
export type StoredStatus = 'active' | 'redeemed' | 'refunded' | 'suspended';

export type StatusMove =
  | 'issue'
  | 'activate'
  | 'redeem'
  | 'restore'
  | 'expire'
  | 'extend'
  | 'suspend'
  | 'reinstate'
  | 'refund'
  | 'reissue';

/** Moves that somebody asks for by name; the others follow from confirming, scanning, undoing, time and rules, or are a reissue. */
export const requestedMoves = ['suspend', 'reinstate', 'refund'] as const satisfies StatusMove[];
export type RequestedMove = (typeof requestedMoves)[number];

const moves: Readonly<Record<TicketStatus, Partial<Record<StatusMove, TicketStatus>>>> = {
  reserved: { issue: 'paid' },
  paid: { activate: 'active', expire: 'expired', suspend: 'suspended', refund: 'refunded', reissue: 'paid' },
  active: { redeem: 'redeemed', expire: 'expired', suspend: 'suspended', refund: 'refunded', reissue: 'active' },
  redeemed: { restore: 'active', suspend: 'suspended', refund: 'refunded' },
  expired: { extend: 'active', suspend: 'suspended', refund: 'refunded' },
  // What it then is follows from what it has used and from the time.
  suspended: { reinstate: 'active', refund: 'refunded' },
  refunded: {},
};

export function moveStatus(from: TicketStatus, move: StatusMove): Result<TicketStatus, 'ticket_move_illegal'> {
  const to = moves[from][move];
  return to === undefined ? fail('ticket_move_illegal', { from, move }) : ok(to);
}
