import type { IncidentClosing, IncidentKind, IncidentScan } from '#shared/gate/incidents.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';

export type Incident = {
  readonly incidentId: string;
  readonly kind: IncidentKind;
  readonly deviceId: string | undefined;
  readonly ticketId: string | undefined;
  /** Earliest first. */
  readonly scans: readonly IncidentScan[];
  readonly openedAtMs: EpochMs;
  readonly closing: IncidentClosing | 'arrived' | 'taken_back' | undefined;
  readonly closedBy: string | undefined;
};

type Row = Omit<Incident, 'scans' | 'deviceId' | 'ticketId' | 'closing' | 'closedBy'> & {
  deviceId: string | null;
  ticketId: string | null;
  scans: string;
  closing: NonNullable<Incident['closing']> | null;
  closedBy: string | null;
};

const columns = `incident_id AS incidentId, kind, device_id AS deviceId, ticket_id AS ticketId, scans,
  opened_at_ms AS openedAtMs, closing, closed_by AS closedBy`;

/** More open at once than any supervisor reads; the rest are in the trail and come up as these are closed. */
const listLimit = 500;

/** What makes an incident the same one, so that every order of merging ends with the same set. */
type Finding = {
  readonly incidentId: string;
  readonly kind: IncidentKind;
  readonly deviceId?: string | undefined;
  readonly ticketId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly scans: readonly IncidentScan[];
};

/** Opens an incident, or says better what an open one is about. One that somebody closed stays closed. */
export function openIncident(context: InventoryContext, finding: Finding): void {
  const { incidentId, kind, deviceId, ticketId, customerId, scans } = finding;
  const known = find(context, incidentId);
  const text = JSON.stringify(scans);
  const isOver = known?.closing !== undefined && known.closedBy !== undefined;
  if (isOver || (known?.closing === undefined && JSON.stringify(known?.scans) === text)) return;
  context.sql.exec(
    `INSERT INTO incidents (incident_id, kind, device_id, ticket_id, scans, opened_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (incident_id) DO UPDATE SET scans = ?5, closing = NULL, closed_at_ms = NULL`,
    incidentId,
    kind,
    deviceId ?? null,
    ticketId ?? null,
    text,
    context.now(),
  );
  context.log.append({
    kind: 'incident.opened',
    incidentId,
    what: kind,
    scans,
    ...(deviceId !== undefined && { deviceId }),
    ...(ticketId !== undefined && { ticketId }),
    ...(customerId !== undefined && { customerId }),
  });
}

/** It turned out to be none: what was missing arrived, or a scan was taken back. Nobody closed it, so it may open again. */
export function withdrawIncident(
  context: InventoryContext,
  incidentId: string,
  closing: 'arrived' | 'taken_back',
): void {
  const known = find(context, incidentId);
  if (known === undefined || known.closing !== undefined) return;
  context.sql.exec(
    'UPDATE incidents SET closing = ?, closed_at_ms = ? WHERE incident_id = ?',
    closing,
    context.now(),
    incidentId,
  );
  context.log.append({ kind: 'incident.closed', incidentId, closing });
}

/** Somebody looked at it and says what it was. Closing it twice alike changes nothing; otherwise the first stands. */
export function closeIncident(
  context: InventoryContext,
  { incidentId, closing, staffId }: { incidentId: string; closing: IncidentClosing; staffId: string },
): Result<undefined, 'incident_unknown' | 'incident_closed'> {
  const known = find(context, incidentId);
  if (known === undefined) return fail('incident_unknown');
  if (known.closing !== undefined) return known.closing === closing ? ok() : fail('incident_closed');
  context.sql.exec(
    'UPDATE incidents SET closing = ?, closed_by = ?, closed_at_ms = ? WHERE incident_id = ?',
    closing,
    staffId,
    context.now(),
    incidentId,
  );
  context.log.append({ kind: 'incident.closed', incidentId, closing, staffId });
  return ok();
}

/** Open ones, newest first. */
export function openIncidents({ sql }: Pick<InventoryContext, 'sql'>): Incident[] {
  return sql
    .exec<Row>(
      `SELECT ${columns} FROM incidents WHERE closing IS NULL ORDER BY opened_at_ms DESC, incident_id LIMIT ?`,
      listLimit,
    )
    .toArray()
    .map(incidentOf);
}

export function incidentsOfTicket({ sql }: Pick<InventoryContext, 'sql'>, ticketId: string): Incident[] {
  return sql.exec<Row>(`SELECT ${columns} FROM incidents WHERE ticket_id = ?`, ticketId).toArray().map(incidentOf);
}

function find({ sql }: InventoryContext, incidentId: string): Incident | undefined {
  const [row] = sql.exec<Row>(`SELECT ${columns} FROM incidents WHERE incident_id = ?`, incidentId).toArray();
  return row === undefined ? undefined : incidentOf(row);
}

function incidentOf(row: Row): Incident {
  return {
    ...row,
    deviceId: row.deviceId ?? undefined,
    ticketId: row.ticketId ?? undefined,
    scans: JSON.parse(row.scans) as IncidentScan[],
    closing: row.closing ?? undefined,
    closedBy: row.closedBy ?? undefined,
  };
}
