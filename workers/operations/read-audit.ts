import { readAudit, staffOf, type AuditCursor, type AuditFilter, type AuditRow } from '#d1/queries/audit-log.ts';
import { listEvents } from '#d1/queries/catalogue.ts';
import { idsMax, namesOf, type Decider } from '#d1/queries/team.ts';
import { businessesWhere, platformBusinessId } from '#shared/access/permissions.ts';
import type { AuditAction } from '#shared/trail/audit.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { csvOf } from './csv.ts';

export type AuditLine = {
  readonly id: string;
  readonly atMs: EpochMs;
  readonly action: AuditAction;
  readonly actorId: string | null;
  /** Undefined when nobody's name is known: a device, or an account that was deleted. */
  readonly actorName: string | undefined;
  readonly subjectId: string | null;
  readonly subjectName: string | undefined;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
};

const pageLines = 40;
export const auditExportMax = 5_000;
const staffMax = 300;

export async function auditPage(
  services: Services,
  viewer: Decider,
  filter: AuditFilter,
  before: AuditCursor | undefined,
): Promise<{ lines: AuditLine[]; next: AuditCursor | undefined }> {
  const reach = businessesWhere(viewer.memberships, 'audit.read');
  // One more than is shown: whether there is a next page.
  const rows = await readAudit(services.db, reach, filter, { before, limit: pageLines + 1 });
  const shown = rows.slice(0, pageLines);
  const last = rows.length > pageLines ? shown.at(-1) : undefined;
  return { lines: await named(services, shown), next: last && { atMs: last.atMs, id: last.id } };
}

/** The zone the viewer's events share; UTC when they have none in common. */
export async function auditZone(services: Services, viewer: Decider): Promise<string> {
  const { everywhere, businessIds } = businessesWhere(viewer.memberships, 'audit.read');
  if (everywhere) return 'UTC';
  const rows = await listEvents(services.db);
  const own = rows.filter(({ event }) => businessIds.includes(event.businessId));
  const zones = new Set(own.map(({ event }) => event.timeZone));
  const [zone] = zones;
  return zones.size === 1 && zone !== undefined ? zone : 'UTC';
}

/** People whose entries can be asked for by name. */
export async function auditPeople(services: Services, viewer: Decider) {
  const { everywhere, businessIds } = businessesWhere(viewer.memberships, 'audit.read');
  const rows = await staffOf(services.db, everywhere ? [...businessIds, platformBusinessId] : businessIds, staffMax);
  return rows.map(({ id, name }) => ({ id, name: name ?? id }));
}

/**
 * The log as CSV, and an entry that says who took it. First the entry: what left without a trace could not be called back.
 */
export async function exportAudit(services: Services, viewer: Decider, filter: AuditFilter): Promise<string> {
  const reach = businessesWhere(viewer.memberships, 'audit.read');
  for (const businessId of reach.everywhere ? [platformBusinessId] : reach.businessIds) {
    await audit(services, { action: 'audit.exported', actorId: viewer.personId, businessId });
  }
  const rows = await readAudit(services.db, reach, filter, { before: undefined, limit: auditExportMax });
  const head = ['id', 'at', 'action', 'actor', 'business', 'subject', 'facts'];
  const lines = rows.map(({ id, atMs, action, actorId, businessId, subjectId, facts }) => [
    id,
    new Date(atMs).toISOString(),
    action,
    actorId ?? '',
    businessId ?? '',
    subjectId ?? '',
    facts,
  ]);
  return csvOf([head, ...lines]);
}

async function named(services: Services, rows: readonly AuditRow[]): Promise<AuditLine[]> {
  const ids = rows.flatMap(({ actorId, subjectId }) => [actorId ?? [], subjectId ?? []].flat());
  const people = [...new Set(ids.filter((id) => id.startsWith('per_')))];
  const names = new Map<string, string>();
  for (let at = 0; at < people.length; at += idsMax) {
    for (const [id, name] of await namesOf(services.db, people.slice(at, at + idsMax))) {
      if (name !== '') names.set(id, name);
    }
  }
  const nameOf = (id: string | null) => (id === null ? undefined : names.get(id));
  return rows.map(({ id, atMs, action, actorId, subjectId, facts }) => ({
    id,
    atMs,
    action: action as AuditAction,
    actorId,
    actorName: nameOf(actorId),
    subjectId,
    subjectName: nameOf(subjectId),
    facts: JSON.parse(facts) as AuditLine['facts'],
  }));
}
