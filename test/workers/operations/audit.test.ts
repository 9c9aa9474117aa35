import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '#d1/database.ts';
import { auditEntries } from '#d1/schema/oversight.ts';
import { environment } from '#test/support/environment.ts';
import { audit, auditStatement } from '#workers/operations/audit.ts';

const db = database(environment.DB);
const services = { db, clock: () => 1_800_000_000_000 };

describe('the audit log', () => {
  it('keeps who did what to what, and the facts as they were', async () => {
    await audit(services, {
      action: 'role.granted',
      actorId: 'per_a',
      businessId: 'biz_a',
      subjectId: 'per_b',
      facts: { role: 'owner' },
    });
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, 'per_b'));
    expect(entry).toMatchObject({
      atMs: 1_800_000_000_000,
      action: 'role.granted',
      actorId: 'per_a',
      businessId: 'biz_a',
      facts: '{"role":"owner"}',
    });
  });

  it('stands in one batch with what it records', async () => {
    const same = auditStatement(services, { action: 'pin.set', actorId: 'per_once' });
    // The same id twice: the second write fails, and takes the first with it.
    await expect(db.batch([same, same])).rejects.toThrow('append-only');
    expect(await db.select().from(auditEntries).where(eq(auditEntries.actorId, 'per_once'))).toEqual([]);
  });

  it.each(['amara@visitors.example', '+49 170 1234567', 'Amara Bellingham'])('takes no %s', async (value) => {
    await expect(audit(services, { action: 'sign_in.done', actorId: null, facts: { value } })).rejects.toThrow(
      'may be personal',
    );
  });
});
