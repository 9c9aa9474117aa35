import { listEvents } from '#d1/queries/catalogue.ts';
import { addSteward, enrolledBy, findEnrolment, saveEnrolment, spendEnrolment } from '#d1/queries/gate-enrolments.ts';
import { membershipsOf, namesOf, type Decider } from '#d1/queries/team.ts';
import { only, type DeviceRefusal, type GateDevice } from '#objects/event-inventory/client.ts';
import type { DeviceRole } from '#shared/access/device-roles.ts';
import { covers, may } from '#shared/access/permissions.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { audit, auditStatement } from './audit.ts';
import { eventForSale, type EventForSale } from './event-for-sale.ts';

export const enrolmentMinutes = 15;
const tokenBytes = 32;

export type Enrolment = {
  readonly gateId: string;
  readonly role: DeviceRole;
  readonly label: string;
  readonly isShared: boolean;
  readonly endsAtMs: EpochMs;
};

/**
 * Makes the code that turns one phone into a scanner: the address to show. The token stands behind the `#`, which browsers
 * send to nobody, so that no server, proxy or log on the way ever sees it; the page there needs a script anyway, because
 * the phone makes a key.
 */
export async function offerEnrolment(
  services: Services,
  actor: Decider,
  { event, rules }: EventForSale,
  offer: Enrolment,
): Promise<Result<string, 'not_permitted' | 'role_beyond_yours' | 'gate_unknown' | 'device_over'>> {
  if (!may(actor.memberships, 'device.manage', event.businessId)) return fail('not_permitted');
  if (!covers(actor.memberships, offer.role, event.businessId)) return fail('role_beyond_yours');
  if (!rules.gates.some(({ id }) => id === offer.gateId)) return fail('gate_unknown');
  const now = services.clock();
  if (offer.endsAtMs <= now) return fail('device_over');
  const token = toBase64Url(services.randomBytes(tokenBytes));
  const hash = await tokenHash(token);
  const trace = auditStatement(services, {
    action: 'scanner.invited',
    actorId: actor.personId,
    businessId: event.businessId,
    subjectId: event.id,
    facts: { gate: offer.gateId, role: offer.role, isShared: offer.isShared, endsAtMs: offer.endsAtMs },
  });
  const expiresAtMs = now + enrolmentMinutes * minuteMs;
  const row = {
    tokenHash: hash,
    eventId: event.id,
    createdBy: actor.personId,
    createdAtMs: now,
    expiresAtMs,
    ...offer,
  };
  await saveEnrolment(services.db, row, trace);
  return ok(`${services.settings.publicOrigin}${pathTo('gateEnrol')}#${token}`);
}

/**
 * What a code would make of a phone. Looking spends nothing. A spent one says nothing any more, but to the phone that
 * spent it: the answer may have been lost on its way.
 */
export async function readEnrolment(
  services: Services,
  { token, publicKey }: { token: string; publicKey?: string | undefined },
) {
  const found = await findEnrolment(services.db, await tokenHash(token));
  if (found === undefined || found.enrolment.expiresAtMs <= services.clock()) return fail('enrolment_over');
  const { enrolment, event } = found;
  const isOwn = publicKey !== undefined && enrolment.deviceId === (await deviceIdOf(publicKey));
  if (enrolment.spentAtMs !== null && !isOwn) return fail('enrolment_over');
  const sale = await eventForSale(services, event.slug);
  const gate = sale.ok ? sale.value.rules.gates.find(({ id }) => id === enrolment.gateId) : undefined;
  return gate === undefined ? fail('enrolment_over') : ok({ ...found, gateName: gate.name });
}

/** Who will stand there: somebody signed in, or a helper for a day who has no account and types a name. */
export type Steward = { readonly personId: string } | { readonly name: string } | undefined;

/**
 * Makes the phone that holds this key a scanner: spends the code, then tells the event's inventory, which from then on is
 * all that counts. Whoever offered the code must still be allowed to.
 */
export async function enrolScanner(
  services: Services,
  { token, publicKey, steward }: { token: string; publicKey: string; steward: Steward },
): Promise<Result<{ device: GateDevice; eventId: string; slug: string }>> {
  const found = await readEnrolment(services, { token, publicKey });
  if (!found.ok) return found;
  const { enrolment, event } = found.value;
  const inviter = await membershipsOf(services.db, enrolment.createdBy);
  const isStillOffered =
    may(inviter, 'device.manage', event.businessId) && covers(inviter, enrolment.role, event.businessId);
  if (!isStillOffered) return fail('enrolment_over');
  const deviceId = await deviceIdOf(publicKey);
  const nowMs = services.clock();
  if (!(await spendEnrolment(services.db, { tokenHash: enrolment.tokenHash, deviceId, nowMs }))) {
    return fail('enrolment_over');
  }
  const { gateId, role, label, isShared, endsAtMs, createdBy } = enrolment;
  const staffId = isShared ? undefined : await stewardId(services, deviceId, steward);
  const request = { deviceId, publicKey, label, gateId, role, isShared, staffId, enrolledBy: createdBy, endsAtMs };
  const device = only(await services.inventory(event.id).enrolDevices([request]));
  if (!device.ok) return device;
  if (device.value.revokedAtMs !== undefined) return fail('device_revoked');
  await audit(services, {
    action: 'scanner.enrolled',
    actorId: deviceId,
    businessId: event.businessId,
    subjectId: event.id,
    facts: { gate: gateId, role, isShared, by: createdBy },
  });
  return ok({ device: device.value, eventId: event.id, slug: event.slug });
}

/** A helper's name lives in a row of its own, like everybody's, so that the inventory and its trail hold an id alone. */
async function stewardId(services: Services, deviceId: string, steward: Steward): Promise<string | undefined> {
  if (steward === undefined) return undefined;
  if ('personId' in steward) return steward.personId;
  const id = `per_${deviceId.slice('gdv_'.length)}`;
  await addSteward(services.db, { id, name: steward.name, createdAtMs: services.clock() });
  return id;
}

/** A device's id is made of its key, so that asking twice enrols once. */
export async function deviceIdOf(publicKey: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(publicKey));
  return `gdv_${encodeBase32(new Uint8Array(digest).subarray(0, 15))}`;
}

/** From now on nothing that comes from it is decided. */
export async function lockScanner(
  services: Services,
  actorId: string,
  { event }: Pick<EventForSale, 'event'>,
  deviceId: string,
): Promise<Result<undefined, 'device_unknown'>> {
  const revoked = only(await services.inventory(event.id).revokeDevices([{ deviceId, staffId: actorId }]));
  if (!revoked.ok) return revoked;
  const { businessId, id: eventId } = event;
  await audit(services, {
    action: 'scanner.locked',
    actorId,
    businessId,
    subjectId: deviceId,
    facts: { event: eventId },
  });
  return ok();
}

/** The device, if somebody is on duty at it now. */
export async function deviceOnDuty(
  services: Services,
  { eventId, deviceId }: { eventId: string; deviceId: string },
): Promise<Result<GateDevice & { readonly staffId: string }, DeviceRefusal>> {
  const device = await services.inventory(eventId).device(deviceId);
  const refusal = whyNotInService(device, services.clock());
  if (device === undefined || refusal !== undefined) return fail(refusal ?? 'device_unknown');
  const { staffId } = device;
  return staffId === undefined ? fail('device_off_duty') : ok({ ...device, staffId });
}

export function whyNotInService(device: GateDevice | undefined, now: EpochMs): DeviceRefusal | undefined {
  if (device === undefined) return 'device_unknown';
  if (device.revokedAtMs !== undefined) return 'device_revoked';
  return device.endsAtMs <= now ? 'device_over' : undefined;
}

/** A steward's name for their own screen; empty when nobody can say: scanning must not wait for it. */
export async function nameOf(services: Services, personId: string): Promise<string> {
  try {
    return (await namesOf(services.db, [personId])).get(personId) ?? '';
  } catch {
    return '';
  }
}

/** Every device of an event, with the names behind the ids. */
export async function listScanners(services: Services, eventId: string) {
  const [devices, inviters] = await Promise.all([
    services.inventory(eventId).devices(),
    enrolledBy(services.db, eventId),
  ]);
  const ids = devices.flatMap(({ deviceId, staffId }) => [staffId ?? [], inviters.get(deviceId) ?? []].flat());
  const names = await namesOf(services.db, ids);
  return devices.map((device) => ({
    ...device,
    onDuty: device.staffId === undefined ? undefined : (names.get(device.staffId) ?? ''),
    enrolledBy: names.get(inviters.get(device.deviceId) ?? '') ?? '',
  }));
}

/**
 * Takes somebody who may no longer scan for a business off its gates: their own scanners are locked, those they share
 * have nobody on duty. Somebody who may still scan stays where they are.
 */
export async function standDown(
  services: Services,
  { businessId, personId, actorId }: { businessId: string; personId: string; actorId: string },
): Promise<void> {
  const left = await membershipsOf(services.db, personId);
  if (may(left, 'gate.scan', businessId)) return;
  const rows = await listEvents(services.db, { businessId });
  const now = services.clock();
  for (const { event } of rows) {
    const inventory = services.inventory(event.id);
    const theirs = (await inventory.devices()).filter(
      ({ staffId, revokedAtMs, endsAtMs }) => staffId === personId && revokedAtMs === undefined && endsAtMs > now,
    );
    for (const { deviceId, isShared } of theirs) {
      if (isShared) await inventory.setShifts([{ deviceId, staffId: undefined }]);
      else await lockScanner(services, actorId, { event }, deviceId);
    }
  }
}
