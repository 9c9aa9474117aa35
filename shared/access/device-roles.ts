import type { Role } from './permissions.ts';

/** Roles a phone at a gate may have; never one that manages people or money. */
export const deviceRoles = ['gate_steward', 'supervisor', 'pos_clerk'] as const satisfies readonly Role[];
export type DeviceRole = (typeof deviceRoles)[number];
