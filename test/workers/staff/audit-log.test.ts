import { describe, expect, it } from 'vitest';
import { environment } from '#test/support/environment.ts';
import { db, newBusiness, newWorker, post, trailOf, type Worker } from '#test/support/staff.ts';
import { visit } from '#test/workers/http/site.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { dayMs } from '#shared/time.ts';
import { audit } from '#workers/operations/audit.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.audit;
const page = async (who: Worker, query = '') => {
  const response = await visit(`${pathTo('studioAudit')}${query}`, { headers: who.headers });
  return { status: response.status, text: await response.text() };
};
const rowsIn = (text: string) => [...text.matchAll(/<tr>.*?<\/tr>/gs)].slice(1).map(([row]) => row);
const write = (atMs: number, entry: Parameters<typeof audit>[1]) => audit({ db, clock: () => atMs }, entry);
const today = Date.parse('2026-11-22T12:00:00Z');

async function ownerOf() {
  const businessId = await newBusiness();
  return { businessId, owner: await newWorker({ businessId, role: 'owner' }) };
}

describe('the audit log', () => {
  it('is refused an edit and a deletion by the database itself', async () => {
    const { businessId, owner } = await ownerOf();
    await write(today, { action: 'pin.set', actorId: owner.personId, businessId });
    for (const statement of [
      "UPDATE audit_entries SET actor_id = 'per_innocent'",
      'UPDATE audit_entries SET at_ms = 0 WHERE 1',
      'DELETE FROM audit_entries',
      'INSERT OR REPLACE INTO audit_entries SELECT id, at_ms, action, NULL, business_id, subject_id, facts FROM audit_entries',
    ]) {
      await expect(environment.DB.prepare(statement).run()).rejects.toThrow('append-only');
    }
    expect(await trailOf(businessId)).toHaveLength(1);
  });

  it('shows newest first, page after page, each entry once, whatever is added meanwhile', async () => {
    const { businessId, owner } = await ownerOf();
    for (let index = 0; index < 90; index += 1) {
      // Several of the same instant: the id decides between them.
      await write(today + Math.floor(index / 4), {
        action: 'pin.set',
        actorId: owner.personId,
        businessId,
        facts: { index },
      });
    }
    const seen: number[] = [];
    let query = '';
    for (let turn = 0; turn < 5; turn += 1) {
      const { text } = await page(owner, query);
      seen.push(...[...text.matchAll(/<small>index<\/small> (\d+)/g)].map(([, index]) => Number(index)));
      await write(today + dayMs + turn, { action: 'pin.set', actorId: owner.personId, businessId });
      const next = new RegExp(`href="([^"]+)">${words.older}`).exec(text)?.[1];
      if (next === undefined) break;
      query = next.slice(pathTo('studioAudit').length).replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(90);
    expect(new Set(seen).size).toBe(90);
    expect(seen.map((index) => Math.floor(index / 4))).toEqual(
      seen.map((index) => Math.floor(index / 4)).toSorted((a, b) => b - a),
    );
  });

  it('filters by action, person, subject and day', async () => {
    const { businessId, owner } = await ownerOf();
    const other = await newWorker({ businessId, role: 'manager' });
    await write(today, { action: 'pin.set', actorId: owner.personId, businessId });
    await write(today, { action: 'role.granted', actorId: other.personId, businessId, subjectId: 'per_x' });
    await write(today - dayMs, { action: 'scanner.locked', actorId: other.personId, businessId, subjectId: 'gdv_y' });
    const count = async (query: string) => rowsIn((await page(owner, query)).text).length;
    expect(await count('')).toBe(3);
    expect(await count('?action=pin.set')).toBe(1);
    expect(await count(`?actor=${other.personId}`)).toBe(2);
    expect(await count('?subject=gdv_y')).toBe(1);
    expect(await count('?from=2026-11-22')).toBe(2);
    expect(await count('?until=2026-11-21')).toBe(1);
    expect(await count('?from=2026-11-21&until=2026-11-22&action=scanner.locked')).toBe(1);
    expect((await page(owner, '?action=nonsense')).status).toBe(422);
    expect((await page(owner, '?from=2026-99-99')).status).toBe(422);
    expect((await page(owner, "?before=1.aud_x'--")).status).toBe(422);
  });

  it('shows a business its own and how its people sign in, and nothing else', async () => {
    const [ours, theirs] = [await ownerOf(), await ownerOf()];
    await write(today, { action: 'pin.set', actorId: theirs.owner.personId, businessId: theirs.businessId });
    await write(today, { action: 'sign_in.done', actorId: ours.owner.personId });
    await write(today, { action: 'sign_in.done', actorId: theirs.owner.personId });
    await write(today, { action: 'data.exported', actorId: ours.owner.personId });
    const rows = rowsIn((await page(ours.owner)).text);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(words.actions['sign_in.done']);
    const asked = rowsIn((await page(ours.owner, `?actor=${theirs.owner.personId}`)).text);
    expect(asked).toEqual([]);
    const admin = await newWorker({ businessId: platformBusinessId, role: 'platform_admin' });
    expect(rowsIn((await page(admin, `?actor=${theirs.owner.personId}`)).text)).toHaveLength(2);
  });

  it('names who is known, and says so where an account was deleted', async () => {
    const { businessId, owner } = await ownerOf();
    await write(today, { action: 'pin.set', actorId: owner.personId, businessId });
    await write(today, { action: 'pin.set', actorId: 'per_gone', businessId });
    const [first = '', second = ''] = rowsIn((await page(owner)).text);
    expect(`${first}${second}`).toMatch(/Worker \d+/);
    expect(`${first}${second}`).toContain(words.erased);
  });

  it('leaves as CSV with a trace, and no cell a spreadsheet would run', async () => {
    const { businessId, owner } = await ownerOf();
    await write(today, { action: 'pin.set', actorId: '=cmd', businessId, subjectId: '+1' });
    const response = await post(pathTo('studioAuditExport'), owner.headers, {});
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const csv = await response.text();
    expect(csv).toContain('"\'=cmd"');
    expect(csv).toContain('"\'+1"');
    expect((await trailOf(businessId)).at(-1)).toMatchObject({ action: 'audit.exported', actorId: owner.personId });
    expect(csv.split('\r\n')).toHaveLength(3);
  });

  it('is not for stewards', async () => {
    const steward = await newWorker({ businessId: await newBusiness(), role: 'gate_steward' });
    expect((await page(steward)).status).toBe(403);
    expect((await post(pathTo('studioAuditExport'), steward.headers, {})).status).toBe(403);
  });
});
