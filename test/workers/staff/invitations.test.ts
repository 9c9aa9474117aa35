import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { invitations } from '#d1/schema/index.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { dayMs } from '#shared/time.ts';
import { db, newBusiness, newWorker, post, rolesIn, trailOf, type Worker } from '#test/support/staff.ts';
import { visit } from '#test/workers/http/site.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.team.accept;

async function ownerOf() {
  const businessId = await newBusiness();
  return { businessId, owner: await newWorker({ businessId, role: 'owner' }) };
}

const invite = (businessId: string, by: Worker, email: string, role = 'manager') =>
  post(pathTo('studioTeam', { businessId }), by.headers, { email, role });

/** Mail is another test's; here the secret in its link is put in the row's place. */
async function tokenOf(businessId: string): Promise<string> {
  const token = `${crypto.randomUUID().replaceAll('-', '')}${'x'.repeat(11)}`;
  const rows = await db.select().from(invitations).where(eq(invitations.businessId, businessId));
  const open = rows.find(({ revokedAtMs, acceptedAtMs }) => revokedAtMs === null && acceptedAtMs === null);
  await db
    .update(invitations)
    .set({ tokenHash: await tokenHash(token) })
    .where(eq(invitations.id, open?.id ?? ''));
  return token;
}

const accept = (who: Worker | undefined, token: string) =>
  post(pathTo('staffInvitation'), who?.headers ?? {}, { token });

describe('an invitation', () => {
  it('gives its role to whoever proved its address, once', async () => {
    const { businessId, owner } = await ownerOf();
    const hired = await newWorker();
    expect((await invite(businessId, owner, hired.email.toUpperCase())).status).toBe(303);
    const token = await tokenOf(businessId);
    const page = await visit(`${pathTo('staffInvitation')}?t=${token}`, { headers: hired.headers });
    expect(await page.text()).toContain(messages.team.roles.manager.name);
    expect(page.headers.get('referrer-policy')).toBe('strict-origin');
    // Looking, as mail scanners do, changes nothing.
    expect(await rolesIn(businessId)).toHaveLength(1);
    const answers = await Promise.all([0, 1, 2].map(() => accept(hired, token)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 410, 410]);
    expect(await rolesIn(businessId)).toContain(`${hired.personId} manager`);
    expect((await trailOf(businessId)).map(({ action }) => action)).toEqual(['invitation.sent', 'invitation.accepted']);
  });

  it('opens nothing when it was forwarded', async () => {
    const { businessId, owner } = await ownerOf();
    const [hired, other] = [await newWorker(), await newWorker()];
    await invite(businessId, owner, hired.email);
    const token = await tokenOf(businessId);
    const answer = await accept(other, token);
    expect(answer.status).toBe(403);
    const page = await answer.text();
    expect(page).toContain(words.another);
    expect(page).not.toContain(hired.email);
    expect(await rolesIn(businessId)).toHaveLength(1);
    expect((await accept(hired, token)).status).toBe(303);
  });

  it('waits for whoever is not signed in yet, and brings them back', async () => {
    const { businessId, owner } = await ownerOf();
    await invite(businessId, owner, 'newcomer@hires.example');
    const token = await tokenOf(businessId);
    const page = await (await visit(`${pathTo('staffInvitation')}?t=${token}`)).text();
    expect(page).toContain(encodeURIComponent(`${pathTo('staffInvitation')}?t=${token}`));
    expect(page).not.toContain('newcomer@hires.example');
    expect((await accept(undefined, token)).status).toBe(401);
  });

  it('looks the same whether it was used, taken back, replaced, made up, or is too old', async () => {
    const dead: string[] = ['x'.repeat(43), ''];
    const { businessId, owner } = await ownerOf();
    const hired = await newWorker();
    await invite(businessId, owner, hired.email);
    dead.push(await tokenOf(businessId));
    await invite(businessId, owner, hired.email, 'gate_steward');
    const used = await tokenOf(businessId);
    expect((await accept(hired, used)).status).toBe(303);
    dead.push(used);

    await invite(businessId, owner, 'taken@hires.example');
    dead.push(await tokenOf(businessId));
    const rows = await db.select().from(invitations).where(eq(invitations.businessId, businessId));
    const open = rows.find(({ revokedAtMs, acceptedAtMs }) => revokedAtMs === null && acceptedAtMs === null);
    await post(pathTo('studioInvitationRevoke', { businessId }), owner.headers, { id: open?.id ?? '' });

    await invite(businessId, owner, 'late@hires.example');
    const late = await tokenOf(businessId);
    await db
      .update(invitations)
      .set({ expiresAtMs: Date.now() - dayMs })
      .where(eq(invitations.tokenHash, await tokenHash(late)));
    dead.push(late);

    const pages = await Promise.all(dead.map((token) => visit(`${pathTo('staffInvitation')}?t=${token}`)));
    expect(pages.map(({ status }) => status)).toEqual(dead.map(() => 410));
    expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1);
    expect(await rolesIn(businessId)).toHaveLength(2);
  });

  it('is listed while it is open, and says nothing about who has an account', async () => {
    const { businessId, owner } = await ownerOf();
    const known = await newWorker();
    const answers = await Promise.all([
      invite(businessId, owner, known.email),
      invite(businessId, owner, 'unknown@hires.example'),
    ]);
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`)).size).toBe(1);
    const page = await (await visit(pathTo('studioTeam', { businessId }), { headers: owner.headers })).text();
    for (const email of [known.email, 'unknown@hires.example']) expect(page).toContain(email);
  });

  it('is one an address: two at the same moment leave one link that works', async () => {
    const { businessId, owner } = await ownerOf();
    await Promise.all([0, 1, 2].map(() => invite(businessId, owner, 'once@hires.example')));
    const rows = await db.select().from(invitations).where(eq(invitations.businessId, businessId));
    expect(rows).toHaveLength(3);
    expect(rows.filter(({ revokedAtMs }) => revokedAtMs === null)).toHaveLength(1);
  });

  it.each([
    ['a role beyond the inviter', { email: 'a@hires.example', role: 'owner' }, 403],
    ['a role of the platform', { email: 'a@hires.example', role: 'platform_admin' }, 403],
    ['no role there is', { email: 'a@hires.example', role: 'king' }, 422],
    ['no address', { email: 'nobody', role: 'gate_steward' }, 422],
    ['a mail header in the address', { email: 'a@hires.example\r\nBcc: b@evil.example', role: 'gate_steward' }, 422],
  ])('for %s is refused', async (_what, fields, status) => {
    const businessId = await newBusiness();
    const manager = await newWorker({ businessId, role: 'manager' });
    expect((await post(pathTo('studioTeam', { businessId }), manager.headers, fields)).status).toBe(status);
    expect(await db.select().from(invitations).where(eq(invitations.businessId, businessId))).toEqual([]);
  });

  it('cannot be accepted from a page of another site', async () => {
    const { businessId, owner } = await ownerOf();
    const hired = await newWorker();
    await invite(businessId, owner, hired.email);
    const token = await tokenOf(businessId);
    const headers = { ...hired.headers, origin: 'https://evil.example' };
    const body = new URLSearchParams({ token });
    expect((await visit(pathTo('staffInvitation'), { method: 'POST', headers, body })).status).toBe(403);
    expect(await rolesIn(businessId)).toHaveLength(1);
  });
});
