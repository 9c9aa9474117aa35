import { listedAtOnce, type Floor, type ListedTicket } from '#objects/event-inventory/client.ts';
import type { Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import type { EventForSale } from './event-for-sale.ts';

export async function readFloor(services: Services, eventId: string): Promise<Floor> {
  return services.inventory(eventId).floor();
}

/** Tells every steward of the event. What was said stays with the event; the audit log keeps that it was. */
export async function tellStewards(
  services: Services,
  { event }: Pick<EventForSale, 'event'>,
  message: { readonly announcementId: string; readonly text: string; readonly staffId: string },
): Promise<Result<undefined>> {
  const told = await services.inventory(event.id).announce(message);
  if (!told.ok) return told;
  await audit(services, {
    action: 'stewards.told',
    actorId: message.staffId,
    businessId: event.businessId,
    subjectId: event.id,
    facts: { message: message.announcementId },
  });
  return told;
}

export { listedAtOnce };

/** A page of the printed list. */
export async function listTickets(services: Services, eventId: string, afterHandle: string): Promise<ListedTicket[]> {
  return services.inventory(eventId).ticketList(afterHandle);
}
