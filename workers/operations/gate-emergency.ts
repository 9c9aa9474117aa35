import { admitAllCauses, type AdmitAll, type AdmitAllCause } from '#objects/event-inventory/client.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';

export { admitAllCauses, type AdmitAll };

export type EmergencyView = {
  readonly admitAll: AdmitAll | undefined;
  readonly takenAtMs: number;
  readonly zones: LiveSnapshot['zones'];
};

/** Since when and why every gate admits everybody; undefined when they do not. */
export function readAdmitAll(services: Services, eventId: string): Promise<AdmitAll | undefined> {
  return services.inventory(eventId).admitAll();
}

/** Who is where now, as far as exits are scanned, and whether every gate is open. */
export async function readEmergency(services: Services, eventId: string): Promise<Result<EmergencyView>> {
  const inventory = services.inventory(eventId);
  const [snapshot, admitAll] = await Promise.all([inventory.live(), inventory.admitAll()]);
  if (snapshot === undefined) return fail('temporarily_unavailable');
  return ok({ admitAll, takenAtMs: snapshot.atMs, zones: snapshot.zones });
}

export type GateSwitch = {
  readonly isOn: boolean;
  readonly cause: AdmitAllCause;
  readonly staffId: string;
};

/** Opens every gate, or ends that. The event's own trail records it whatever the database does meanwhile. */
export async function switchGates(
  services: Services,
  { eventId, businessId }: { readonly eventId: string; readonly businessId: string },
  order: GateSwitch,
): Promise<Result<undefined>> {
  const done = await services.inventory(eventId).setAdmitAll(order);
  if (!done.ok) return done;
  const { isOn, cause, staffId } = order;
  try {
    const facts = { isOn, cause };
    await audit(services, {
      action: 'gate.emergency_changed',
      actorId: staffId,
      businessId,
      subjectId: eventId,
      facts,
    });
  } catch (error) {
    // People are leaving a hall: a silent database must not make the switch look as if it had failed.
    console.error('emergency not audited', error);
  }
  return ok();
}
