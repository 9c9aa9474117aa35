import { businessNames, holdsRole, membersOf, moveRole, type Decider } from '#d1/queries/team.ts';
import { decideRoleChange, grantableRoles, type RoleChange } from '#shared/access/granting.ts';
import { businessesWhere, may, platformBusinessId, type Role } from '#shared/access/permissions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { auditIfChanged } from './audit.ts';

export type TeamBusiness = { readonly id: string; readonly name: string };

export type TeamMember = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly isSelf: boolean;
  /** Roles it may be changed to, this one included; none when the viewer may not touch it. */
  readonly mayBecome: readonly Role[];
};

/** Businesses whose people somebody may manage; the platform's own come last. */
export async function managedBusinesses(services: Services, actor: Decider, platformName: string) {
  const reach = businessesWhere(actor.memberships, 'staff.manage');
  const rows = await businessNames(services.db, reach.everywhere ? undefined : reach.businessIds);
  return reach.everywhere ? [...rows, { id: platformBusinessId, name: platformName }] : rows;
}

/** A business's people as somebody may see and change them. A business nobody has looks like one they may not manage. */
export async function readTeam(
  services: Services,
  actor: Decider,
  businessId: string,
  platformName: string,
): Promise<Result<{ business: TeamBusiness; members: TeamMember[]; mayGrant: Role[] }, 'not_permitted'>> {
  const { db } = services;
  if (!may(actor.memberships, 'staff.manage', businessId)) return fail('not_permitted');
  const [named, rows] = await Promise.all([businessNames(db, [businessId]), membersOf(db, businessId)]);
  const name = businessId === platformBusinessId ? platformName : named[0]?.name;
  if (name === undefined) return fail('not_permitted');
  const mayGrant = grantableRoles(actor, businessId);
  const members = rows.map(({ personId, name: memberName, email, role }) => ({
    personId,
    name: memberName ?? email ?? '',
    email: email ?? '',
    role,
    isSelf: personId === actor.personId,
    mayBecome: mayGrant.filter((to) => decideRoleChange(actor, { businessId, personId, from: role, to }).ok),
  }));
  return ok({ business: { id: businessId, name }, members, mayGrant });
}

/** Changes or takes away a role somebody holds. Whoever asks has just proved who they are. */
export async function changeRole(
  services: Services,
  actor: Decider,
  change: RoleChange & { readonly from: Role },
): Promise<Result<undefined>> {
  const decided = decideRoleChange(actor, change);
  if (!decided.ok) return decided;
  const { businessId, personId, from, to } = change;
  if (from === to) return ok();
  const trace = auditIfChanged(services, {
    action: to === undefined ? 'role.revoked' : 'role.granted',
    actorId: actor.personId,
    businessId,
    subjectId: personId,
    facts: to === undefined ? { role: from } : { role: to, was: from },
  });
  const isMoved = await moveRole(services.db, { actor, ...change, nowMs: services.clock() }, trace);
  if (isMoved) return ok();
  // Nothing was written. What is still there says why: the role itself, or it was gone already.
  if (!(await holdsRole(services.db, { personId, businessId, role: from }))) return fail('member_unknown');
  const stillThere = await Promise.all(
    actor.memberships.map((one) => holdsRole(services.db, { ...one, personId: actor.personId })),
  );
  return fail(stillThere.includes(false) ? 'not_permitted' : 'last_owner');
}
