import { may, type Permission } from '#shared/access/permissions.ts';
import type { GateAbilities } from '#shared/admission/next-steps.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';

/** Somebody who may work at this event's gates, and what with. */
export type Staffed = {
  readonly sale: EventForSale;
  readonly staffId: string;
  readonly deviceId: string;
  readonly can: GateAbilities & { readonly mayOpenAll: boolean };
};

/** Who asks, for this event. Another business's steward is a stranger here. */
export async function staffedEvent(c: AppContext, slug: string, permission: Permission): Promise<Result<Staffed>> {
  const { person, deviceId, services } = c.var;
  if (person === undefined || deviceId === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  const { businessId } = sale.value.event;
  const holds = (wanted: Permission) => may(person.memberships, wanted, businessId);
  if (!holds(permission)) return fail('not_permitted');
  const can = {
    mayOverride: holds('gate.override'),
    mayRedeem: holds('gate.redeem'),
    mayOpenAll: holds('gate.emergency'),
  };
  return ok({ sale: sale.value, staffId: person.personId, deviceId, can });
}
