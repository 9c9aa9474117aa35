import {
  only,
  type RedemptionAnswer,
  type RedemptionRequest,
  type ScanAnswer,
  type ScanRequest,
  type UndoAnswer,
  type UndoRequest,
} from '#objects/event-inventory/client.ts';
import type { Services } from '#workers/services.ts';

/** Scans, decided by the event's inventory alone: no database, queue or gateway stands between code and verdict. */
export async function scanTickets(
  services: Services,
  eventId: string,
  scans: readonly ScanRequest[],
): Promise<ScanAnswer[]> {
  return scans.length === 0 ? [] : services.inventory(eventId).scanMany(scans);
}

/** Hands out part of what a ticket includes. */
export async function redeemBenefit(
  services: Services,
  eventId: string,
  redemption: RedemptionRequest,
): Promise<RedemptionAnswer> {
  return only(await services.inventory(eventId).redeemMany([redemption]));
}

/** Takes a scan back, within the time and by whom the inventory allows. */
export async function undoScan(services: Services, eventId: string, undo: UndoRequest): Promise<UndoAnswer> {
  return only(await services.inventory(eventId).undoMany([undo]));
}
