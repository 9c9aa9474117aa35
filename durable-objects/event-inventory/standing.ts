import type { EventRules, Gate } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';
import { deviceOnDuty, type DeviceRefusal } from './devices.ts';

/** Who stands at which gate, with what. */
export type AtGate = {
  readonly gateId: string;
  readonly deviceId: string;
  readonly staffId: string;
  /** The device is one of this event's scanners: the inventory itself knows its gate, its staff and whether it still counts. */
  readonly isEnrolled?: boolean | undefined;
  /** Where the device says it is, in degrees. */
  readonly location?: { readonly latitude: number; readonly longitude: number } | undefined;
  /** The device's own clock: recorded, never believed. */
  readonly deviceAtMs?: EpochMs | undefined;
};

/** Somebody who may decide at this gate now. */
export type Standing = {
  readonly rules: EventRules;
  readonly gate: Gate;
  readonly staffId: string;
  /** What the inventory itself knows of the device's rank; undefined when its caller must know. */
  readonly isSupervisor: boolean | undefined;
};

export type GateRefusal = 'gate_unknown' | 'event_not_on_sale' | 'not_permitted' | DeviceRefusal;

/**
 * Asked in the same transaction as the decision: a scanner that was locked a moment ago gets no further answer, even if its
 * socket has not noticed. A steward's own scanner decides at the gate it was enrolled for; supervisors walk about.
 */
export function standAtGate(
  context: InventoryContext,
  { gateId, deviceId, staffId, isEnrolled, override, ticketId }: AtGate & { override?: unknown; ticketId?: unknown },
): Result<Standing, GateRefusal> {
  const rules = context.rules();
  if (rules === undefined) return fail('event_not_on_sale');
  if (isEnrolled !== true) return at(rules, gateId, staffId, undefined);
  const device = deviceOnDuty(context, deviceId);
  if (!device.ok) return device;
  const mayWalk = device.value.role === 'supervisor';
  if ((override !== undefined || ticketId !== undefined) && !mayWalk) return fail('not_permitted');
  return at(rules, mayWalk ? gateId : device.value.gateId, device.value.staffId, mayWalk);
}

function at(
  rules: EventRules,
  gateId: string,
  staffId: string,
  isSupervisor: boolean | undefined,
): Result<Standing, 'gate_unknown'> {
  const gate = rules.gates.find(({ id }) => id === gateId);
  if (gate === undefined) return fail('gate_unknown', { gate: gateId.slice(0, 40) });
  return ok({ rules, gate, staffId, isSupervisor });
}
