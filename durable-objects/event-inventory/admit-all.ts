import { ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import type { InventoryContext } from './context.ts';

export const admitAllCauses = ['evacuation', 'crush_risk', 'system_fault', 'organiser_decision'] as const;
export type AdmitAllCause = (typeof admitAllCauses)[number];

export type AdmitAll = { readonly sinceMs: EpochMs; readonly cause: AdmitAllCause; readonly staffId: string };

export function isAdmitAll(sql: Sql): boolean {
  return readAdmitAll(sql) !== undefined;
}

export function readAdmitAll(sql: Sql): AdmitAll | undefined {
  return sql.exec<AdmitAll>('SELECT since_ms AS sinceMs, cause, staff_id AS staffId FROM admit_all').toArray()[0];
}

/**
 * Opens every gate to everybody, or ends that. In an emergency nobody is held at a barrier because a phone is dead; scans go
 * on being counted, so that the head count stays as good as it can be. Repeating it changes nothing.
 */
export function setAdmitAll(
  context: InventoryContext,
  { isOn, cause, staffId }: { readonly isOn: boolean; readonly cause: AdmitAllCause; readonly staffId: string },
): Result<undefined> {
  if (isAdmitAll(context.sql) === isOn) return ok();
  if (isOn) {
    context.sql.exec(
      'INSERT INTO admit_all (id, since_ms, cause, staff_id) VALUES (1, ?, ?, ?)',
      context.now(),
      cause,
      staffId,
    );
  } else context.sql.exec('DELETE FROM admit_all');
  context.log.append({ kind: isOn ? 'gates.opened' : 'gates.closed', cause, staffId });
  return ok();
}
