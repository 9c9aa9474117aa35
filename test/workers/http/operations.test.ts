import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { auditEntries, poisonEntries, scans } from '#d1/schema/index.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { project } from '#workers/operations/project-log.ts';
import { pathTo } from '#workers/routes.ts';
import { quietEvent } from '#test/support/quiet-event.ts';
import { projectionServices } from '#test/support/read-models.ts';
import { businessId, origin, signedIn, visit } from './site.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const { services } = projectionServices();
const path = pathTo('studioOperations');

const operator = () => signedIn({ businessId: platformBusinessId, role: 'platform_admin' });

/** An event one of whose scans found its row taken by another. */
async function eventWithPoison() {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const event = quietEvent();
  await event.livesThroughADay();
  const { eventId } = event;
  const { entries } = await event.stub.readLog(0);
  const seq = entries.find(({ kind }) => kind === 'scan')?.seq ?? 0;
  const who = { gateId: 'x', deviceId: 'x', staffId: 'x', method: 'code', outcome: 'refuse', reason: 'x' };
  await services.db.insert(scans).values({ eventId, seq, atMs: 0, scanId: 'in the way', ...who });
  await project(services, event.source);
  return { ...event, seq };
}

const again = async (source: string, headers: Record<string, string>) =>
  visit(path, { method: 'POST', headers: { ...headers, origin }, body: new URLSearchParams({ source }) });

describe('the page of logs and read models', () => {
  it('shows every log with how far it was read, and what was set aside with the reason', async () => {
    const { source, seq } = await eventWithPoison();
    const page = await (await visit(path, { headers: await operator() })).text();
    expect(page).toContain(`<code>${source}</code> entry ${seq}`);
    expect(page).toContain('UNIQUE constraint failed: scans.event_id, scans.seq');
    expect(page).toContain('Read this log anew');
  });

  it('reads a log anew: the entry comes back, who asked for it stays on record', async () => {
    const { source, eventId, seq } = await eventWithPoison();
    const headers = await operator();
    const answer = await again(source, headers);
    expect(answer.status).toBe(303);
    expect(await services.db.select().from(poisonEntries).where(eq(poisonEntries.source, source))).toEqual([]);
    const rows = await services.db.select().from(scans).where(eq(scans.eventId, eventId));
    expect(rows.find((row) => row.seq === seq)).toMatchObject({ reason: 'admitted' });
    const audited = await services.db.select().from(auditEntries).where(eq(auditEntries.subjectId, source));
    expect(audited).toMatchObject([{ action: 'projection.rebuilt', businessId: null }]);
  });

  it('changes nothing the second time it is pressed', async () => {
    const { source, eventId } = await eventWithPoison();
    const headers = await operator();
    await Promise.all([again(source, headers), again(source, headers)]);
    const rows = await services.db.select().from(scans).where(eq(scans.eventId, eventId));
    expect(rows).toHaveLength(4);
  });

  it('is for the platform’s own people: an owner of a business is turned away, looking and pressing', async () => {
    const { source } = await eventWithPoison();
    const owner = await signedIn({ businessId, role: 'owner' });
    expect((await visit(path, { headers: owner })).status).toBe(403);
    expect((await again(source, owner)).status).toBe(403);
    expect(await services.db.select().from(poisonEntries).where(eq(poisonEntries.source, source))).toHaveLength(1);
  });

  it('refuses a log nobody knows, and one that is no name at all', async () => {
    const headers = await operator();
    expect((await again('inventory:../../etc', headers)).status).toBe(400);
    expect((await again('', headers)).status).toBe(400);
  });
});
