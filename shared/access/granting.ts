import { fail, ok, type Result } from '../result.ts';
import { covers, may, platformBusinessId, roles, type Membership, type Role } from './permissions.ts';

/**
 * Who may give and take roles. Whoever decides these must also see that the last owner stays, which only the database
 * can: two owners may remove each other at the same moment (d1/queries/team.ts).
 */
export type GrantRefusal = 'not_permitted' | 'role_beyond_yours' | 'role_own_raise';

/** Somebody's role, and the one it is to become; `undefined` where there is none before, or after. */
export type RoleChange = {
  readonly businessId: string;
  readonly personId: string;
  readonly from: Role | undefined;
  readonly to: Role | undefined;
};

type Actor = { readonly personId: string; readonly memberships: readonly Membership[] };

/** Nobody gives more than they hold, takes from whoever holds more, or raises themselves. */
export function decideRoleChange(actor: Actor, change: RoleChange): Result<undefined, GrantRefusal> {
  const { businessId, from, to } = change;
  if (!may(actor.memberships, 'staff.manage', businessId)) return fail('not_permitted');
  for (const role of [from, to]) {
    if (role !== undefined && !isWithinReach(actor, role, businessId)) return fail('role_beyond_yours');
  }
  if (actor.personId === change.personId && to !== undefined && !isOwnAlready(actor, to, businessId)) {
    return fail('role_own_raise');
  }
  return ok();
}

/** Roles one may hand on for a business, highest first. */
export function grantableRoles(actor: Actor, businessId: string): Role[] {
  if (!may(actor.memberships, 'staff.manage', businessId)) return [];
  return roles.filter((role) => isWithinReach(actor, role, businessId));
}

/** The platform's own people are made by platform admins alone, and its admins for the platform alone. */
function isWithinReach(actor: Actor, role: Role, businessId: string): boolean {
  const isPlatforms = businessId === platformBusinessId;
  if (role === 'platform_admin' && !isPlatforms) return false;
  if (isPlatforms && !rolesThere(actor, platformBusinessId).includes('platform_admin')) return false;
  return covers(actor.memberships, role, businessId);
}

/** Judged by what they hold for this very business: reaching it from the platform is no ground to move into it. */
function isOwnAlready(actor: Actor, role: Role, businessId: string): boolean {
  return covers(
    actor.memberships.filter((membership) => membership.businessId === businessId),
    role,
    businessId,
  );
}

function rolesThere({ memberships }: Actor, businessId: string): Role[] {
  return memberships.flatMap((membership) => (membership.businessId === businessId ? [membership.role] : []));
}
