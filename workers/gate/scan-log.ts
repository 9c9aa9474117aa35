import { Hono } from 'hono';
import { scanLogBatchSchema } from '#shared/gate/scan-log.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { mergeScanLog } from '#workers/operations/gate-incidents.ts';
import { routes } from '#workers/routes.ts';

/**
 * Where a scanner tells what it decided by itself. A locked one is heard too: what it did before it was locked let people in,
 * and what it did after is evidence. Whose log it is, its key's signature says; the inventory checks it.
 */
export const gateScanLog = new Hono<AppEnv>().post(routes.gateScanLog, async (c) => {
  const { gateDevice, services } = c.var;
  if (gateDevice === undefined) return refuse(c, { code: 'not_permitted' });
  const batch = await parseJson(c, scanLogBatchSchema);
  if (!batch.ok) return refuse(c, batch.failure);
  const { eventId, deviceId } = gateDevice;
  const merged = await mergeScanLog(services, eventId, deviceId, batch.value);
  return merged.ok ? c.json({ answers: merged.value }) : refuse(c, merged.failure);
});
