import { describe, expect, it } from 'vitest';
import { businessesWhere, may, permissions, platformBusinessId, roles, type Role } from '#shared/access/permissions.ts';

const at = (businessId: string, role: Role) => [{ businessId, role }];
const allowed = (role: Role) => permissions.filter((permission) => may(at('biz_a', role), permission, 'biz_a'));

describe('who may do what', () => {
  it('an owner may do everything but run the platform, in their own business only', () => {
    expect(allowed('owner')).toEqual(permissions.filter((permission) => permission !== 'operations.manage'));
    for (const permission of permissions) expect(may(at('biz_a', 'owner'), permission, 'biz_b')).toBe(false);
  });

  it('a gate steward sees the event, scans and hands out what tickets include, and does nothing else', () => {
    expect(allowed('gate_steward')).toEqual(['event.read', 'gate.scan', 'gate.redeem']);
  });

  it('only a supervisor or above overrides a gate', () => {
    expect(roles.filter((role) => allowed(role).includes('gate.override'))).toEqual([
      'owner',
      'manager',
      'supervisor',
      'platform_admin',
    ]);
  });

  it('only owners, finance and the platform give money back', () => {
    expect(roles.filter((role) => allowed(role).includes('order.refund'))).toEqual([
      'owner',
      'finance',
      'platform_admin',
    ]);
  });

  it('somebody without a role may do nothing', () => {
    for (const permission of permissions) expect(may([], permission, 'biz_a')).toBe(false);
  });

  it('platform staff reach every business with what their role allows', () => {
    expect(may(at(platformBusinessId, 'platform_admin'), 'finance.read', 'biz_a')).toBe(true);
    expect(may(at(platformBusinessId, 'support_agent'), 'order.read', 'biz_a')).toBe(true);
    expect(may(at(platformBusinessId, 'support_agent'), 'order.refund', 'biz_a')).toBe(false);
  });

  it('roles in several businesses do not add up across them', () => {
    const both = [...at('biz_a', 'gate_steward'), ...at('biz_b', 'owner')];
    expect(may(both, 'order.refund', 'biz_a')).toBe(false);
    expect(may(both, 'order.refund', 'biz_b')).toBe(true);
  });
});

describe('where a permission is held', () => {
  it('lists each business once, and only those whose role carries it', () => {
    const held = [...at('biz_a', 'owner'), ...at('biz_a', 'finance'), ...at('biz_b', 'gate_steward')];
    expect(businessesWhere(held, 'finance.read')).toEqual({ everywhere: false, businessIds: ['biz_a'] });
  });

  it('is everywhere for platform staff', () => {
    expect(businessesWhere(at(platformBusinessId, 'platform_admin'), 'event.read').everywhere).toBe(true);
    expect(businessesWhere(at(platformBusinessId, 'support_agent'), 'finance.read').everywhere).toBe(false);
  });
});
