import type { KeyRingNow, RotationRequest } from '#objects/event-inventory/client.ts';
import type { Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';

/**
 * Gives an event a new issuer key. Routine: it is announced to gates for a day before it signs, and codes on paper stand.
 * After a leak: it signs at once and everything signed before is refused; tickets on screens show a fresh code by
 * themselves, those on paper must be printed again.
 */
export async function rotateIssuerKey(
  services: Services,
  eventId: string,
  request: RotationRequest,
): Promise<Result<KeyRingNow>> {
  return services.inventory(eventId).rotateIssuerKey(request);
}
