/**
 * The one permission table: which role may do what, for the business it was given by. Every door asks `may`;
 * nothing else in the system compares roles.
 */
export const roles = [
  'owner',
  'manager',
  'finance',
  'support_agent',
  'supervisor',
  'gate_steward',
  'pos_clerk',
  'platform_admin',
] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'event.read',
  'event.edit',
  'event.watch',
  'gate.scan',
  'gate.redeem',
  'gate.override',
  'gate.emergency',
  'device.manage',
  'order.read',
  'order.refund',
  /** Money for tickets that were used, against the rules of their event. */
  'order.refund_used',
  /** Names and addresses of buyers. */
  'customer.read',
  /** Cancels or postpones an event: everybody's money may go back. */
  'event.call_off',
  /** Makes a ticket's codes void; the new one is its holder's alone to see, so this moves nothing to anybody. */
  'ticket.reissue',
  'staff.manage',
  'finance.read',
  /** How the business is named on its invoices. */
  'seller.edit',
  /** Pays businesses out. They pay nobody themselves, so its doors ask whether it is held at the platform. */
  'payout.manage',
  /** What card banks ask about, with the buyers' names. */
  'dispute.read',
  'trail.read',
  'audit.read',
  /** Messages and projections that got stuck: the platform's own. */
  'operations.manage',
] as const;
export type Permission = (typeof permissions)[number];

const atGate = ['event.read', 'gate.scan', 'gate.redeem'] as const;
const superviseGate = [...atGate, 'gate.override', 'gate.emergency', 'device.manage', 'event.watch'] as const;

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions.filter((permission) => permission !== 'operations.manage'),
  manager: [
    ...superviseGate,
    'event.edit',
    'order.read',
    'customer.read',
    'ticket.reissue',
    'staff.manage',
    'trail.read',
    'audit.read',
  ],
  finance: [
    'event.read',
    'event.watch',
    'order.read',
    'order.refund',
    'finance.read',
    'seller.edit',
    'payout.manage',
    'dispute.read',
    'trail.read',
  ],
  support_agent: ['event.read', 'order.read', 'customer.read', 'ticket.reissue', 'trail.read'],
  supervisor: [...superviseGate, 'order.read', 'ticket.reissue', 'trail.read'],
  gate_steward: atGate,
  pos_clerk: atGate,
  platform_admin: permissions,
};

/** A role is held for one business; the platform's own roles reach every business. */
export type Membership = { readonly businessId: string; readonly role: Role };

/** The business id under which platform staff are members. */
export const platformBusinessId = 'biz_platform';

export function may(memberships: readonly Membership[], permission: Permission, businessId: string): boolean {
  return memberships.some(
    (membership) =>
      (membership.businessId === businessId || membership.businessId === platformBusinessId) &&
      granted[membership.role].includes(permission),
  );
}

/** Businesses in which any of the memberships carries the permission; `everywhere` for platform staff. */
export function businessesWhere(
  memberships: readonly Membership[],
  permission: Permission,
): { everywhere: boolean; businessIds: string[] } {
  const able = memberships.filter((membership) => granted[membership.role].includes(permission));
  return {
    everywhere: able.some((membership) => membership.businessId === platformBusinessId),
    businessIds: [...new Set(able.map((membership) => membership.businessId))],
  };
}

/** Whether everything the role carries is held already, for this business: what one may hand on, or stand in for. */
export function covers(memberships: readonly Membership[], role: Role, businessId: string): boolean {
  return granted[role].every((permission) => may(memberships, permission, businessId));
}
