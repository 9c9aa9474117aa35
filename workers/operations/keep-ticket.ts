import { claimTicket, ticketClaimantOf } from '#d1/queries/ticket-transfers.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';

/**
 * Keeps a ticket that was given in a person's account. Whether they hold it is the caller's to check. It is claimed once: the
 * table's key decides, and again by the same person changes nothing.
 */
export async function keepTicket(
  services: Services,
  personId: string,
  { ticketId, customerId }: Pick<ShownTicket, 'ticketId' | 'customerId'>,
): Promise<Result<undefined, 'order_claimed'>> {
  const { db } = services;
  const { meta } = await claimTicket(db, { ticketId, customerId, personId, nowMs: services.clock() });
  if (meta.changes > 0) {
    await audit(services, { action: 'ticket.kept', actorId: personId, subjectId: ticketId });
    return ok();
  }
  return (await ticketClaimantOf(db, { ticketId, customerId })) === personId ? ok() : fail('order_claimed');
}
