import type { GateDevice } from '#objects/event-inventory/client.ts';
import { may, type Permission } from '#shared/access/permissions.ts';
import type { GateAbilities } from '#shared/admission/next-steps.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { loadSession } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { deviceOnDuty } from '#workers/operations/gate-devices.ts';

/** Somebody who may work at this event's gates, and what with. */
export type Staffed = {
  readonly sale: EventForSale;
  readonly staffId: string;
  readonly deviceId: string;
  readonly can: GateAbilities & { readonly mayOpenAll: boolean };
  /** Set when an enrolled phone asks. Who is on duty there and whether it still counts, the inventory decides again in each turn. */
  readonly scanner: GateDevice | undefined;
};

/** Who asks, for this event. Another business's steward is a stranger here, and so is another event's scanner. */
export async function staffedEvent(c: AppContext, slug: string, permission: Permission): Promise<Result<Staffed>> {
  const { gateDevice, services } = c.var;
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  const { businessId, id: eventId } = sale.value.event;
  if (gateDevice?.eventId === eventId) return staffedScanner(c, sale.value, gateDevice.deviceId, permission);
  // Whoever is signed in on a phone that scans for another event may still be somebody here.
  if (gateDevice !== undefined) await loadSession(c);
  const { person, deviceId } = c.var;
  if (person === undefined || deviceId === undefined) return fail('sign_in_required');
  const holds = (wanted: Permission) => may(person.memberships, wanted, businessId);
  if (!holds(permission)) return fail('not_permitted');
  const can = {
    mayOverride: holds('gate.override'),
    mayRedeem: holds('gate.redeem'),
    mayOpenAll: holds('gate.emergency'),
  };
  return ok({ sale: sale.value, staffId: person.personId, deviceId, can, scanner: undefined });
}

/** A scanner may what its role may, whoever holds it; opening every gate is for people who are signed in. */
async function staffedScanner(
  c: AppContext,
  sale: EventForSale,
  deviceId: string,
  permission: Permission,
): Promise<Result<Staffed>> {
  const { id: eventId, businessId } = sale.event;
  const scanner = await deviceOnDuty(c.var.services, { eventId, deviceId });
  if (!scanner.ok) return scanner;
  const { role, staffId } = scanner.value;
  const holds = (wanted: Permission) => may([{ businessId, role }], wanted, businessId);
  if (!holds(permission)) return fail('not_permitted');
  const can = { mayOverride: holds('gate.override'), mayRedeem: holds('gate.redeem'), mayOpenAll: false };
  return ok({ sale, staffId, deviceId, can, scanner: scanner.value });
}
