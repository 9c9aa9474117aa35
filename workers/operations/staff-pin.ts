import { findByPin, pinsOf, setPin } from '#d1/queries/staff-pins.ts';
import { businessNames, type Decider } from '#d1/queries/team.ts';
import { countTries, forgetTry } from '#d1/queries/velocity.ts';
import { only, type GateDevice } from '#objects/event-inventory/client.ts';
import { businessesWhere, covers, may, platformBusinessId } from '#shared/access/permissions.ts';
import { isWeakPin, pinRefusals, pinTries } from '#shared/access/pin.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs } from '#shared/time.ts';
import { pinDigest } from '#workers/keys/pin-digest.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { Services } from '#workers/services.ts';
import { audit, auditIfChanged } from './audit.ts';

/** Businesses somebody scans for, and when they set their PIN there. A PIN belongs to a team, so the platform has none. */
export async function pinPlaces(services: Services, person: Decider) {
  const { businessIds } = businessesWhere(person.memberships, 'gate.scan');
  const theirs = businessIds.filter((id) => id !== platformBusinessId);
  const [named, set] = await Promise.all([businessNames(services.db, theirs), pinsOf(services.db, person.personId)]);
  return named.map(({ id, name }) => ({ id, name, setAtMs: set.get(id) }));
}

/**
 * Sets somebody's PIN. An easy one and one that a colleague has are refused alike, and only a few times a day: a refusal
 * may tell that somebody else has that PIN.
 */
export async function choosePin(
  services: Services,
  person: Decider,
  { businessId, pin }: { businessId: string; pin: string },
): Promise<Result<undefined, 'not_permitted' | 'pin_refused' | 'too_many_requests'>> {
  const { db, clock, settings } = services;
  if (businessId === platformBusinessId || !may(person.memberships, 'gate.scan', businessId)) {
    return fail('not_permitted');
  }
  if (isWeakPin(pin)) return fail('pin_refused');
  const nowMs = clock();
  const key = await tokenHash(`pin-chosen/${person.personId}`);
  const [tried] = await countTries(db, [{ key, windowEndsAtMs: nowMs + pinRefusals.windowMs }], nowMs);
  if (tried !== undefined && tried.count > pinRefusals.count) {
    return fail('too_many_requests', { minutes: minutesUntil(tried.windowEndsAtMs, nowMs) });
  }
  const digest = await pinDigest(settings.masterKey, businessId, pin);
  const { personId } = person;
  const trace = auditIfChanged(services, { action: 'pin.set', actorId: personId, businessId, subjectId: personId });
  if (!(await setPin(db, { personId, businessId, digest, nowMs }, trace))) return fail('pin_refused');
  await forgetTry(db, key);
  return ok();
}

/**
 * Puts whoever types their PIN on duty at a shared scanner. Each try is counted before it is looked at, so that tries at
 * the same moment count too; a right one is taken back, and no more than that one, or a colleague's own PIN would buy new
 * tries at everybody else's. The brake is the scanner's: nobody can lock another person out.
 */
export async function takeOver(
  services: Services,
  { eventId, businessId, device, pin }: { eventId: string; businessId: string; device: GateDevice; pin: string },
): Promise<Result<undefined>> {
  const { db, clock, settings } = services;
  const { deviceId } = device;
  if (!device.isShared) return fail('not_permitted');
  const nowMs = clock();
  const key = await tokenHash(`pin-tried/${deviceId}`);
  const [tried] = await countTries(db, [{ key, windowEndsAtMs: nowMs + pinTries.windowMs }], nowMs);
  if (tried !== undefined && tried.count > pinTries.count) {
    return fail('too_many_requests', { minutes: minutesUntil(tried.windowEndsAtMs, nowMs) });
  }
  const found = await findByPin(db, businessId, await pinDigest(settings.masterKey, businessId, pin));
  if (found === undefined || !may(found.memberships, 'gate.scan', businessId)) return fail('pin_unknown');
  await forgetTry(db, key);
  // A supervisor's scanner in a steward's hands would let the steward override.
  if (!covers(found.memberships, device.role, businessId)) return fail('role_beyond_yours');
  return changeShift(services, { eventId, businessId, deviceId, staffId: found.personId });
}

export async function endShift(
  services: Services,
  shift: { eventId: string; businessId: string; device: GateDevice },
): Promise<Result<undefined>> {
  const { device, ...where } = shift;
  if (!device.isShared) return fail('not_permitted');
  return changeShift(services, { ...where, deviceId: device.deviceId, staffId: undefined });
}

async function changeShift(
  services: Services,
  shift: { eventId: string; businessId: string; deviceId: string; staffId: string | undefined },
): Promise<Result<undefined>> {
  const { eventId, businessId, deviceId, staffId } = shift;
  const changed = only(await services.inventory(eventId).setShifts([{ deviceId, staffId }]));
  if (!changed.ok) return changed;
  const facts = { event: eventId, isOnDuty: staffId !== undefined };
  const entry = { actorId: staffId ?? deviceId, businessId, subjectId: deviceId, facts };
  await audit(services, { action: 'scanner.shift_changed', ...entry });
  return ok();
}

function minutesUntil(atMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((atMs - nowMs) / minuteMs));
}
