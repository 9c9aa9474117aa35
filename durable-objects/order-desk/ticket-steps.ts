import type { TicketOutcome, TicketStep } from '#shared/orders/steps.ts';
import type { TicketPort } from './ports.ts';

/**
 * Takes one step about tickets that were made. Throws when their inventory does not answer, or cannot do what it may not
 * refuse: then nothing is decided, and the same is asked again.
 */
export async function takeTicketStep(port: TicketPort, step: TicketStep): Promise<TicketOutcome> {
  const { inventoryId, ticketIds } = step;
  if (step.do === 'revoke') {
    const { refundId, isUnusedOnly } = step;
    const answer = await port.revoke(inventoryId, { ticketIds, isUnusedOnly });
    if (answer.ok) return { of: 'revoke', inventoryId, refundId };
    if (answer.failure.code !== 'ticket_used') {
      throw new Error(`${inventoryId} revoked nothing: ${answer.failure.code}`);
    }
    return { of: 'revoke', inventoryId, refundId, failure: answer.failure };
  }
  // A ticket refunded before is neither suspended nor reinstated: that refusal is an answer.
  const move = step.do;
  await port.move(
    inventoryId,
    ticketIds.map((ticketId) => ({ ticketId, move })),
  );
  return { of: move, inventoryId, disputeId: step.disputeId };
}
