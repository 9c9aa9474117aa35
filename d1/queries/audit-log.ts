import { and, desc, eq, gte, lt, or, sql, type SQL } from 'drizzle-orm';
import type { AuditAction } from '#shared/trail/audit.ts';
import type { Database } from '../database.ts';
import { auditEntries } from '../schema/index.ts';

export type AuditRow = typeof auditEntries.$inferSelect;

/** Whose entries: everybody's, or those of some businesses and the ways in of their people. */
export type AuditReach = { readonly everywhere: boolean; readonly businessIds: readonly string[] };

export type AuditFilter = {
  readonly action?: AuditAction | undefined;
  readonly actorId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly fromMs?: number | undefined;
  /** The first instant that is left out. */
  readonly untilMs?: number | undefined;
};

/** Where a page ended: the next one begins right behind, whatever was appended meanwhile. */
export type AuditCursor = { readonly atMs: number; readonly id: string };

/**
 * Newest first. A business sees what was done in its name, and how its own people sign in: those entries name no business,
 * because a person may work for several. What the same people do as customers it does not see.
 */
export function readAudit(
  db: Database,
  reach: AuditReach,
  { action, actorId, subjectId, fromMs, untilMs }: AuditFilter,
  page: { readonly before: AuditCursor | undefined; readonly limit: number },
): Promise<AuditRow[]> {
  const { before, limit } = page;
  return db
    .select()
    .from(auditEntries)
    .where(
      and(
        reach.everywhere ? undefined : within(reach.businessIds),
        action === undefined ? undefined : eq(auditEntries.action, action),
        actorId === undefined ? undefined : eq(auditEntries.actorId, actorId),
        subjectId === undefined ? undefined : eq(auditEntries.subjectId, subjectId),
        fromMs === undefined ? undefined : gte(auditEntries.atMs, fromMs),
        untilMs === undefined ? undefined : lt(auditEntries.atMs, untilMs),
        before === undefined
          ? undefined
          : or(
              lt(auditEntries.atMs, before.atMs),
              and(eq(auditEntries.atMs, before.atMs), lt(auditEntries.id, before.id)),
            ),
      ),
    )
    .orderBy(desc(auditEntries.atMs), desc(auditEntries.id))
    .limit(limit);
}

/** One parameter however many businesses: D1 binds a hundred at most. */
function within(businessIds: readonly string[]): SQL | undefined {
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(businessIds)}))`;
  return or(
    sql`${auditEntries.businessId} IN ${ids}`,
    sql`${auditEntries.businessId} IS NULL
      AND (${auditEntries.action} LIKE 'sign\\_in.%' ESCAPE '\\' OR ${auditEntries.action} LIKE 'session.%'
        OR ${auditEntries.action} LIKE 'passkey.%' OR ${auditEntries.action} LIKE 'device.%'
        OR ${auditEntries.action} = 'proof.renewed')
      AND ${auditEntries.actorId} IN (SELECT person_id FROM memberships WHERE business_id IN ${ids})`,
  );
}

/** People a business's log may be asked about. */
export async function staffOf(db: Database, businessIds: readonly string[], limit: number) {
  return db.all<{ id: string; name: string | null }>(sql`SELECT DISTINCT people.id AS id,
      COALESCE(people.name, people.email) AS name
    FROM memberships JOIN people ON people.id = memberships.person_id
    WHERE memberships.business_id IN (SELECT value FROM json_each(${JSON.stringify(businessIds)}))
    ORDER BY 2 LIMIT ${limit}`);
}
