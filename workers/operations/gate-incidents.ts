import type { MergeAnswer } from '#objects/event-inventory/client.ts';
import type { IncidentClosing } from '#shared/gate/incidents.ts';
import type { ScanLogBatch } from '#shared/gate/scan-log.ts';
import type { Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';

/** Takes in what a scanner decided by itself. */
export async function mergeScanLog(
  services: Services,
  eventId: string,
  deviceId: string,
  batch: ScanLogBatch,
): Promise<MergeAnswer> {
  return services.inventory(eventId).mergeScanLog(deviceId, batch);
}

/** Says what an incident was. The event's trail keeps who said so. */
export async function closeIncident(
  services: Services,
  eventId: string,
  closed: { readonly incidentId: string; readonly closing: IncidentClosing; readonly staffId: string },
): Promise<Result<undefined, 'incident_unknown' | 'incident_closed'>> {
  return services.inventory(eventId).closeIncident(closed);
}
