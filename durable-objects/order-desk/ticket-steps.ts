import type { Outcome, ReturnStep, TicketOutcome, TicketStep } from '#shared/orders/steps.ts';
import type { OrderDeskPorts, TicketPort } from './ports.ts';

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
    if (answer.failure.code !== 'ticket_used' && answer.failure.code !== 'ticket_given_away') {
      throw new Error(`${inventoryId} revoked nothing: ${answer.failure.code}`);
    }
    return { of: 'revoke', inventoryId, refundId, failure: answer.failure };
  }
  const { do: of, disputeId } = step;
  await port.dispute(inventoryId, { disputeId, ticketIds, isOver: of === 'reinstate' });
  return { of, inventoryId, disputeId };
}

/** Gives goods and uses back. Throws when their inventory does not answer: the same is asked again. */
export async function takeReturnStep(
  takeBack: OrderDeskPorts['takeBack'],
  { inventoryId, refundId, orderId, customerId, lines }: ReturnStep,
): Promise<Outcome> {
  const answer = await takeBack(inventoryId, { refundId, orderId, customerId, lines });
  if (!answer.ok) throw new Error(`${inventoryId} took nothing back: ${answer.failure.code}`);
  return { of: 'take_back', inventoryId, refundId };
}
