import { only, type ScanAnswer, type ScanRequest } from '#objects/event-inventory/client.ts';
import type { Services } from '#workers/services.ts';

/** One scan, decided by the event's inventory alone: no database, queue or gateway stands between code and verdict. */
export async function scanTicket(
  services: Services,
  { eventId, ...scan }: ScanRequest & { readonly eventId: string },
): Promise<ScanAnswer> {
  return only(await services.inventory(eventId).scanMany([scan]));
}
