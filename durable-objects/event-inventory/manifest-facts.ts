import { leastGeneration, type ManifestFacts } from '#shared/gate/manifest.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import type { InventoryContext } from './context.ts';
import type { AppliedRules } from './rules-in-force.ts';

/** Everything a manifest says that the inventory knows, as of one number of its log. */
export function manifestFacts(
  context: InventoryContext,
  inForce: AppliedRules | undefined,
  nowMs: EpochMs,
): Result<ManifestFacts, 'event_not_on_sale'> {
  const rules = context.rules();
  if (rules === undefined || inForce === undefined) return fail('event_not_on_sale');
  return ok({
    sequence: context.log.headSeq(),
    rulesVersion: inForce.version,
    rules,
    ring: context.keyRing.now(nowMs).keys,
    types: typeNumbers(context.sql),
    revocations: revocations(context.sql),
    nowMs,
  });
}

function typeNumbers(sql: Sql): Record<string, string> {
  const rows = sql.exec<{ number: number; typeId: string }>('SELECT number, type_id AS typeId FROM type_numbers');
  return Object.fromEntries(rows.toArray().map(({ number, typeId }) => [String(number), typeId]));
}

/** Reads an index of just these, so that it costs what was revoked and not what was sold. */
function revocations(sql: Sql): Record<string, number> {
  const rows = sql.exec<{ ticketId: string; status: string; generation: number }>(
    `SELECT ticket_id AS ticketId, status, generation FROM tickets INDEXED BY tickets_revoked
     WHERE generation > 1 OR status IN ('refunded', 'suspended')`,
  );
  const least = rows.toArray().map(({ ticketId, status, generation }) => {
    return [ticketId, leastGeneration(status, generation)] as const;
  });
  return Object.fromEntries(least);
}
