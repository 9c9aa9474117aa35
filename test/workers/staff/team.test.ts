import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { invitations, staffPins } from '#d1/schema/index.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { hourMs } from '#shared/time.ts';
import { db, newBusiness, newWorker, post, rolesIn, sessionOf, trailOf, type Worker } from '#test/support/staff.ts';
import { visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';

const move = (businessId: string, by: Worker, of: Worker, from: string, to: string) =>
  post(pathTo('studioTeamMember', { businessId }), by.headers, { person: of.personId, from, to });

async function teamOf(...roles: ('owner' | 'manager' | 'gate_steward' | 'supervisor')[]) {
  const businessId = await newBusiness();
  const workers = await Promise.all(roles.map((role) => newWorker({ businessId, role })));
  return { businessId, workers };
}

describe('a team', () => {
  it('is shown to whoever manages it, with what they may change', async () => {
    const { businessId, workers } = await teamOf('owner', 'manager', 'gate_steward');
    const [owner, manager] = workers;
    const path = pathTo('studioTeam', { businessId });
    const seen = await (await visit(path, { headers: owner!.headers })).text();
    for (const { email } of workers) expect(seen).toContain(email);
    // A manager sees the owner, and no way to change them.
    const byManager = await (await visit(path, { headers: manager!.headers })).text();
    expect(byManager).toContain(owner!.email);
    expect(byManager).not.toContain(`value="${owner!.personId}"`);
    expect(byManager).not.toContain('value="owner"');
  });

  it('changes a role and says who did', async () => {
    const { businessId, workers } = await teamOf('owner', 'gate_steward');
    const [owner, steward] = workers as [Worker, Worker];
    const answer = await move(businessId, owner, steward, 'gate_steward', 'supervisor');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/studio/team/${businessId}?did=changed`]);
    expect(await rolesIn(businessId)).toEqual([`${owner.personId} owner`, `${steward.personId} supervisor`]);
    expect(await trailOf(businessId)).toEqual([
      {
        action: 'role.granted',
        actorId: owner.personId,
        subjectId: steward.personId,
        facts: { role: 'supervisor', was: 'gate_steward' },
      },
    ]);
    expect((await visit(pathTo('studio'), { headers: steward.headers })).status).toBe(403);
  });

  it('keeps its last owner, who can neither leave nor step down', async () => {
    const { businessId, workers } = await teamOf('owner', 'manager');
    const [owner] = workers as [Worker, Worker];
    expect((await move(businessId, owner, owner, 'owner', '')).status).toBe(409);
    expect((await move(businessId, owner, owner, 'owner', 'manager')).status).toBe(409);
    expect(await rolesIn(businessId)).toContain(`${owner.personId} owner`);
    expect(await trailOf(businessId)).toEqual([]);
  });

  it('keeps exactly one of two owners who remove each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { businessId, workers } = await teamOf('owner', 'owner');
      const [one, other] = workers as [Worker, Worker];
      const answers = await Promise.all([
        move(businessId, one, other, 'owner', ''),
        move(businessId, other, one, 'owner', ''),
      ]);
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
      expect(await rolesIn(businessId)).toHaveLength(1);
      expect(await trailOf(businessId)).toHaveLength(1);
    }
  });

  it('hears nobody who lost their role a moment ago, though another owner is left', async () => {
    const { businessId, workers } = await teamOf('owner', 'owner', 'owner');
    const [one, other, third] = workers as [Worker, Worker, Worker];
    const answers = await Promise.all([
      move(businessId, one, other, 'owner', ''),
      move(businessId, other, one, 'owner', ''),
    ]);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await rolesIn(businessId)).toContain(`${third.personId} owner`);
    expect(await rolesIn(businessId)).toHaveLength(2);
  });

  it('takes a double click for one', async () => {
    const { businessId, workers } = await teamOf('owner', 'gate_steward');
    const [owner, steward] = workers as [Worker, Worker];
    const twice = await Promise.all([0, 1].map(() => move(businessId, owner, steward, 'gate_steward', '')));
    expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    expect(await trailOf(businessId)).toHaveLength(1);
  });

  it.each([
    ['gives more than they hold', 'manager', 'gate_steward', 'owner', 403],
    ['takes from whoever holds more', 'manager', 'owner', '', 403],
    ['manages nobody', 'supervisor', 'gate_steward', '', 403],
  ] as const)('refuses whoever %s', async (_what, by, of, to, status) => {
    const { businessId, workers } = await teamOf(by, of, 'owner');
    const [actor, target] = workers as [Worker, Worker];
    const before = await rolesIn(businessId);
    expect((await move(businessId, actor, target, of, to)).status).toBe(status);
    expect(await rolesIn(businessId)).toEqual(before);
  });

  it('looks to a stranger like a business that does not exist', async () => {
    const { businessId } = await teamOf('owner');
    const stranger = await newWorker({ businessId: await newBusiness(), role: 'owner' });
    const pages = await Promise.all(
      [businessId, 'biz_no_such', platformBusinessId].map((id) =>
        visit(pathTo('studioTeam', { businessId: id }), { headers: stranger.headers }),
      ),
    );
    expect(pages.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1);
  });

  it('asks whoever signed in long ago to show again who they are, and changes nothing before', async () => {
    const { businessId, workers } = await teamOf('owner', 'gate_steward');
    const [owner, steward] = workers as [Worker, Worker];
    const old = { ...owner, headers: await sessionOf(owner.personId, Date.now() - hourMs) };
    const answer = await move(businessId, old, steward, 'gate_steward', '');
    expect(answer.status).toBe(303);
    const way = new URL(answer.headers.get('location') ?? '', 'https://x.example');
    expect([way.pathname, way.searchParams.get('next')]).toEqual([
      pathTo('prove'),
      pathTo('studioTeam', { businessId }),
    ]);
    expect(await rolesIn(businessId)).toHaveLength(2);
  });

  it('takes the PIN and the open invitations of whoever leaves with them', async () => {
    const { businessId, workers } = await teamOf('owner', 'manager');
    const [owner, manager] = workers as [Worker, Worker];
    await db.insert(staffPins).values({ personId: manager.personId, businessId, pinDigest: 'digest', setAtMs: 0 });
    const invited = { email: 'late@hires.example', role: 'gate_steward' };
    expect((await post(pathTo('studioTeam', { businessId }), manager.headers, invited)).status).toBe(303);
    expect((await move(businessId, owner, manager, 'manager', '')).status).toBe(303);
    expect(await db.select().from(staffPins).where(eq(staffPins.businessId, businessId))).toEqual([]);
    const [left] = await db.select().from(invitations).where(eq(invitations.businessId, businessId));
    expect(left).toMatchObject({ email: null, acceptedAtMs: null });
    expect(left?.revokedAtMs).not.toBeNull();
    expect((await visit(pathTo('studioTeam', { businessId }), { headers: manager.headers })).status).toBe(403);
  });
});
