import type { InventoryContext } from './context.ts';
import { moveTicket } from './ticket-status.ts';
import { findTicket } from './tickets.ts';

/** A card's bank asks about the payment of these tickets, or has decided for us. */
export type DisputeMove = {
  readonly disputeId: string;
  readonly ticketIds: readonly string[];
  readonly isOver: boolean;
};

/**
 * Suspends tickets while any dispute about them is open, and makes them good again with the last one's end. Calls may be repeated
 * and arrive late: a dispute that is over never opens again. What was refunded meanwhile stays so.
 */
export function standInDispute(context: InventoryContext, { disputeId, ticketIds, isOver }: DisputeMove): void {
  const { sql } = context;
  for (const ticketId of ticketIds) {
    sql.exec(
      `INSERT INTO ticket_disputes (ticket_id, dispute_id, is_over) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET is_over = MAX(is_over, excluded.is_over)`,
      ticketId,
      disputeId,
      Number(isOver),
    );
    const isAsked =
      sql.exec('SELECT 1 FROM ticket_disputes WHERE ticket_id = ? AND is_over = 0 LIMIT 1', ticketId).toArray().length >
      0;
    const isSuspended = findTicket(context, ticketId)?.status === 'suspended';
    if (isAsked) {
      if (!isSuspended) moveTicket(context, { ticketId, move: 'suspend' });
    } else if (isOver && isSuspended) {
      moveTicket(context, { ticketId, move: 'reinstate' });
    }
  }
}
