import { beforeAll, describe, expect, it } from 'vitest';
import { may, permissions, platformBusinessId, roles, type Permission, type Role } from '#shared/access/permissions.ts';
import { addressOf, call, exampleSite, parametersOf } from '#test/support/route-examples.ts';
import { servedNames } from '#test/support/served-routes.ts';
import { newBusiness, newWorker } from '#test/support/staff.ts';
import { access, type Access } from '#workers/http/access.ts';
import type { RouteName } from '#workers/routes.ts';
import { businessId } from './site.ts';

/**
 * Each route and method the app serves, called by everybody who has no business there. The table is the app's own: a new
 * route is in here by itself, and fails until its parameters have examples.
 */
let site: Awaited<ReturnType<typeof exampleSite>>;
let customer: Record<string, string>;
let otherOwner: Record<string, string>;
const wrongRole = new Map<Permission, Record<string, string>>();
const rightRole = new Map<Permission, Record<string, string>>();
/** The same role, held at the platform itself. */
const platformRole = new Map<Permission, Record<string, string>>();

/** Somebody of the very business, without this permission; for what only the platform may, its own staff without it. */
async function withoutPermission(permission: Permission) {
  const role = roles.toReversed().find((each) => !may([{ businessId, role: each }], permission, businessId));
  return (await newWorker({ businessId, role: role ?? 'pos_clerk' })).headers;
}

async function withPermission(permission: Permission, at = businessId) {
  const able = (role: Role) => may([{ businessId: at, role }], permission, at);
  const role = roles.find((each) => each !== 'platform_admin' && able(each));
  const held =
    role === undefined ? { businessId: platformBusinessId, role: 'platform_admin' as const } : { businessId: at, role };
  return (await newWorker(held)).headers;
}

beforeAll(async () => {
  site = await exampleSite();
  customer = (await newWorker()).headers;
  otherOwner = (await newWorker({ businessId: await newBusiness(), role: 'owner' })).headers;
  for (const permission of permissions) {
    wrongRole.set(permission, await withoutPermission(permission));
    rightRole.set(permission, await withPermission(permission));
    platformRole.set(permission, await withPermission(permission, platformBusinessId));
  }
}, 60_000);

/** Of a gate's doors, those that a steward's scanner finds closed: staff/offline-doors.test.ts knocks with a supervisor's. */
const forSupervisors = new Set<RouteName>(['gateFind']);
const permissionOf = (name: RouteName): Permission | undefined => {
  const rule = access[name];
  if (rule === 'gate_device') return forSupervisors.has(name) ? 'gate.override' : 'gate.scan';
  return typeof rule === 'object' ? rule.staff : undefined;
};

/** Only for whoever holds the permission at the platform. */
const isPlatforms = (name: RouteName) => {
  const rule = access[name];
  return typeof rule === 'object' && rule.at === 'platform';
};

/** Doors of a scanner alone: somebody signed in has nothing to do there, whatever their role. */
const scannerOnly = new Set<RouteName>(['gateShift', 'gateShiftEnd', 'gateManifest', 'gateNews', 'gateScanLog']);
/** Opens to sockets of our own pages alone: journeys/studio.test.ts knocks there. */
const socketOnly = new Set<RouteName>(['studioLiveSocket']);
/** What a route is about is in its address, so that another business's owner asks for what is not theirs. */
const isAboutSomething = (name: RouteName) => parametersOf(name).length > 0;

const statusOf = async (name: RouteName, method: string, headers: Record<string, string>) =>
  (await call(method, addressOf(name, site.examples), headers)).status;

const expectLetIn = (status: number) => {
  expect([401, 403]).not.toContain(status);
  expect(status).toBeLessThan(500);
};

const openRules = new Set<Access>(['anyone', 'visitor', 'device_socket', 'signed_webhook']);
const open = servedNames.filter(([name]) => openRules.has(access[name]));
const personal = servedNames.filter(([name]) => access[name] === 'signed_in' || access[name] === 'session');
const orders = servedNames.filter(([name]) => access[name] === 'order_holder' || access[name] === 'ticket_holder');
const staffed = servedNames.filter(([name]) => permissionOf(name) !== undefined);
const gates = servedNames.filter(([name]) => access[name] === 'gate_device');

it('every route and method falls under one of the kinds below', () => {
  const covered = open.length + personal.length + orders.length + staffed.length;
  expect(covered).toBe(servedNames.length);
});

describe.each(open)('%s, %s, open to everybody', (name, method) => {
  it('turns nobody away', async () => {
    expectLetIn(await statusOf(name, method, {}));
  });
});

describe.each(personal)('%s, %s, for whoever is signed in', (name, method) => {
  it('is refused to strangers and to scanners', async () => {
    expect(await statusOf(name, method, {})).toBe(401);
    expect(await statusOf(name, method, { cookie: site.working.cookie })).toBe(401);
    expect(await statusOf(name, method, { cookie: '__Host-session=made-up' })).toBe(401);
  });
});

describe.each(orders)('%s, %s, for whoever holds the order, or the ticket', (name, method) => {
  const unknown =
    access[name] === 'ticket_holder'
      ? { ticketId: 'tkt_0000000000000' }
      : { orderId: 'ord_eur00_00000000000000000000000000' };

  it('is to everybody else as one that does not exist', async () => {
    const strangers = [{}, customer, otherOwner, site.owner.headers, { cookie: site.locked.cookie }];
    for (const headers of strangers) {
      const theirs = await call(method, addressOf(name, site.examples), headers);
      const none = await call(method, addressOf(name, { ...site.examples, ...unknown }), headers);
      expect([theirs.status, none.status]).toEqual([404, 404]);
      expect(await theirs.text()).toBe(await none.text());
    }
  });

  it('opens for the browser that placed it', async () => {
    expect(await statusOf(name, method, site.buyer)).not.toBe(404);
  });
});

describe.each(staffed)('%s, %s, for staff', (name, method) => {
  const permission = permissionOf(name) ?? 'event.read';

  it('is refused to strangers, customers, and whoever has another role in the same business', async () => {
    expect(await statusOf(name, method, {})).toBe(401);
    expect(await statusOf(name, method, { cookie: '__Host-session=made-up' })).toBe(401);
    expect(await statusOf(name, method, customer)).toBe(403);
    expect(await statusOf(name, method, wrongRole.get(permission) ?? {})).toBe(403);
  });
});

it.each(staffed.filter(([name]) => isAboutSomething(name)))(
  "%s, %s, is refused to another business's owner",
  async (name, method) => {
    expect(await statusOf(name, method, otherOwner)).toBe(403);
  },
);

it.each(staffed.filter(([name]) => isPlatforms(name)))(
  '%s, %s, is refused to whoever holds the permission in a business',
  async (name, method) => {
    expect(await statusOf(name, method, rightRole.get(permissionOf(name) ?? 'event.read') ?? {})).toBe(403);
  },
);

it.each(staffed.filter(([name]) => !scannerOnly.has(name) && !socketOnly.has(name)))(
  '%s, %s, opens for the role it asks for',
  async (name, method) => {
    const held = isPlatforms(name) ? platformRole : rightRole;
    expectLetIn(await statusOf(name, method, held.get(permissionOf(name) ?? 'event.read') ?? {}));
  },
);

it.each(staffed.filter(([name]) => access[name] !== 'gate_device'))(
  '%s, %s, is no place for a scanner',
  async (name, method) => {
    expect(await statusOf(name, method, { cookie: site.working.cookie })).toBe(401);
  },
);

it.each(gates.filter(([name]) => !forSupervisors.has(name)))(
  '%s, %s, opens for an enrolled scanner',
  async (name, method) => {
    await site.onDuty();
    expectLetIn(await statusOf(name, method, { cookie: site.working.cookie }));
  },
);

it.each(gates.filter(([name]) => isAboutSomething(name)))(
  '%s, %s, is refused to a scanner that was locked',
  async (name, method) => {
    const refused = await call(method, addressOf(name, site.examples), { cookie: site.locked.cookie });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'device_revoked' });
  },
);
