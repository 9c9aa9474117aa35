import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRoleChange, grantableRoles } from '#shared/access/granting.ts';
import {
  covers,
  may,
  permissions,
  platformBusinessId,
  roles,
  type Membership,
  type Role,
} from '#shared/access/permissions.ts';

const home = 'biz_a';
const somebody = (...held: Membership[]) => ({ personId: 'per_actor', memberships: held });
const at = (role: Role, businessId = home): Membership => ({ businessId, role });
const change = (from: Role | undefined, to: Role | undefined, personId = 'per_other', businessId = home) => ({
  businessId,
  personId,
  from,
  to,
});
const codeOf = (...parameters: Parameters<typeof decideRoleChange>) => {
  const decided = decideRoleChange(...parameters);
  return decided.ok ? 'ok' : decided.failure.code;
};

describe('who gives and takes roles', () => {
  it('a manager makes no owner and nobody of finance, and touches neither', () => {
    const manager = somebody(at('manager'));
    expect(codeOf(manager, change(undefined, 'owner'))).toBe('role_beyond_yours');
    expect(codeOf(manager, change('gate_steward', 'finance'))).toBe('role_beyond_yours');
    expect(codeOf(manager, change('owner', 'gate_steward'))).toBe('role_beyond_yours');
    expect(codeOf(manager, change('owner', undefined))).toBe('role_beyond_yours');
    expect(codeOf(manager, change('gate_steward', 'supervisor'))).toBe('ok');
    expect(grantableRoles(manager, home)).not.toContain('owner');
  });

  it('whoever manages no people changes nobody, themselves included', () => {
    for (const role of ['finance', 'support_agent', 'supervisor', 'gate_steward', 'pos_clerk'] as const) {
      expect(codeOf(somebody(at(role)), change('gate_steward', undefined))).toBe('not_permitted');
      expect(grantableRoles(somebody(at(role)), home)).toEqual([]);
    }
  });

  it('an owner of another business is nobody here', () => {
    expect(codeOf(somebody(at('owner', 'biz_b')), change(undefined, 'gate_steward'))).toBe('not_permitted');
  });

  it('nobody raises themselves, by whatever way they reach the business', () => {
    const admin = somebody(at('platform_admin', platformBusinessId), at('finance'));
    expect(codeOf(admin, change('finance', 'owner', 'per_actor'))).toBe('role_own_raise');
    expect(codeOf(admin, change(undefined, 'gate_steward', 'per_actor'))).toBe('role_own_raise');
    expect(codeOf(somebody(at('owner')), change('owner', 'manager', 'per_actor'))).toBe('ok');
    expect(codeOf(somebody(at('owner')), change('owner', undefined, 'per_actor'))).toBe('ok');
  });

  it("the platform's own people are made by its admins alone, and its admins for the platform alone", () => {
    const admin = somebody(at('platform_admin', platformBusinessId));
    expect(codeOf(admin, change(undefined, 'platform_admin', 'per_other', platformBusinessId))).toBe('ok');
    expect(codeOf(admin, change(undefined, 'platform_admin'))).toBe('role_beyond_yours');
    const platformOwner = somebody(at('owner', platformBusinessId));
    expect(codeOf(platformOwner, change(undefined, 'support_agent', 'per_other', platformBusinessId))).toBe(
      'role_beyond_yours',
    );
    expect(codeOf(somebody(at('owner')), change(undefined, 'platform_admin'))).toBe('role_beyond_yours');
  });

  it('whatever anybody holds, what they hand on never reaches further than they do', () => {
    const membership = fc.record({
      businessId: fc.constantFrom(home, 'biz_b', platformBusinessId),
      role: fc.constantFrom(...roles),
    });
    fc.assert(
      fc.property(
        fc.array(membership, { maxLength: 4 }),
        fc.constantFrom(home, platformBusinessId),
        fc.constantFrom(...roles),
        (held, businessId, to) => {
          if (!decideRoleChange(somebody(...held), change(undefined, to, 'per_other', businessId)).ok) return;
          expect(covers(held, to, businessId)).toBe(true);
          const gained = permissions.filter((permission) => may([at(to, businessId)], permission, businessId));
          expect(gained.filter((permission) => !may(held, permission, businessId))).toEqual([]);
        },
      ),
    );
  });
});
